"""Writes test/fixtures: checkpoints of a small network in every layout that is read, and what PyTorch answers with it.

    python make-fixtures.py          (needs torch, safetensors; the weights come from a seed, so the files differ only with torch's own writing)
"""

import argparse
import json
import sys
from collections import OrderedDict
from pathlib import Path

import safetensors.torch
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[2] / "detector-npr" / "scripts"))
from seeded import draws, seeded_state  # noqa: E402

TARGET = Path(__file__).parent.parent / "test" / "fixtures"
SEED, INPUT_SEED, SHAPE = 5, 3, [3, 3, 12, 9]


class Tiny(nn.Module):
    """Every kind of layer once: see test/shared/tiny.ts."""

    def __init__(self):
        super().__init__()
        self.stem, self.norm = nn.Conv2d(3, 4, 3, 2, 1), nn.BatchNorm2d(4)
        self.conv, self.norm2 = nn.Conv2d(4, 4, 3, 1, 1, bias=False), nn.BatchNorm2d(4)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.norm(self.stem(x))), 3, 2, 1)
        x = torch.relu(x + self.norm2(self.conv(x)))
        return self.head(x.mean((2, 3)))


def network():
    tiny = Tiny().eval()
    state = tiny.state_dict()
    seeded = seeded_state({name: list(value.shape) for name, value in state.items() if value.dtype == torch.float32}, SEED)
    tiny.load_state_dict({**state, **{name: torch.tensor(values).reshape(state[name].shape) for name, values in seeded.items()}})
    return tiny


def prefixed(state, prefix):
    return OrderedDict((prefix + name, value) for name, value in state.items())


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    tiny = network()
    state = tiny.state_dict()
    optimizer = torch.optim.Adam(tiny.parameters())
    tiny(torch.zeros(1, 3, 12, 9)).sum().backward()
    optimizer.step()
    state = network().state_dict()
    save = lambda value, name, **options: torch.save(value, TARGET / name, **options)
    save(state, "flat.pth")
    save({"model": prefixed(state, "module."), "optimizer": optimizer.state_dict(), "total_steps": 4500}, "wrapped.pth")
    save(state, "legacy.pth", _use_new_zipfile_serialization=False)
    save({"model": prefixed(state, "module."), "total_steps": 3}, "legacy-wrapped.pth", _use_new_zipfile_serialization=False)
    lightning = {
        "epoch": 3,
        "global_step": 1200,
        "pytorch-lightning_version": "2.4.0",
        "state_dict": prefixed(state, "model."),
        "optimizer_states": [optimizer.state_dict()],
        "hyper_parameters": argparse.Namespace(lr=2e-4, classes=["car", "cat"]),
    }
    save(lightning, "lightning.ckpt")
    safetensors.torch.save_file(dict(state), TARGET / "state.safetensors")
    save({**state, "fc.weight": torch.zeros(2, 3)}, "stray.pth")
    # Files of torch that must be refused by name.
    save(OrderedDict((name, value) for name, value in state.items() if name != "norm2.running_var"), "missing.pth")
    save({**state, "extra.weight": torch.zeros(2)}, "extra.pth")
    save({**state, "stem.weight": torch.zeros(4, 3, 5, 5)}, "wrong-shape.pth")
    save({**state, "head.weight": state["head.weight"].half()}, "half.pth")
    save({**state, "stem.weight": state["stem.weight"].to(memory_format=torch.channels_last)}, "channels-last.pth")
    save({**state, "head.bias": torch.tensor([float("nan"), 0])}, "nan.pth")
    save(tiny, "whole-module.pth")
    save([1, 2], "list.pth")
    inputs = torch.tensor([2 * u - 1 for u in draws(INPUT_SEED, "model-input", torch.Size(SHAPE).numel())], dtype=torch.float32).reshape(SHAPE)
    with torch.no_grad():
        output = network().double()(inputs.double()).flatten().tolist()
    answer = {"seed": SEED, "run": {"seed": INPUT_SEED, "shape": SHAPE, "output": output, "tolerance": 1e-5}}
    (TARGET / "answer.json").write_text(json.dumps({"by": f"torch {torch.__version__}, float64", **answer}, indent=2) + "\n")


if __name__ == "__main__":
    main()
