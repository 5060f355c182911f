"""Writes src/import/proof.json: what PyTorch answers in float64 for the published denoiser's network with the weights that `seededState` makes of a seed, on the input that `recordedInput`
makes of one.

    python record-proof.py          (needs torch)
"""

import json
import sys
from collections import OrderedDict
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "detector-npr" / "scripts"))
from seeded import draws, seeded_state  # noqa: E402

SEED, INPUT_SEED, SHAPE = 100, 1, [1, 3, 36, 36]


def dncnn():
    """Seventeen convolutions without padding: written from the layer table of the specification."""
    layers = [("0", nn.Conv2d(3, 64, 3)), ("1", nn.ReLU())]
    for k in range(1, 16):
        layers += [(str(3 * k - 1), nn.Conv2d(64, 64, 3, bias=False)), (str(3 * k), nn.BatchNorm2d(64)), (str(3 * k + 1), nn.ReLU())]
    return nn.Sequential(OrderedDict([*layers, ("47", nn.Conv2d(64, 3, 3))]))


def main():
    network = dncnn().eval()
    state = network.state_dict()
    seeded = seeded_state({name: list(value.shape) for name, value in state.items() if value.dtype == torch.float32}, SEED)
    network.load_state_dict({**state, **{name: torch.tensor(values).reshape(state[name].shape) for name, values in seeded.items()}})
    count = torch.Size(SHAPE).numel()
    levels = torch.tensor([2 * u - 1 for u in draws(INPUT_SEED, "model-input", count)], dtype=torch.float32).reshape(SHAPE)
    with torch.no_grad():
        double = network.double()(levels.double()).flatten()
    run = {"seed": INPUT_SEED, "shape": SHAPE, "output": double.tolist(), "tolerance": 1e-4}
    target = Path(__file__).parent.parent / "src" / "import" / "proof.json"
    target.write_text(json.dumps({"by": f"torch {torch.__version__}, float64", "seed": SEED, "run": run}, indent=2) + "\n")
    print(double.tolist())


if __name__ == "__main__":
    main()
