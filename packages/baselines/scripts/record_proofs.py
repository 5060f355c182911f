"""Writes src/published/proofs.json: what torchvision's ResNet-50 and open_clip's vision transformer answer with the weights and the input that `seededState` and
`recordedInput` of @syntrace/core make of a seed.

    python record_proofs.py          (needs torch, torchvision, open_clip_torch)
"""

import json
import math
import sys
from pathlib import Path

import open_clip
import torch
import torchvision
from open_clip.transformer import QuickGELU, VisionTransformer

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent.parent / "detector-npr" / "scripts"))
from seeded import draws  # noqa: E402

SEED, INPUT_SEED = 100, 1
SIZES = {"side": 32, "patch": 8, "width": 64, "blocks": 2, "heads": 4, "features": 24}


def limits(module, entry, shape):
    """The range of an entry by its role, as core's seeded.ts has it."""
    norm = isinstance(module, (torch.nn.BatchNorm2d, torch.nn.LayerNorm))
    if entry == "running_var":
        return 0.5, 1.5
    if norm and entry == "weight":
        return 0.8, 1.2
    if norm or entry.endswith("bias") or entry.endswith("embedding"):
        return -0.2, 0.2
    reach = math.sqrt(3 / math.prod(shape[1:]))
    return -reach, reach


def seed(network):
    modules = dict(network.named_modules())
    state = network.state_dict()
    for name, tensor in state.items():
        if not tensor.is_floating_point():
            continue
        owner, _, entry = name.rpartition(".")
        low, high = limits(modules[owner], entry, tensor.shape)
        values = [low + (high - low) * u for u in draws(SEED, name, tensor.numel())]
        tensor.copy_(torch.tensor(values, dtype=torch.float64).reshape(tensor.shape))
    return network.eval()


def recorded(network, shape, tolerance):
    inputs = torch.tensor([2 * u - 1 for u in draws(INPUT_SEED, "model-input", math.prod(shape))]).reshape(shape).float()
    with torch.no_grad():
        single, double = network(inputs).flatten(), network.double()(inputs.double()).flatten()
    print("float32 against float64:", float((single - double).abs().max()), "of", float(double.abs().max()))
    return {"seed": INPUT_SEED, "shape": list(shape), "output": double.tolist(), "tolerance": tolerance}


def vision(sizes):
    return VisionTransformer(
        image_size=sizes["side"], patch_size=sizes["patch"], width=sizes["width"], layers=sizes["blocks"], heads=sizes["heads"], mlp_ratio=4, output_dim=sizes["features"], act_layer=QuickGELU
    )


def main():
    with torch.no_grad():
        resnet = seed(torchvision.models.resnet50(weights=None, num_classes=1))
        clip = seed(vision(SIZES))
    by = f"torch {torch.__version__}, float64"
    proofs = {
        "cnnspot": {"by": f"torchvision {torchvision.__version__}, {by}", "seed": SEED, "run": recorded(resnet, (2, 3, 64, 64), 1e-4)},
        "univfd": {"by": f"open_clip {open_clip.__version__}, {by}", "seed": SEED, "sizes": SIZES, "run": recorded(clip, (2, 3, SIZES["side"], SIZES["side"]), 1e-4)},
    }
    (HERE.parent / "src" / "published" / "proofs.json").write_text(json.dumps(proofs, indent=2) + "\n")


if __name__ == "__main__":
    main()
