"""Writes src/proof.json: what PyTorch answers for NPR's network with the weights and the input that `seededState` and `recordedInput` make of a seed.

    python record-proof.py          (needs torch)
"""

import json
from pathlib import Path

import torch
from torch import nn

from seeded import draws, seeded_state

SEED, INPUT_SEED, SHAPE = 100, 1, [2, 3, 64, 48]


def bottleneck(inputs, width, stride):
    class Bottleneck(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1, self.bn1 = nn.Conv2d(inputs, width, 1, bias=False), nn.BatchNorm2d(width)
            self.conv2, self.bn2 = nn.Conv2d(width, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width)
            self.conv3, self.bn3 = nn.Conv2d(width, 4 * width, 1, bias=False), nn.BatchNorm2d(4 * width)
            fits = inputs == 4 * width and stride == 1
            self.downsample = None if fits else nn.Sequential(nn.Conv2d(inputs, 4 * width, 1, stride, bias=False), nn.BatchNorm2d(4 * width))

        def forward(self, x):
            y = torch.relu(self.bn1(self.conv1(x)))
            y = torch.relu(self.bn2(self.conv2(y)))
            return torch.relu(self.bn3(self.conv3(y)) + (x if self.downsample is None else self.downsample(x)))

    return Bottleneck()


class Npr(nn.Module):
    """The network of the paper's code behind the residual: written from its layer table."""

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 64, 3, 2, 1, bias=False), nn.BatchNorm2d(64)
        self.layer1 = nn.Sequential(*(bottleneck(64 if i == 0 else 256, 64, 1) for i in range(3)))
        self.layer2 = nn.Sequential(*(bottleneck(256 if i == 0 else 512, 128, 2 if i == 0 else 1) for i in range(4)))
        self.fc1 = nn.Linear(512, 1)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        return self.fc1(self.layer2(self.layer1(x)).mean((2, 3)))


def main():
    network = Npr().eval()
    state = network.state_dict()
    seeded = seeded_state({name: list(value.shape) for name, value in state.items() if value.dtype == torch.float32}, SEED)
    network.load_state_dict({**state, **{name: torch.tensor(values).reshape(state[name].shape) for name, values in seeded.items()}})
    count = torch.Size(SHAPE).numel()
    inputs = torch.tensor([2 * u - 1 for u in draws(INPUT_SEED, "model-input", count)], dtype=torch.float32).reshape(SHAPE)
    with torch.no_grad():
        single, double = network(inputs).flatten(), network.double()(inputs.double()).flatten()
    print("float32", single.tolist(), "float64", double.tolist())
    run = {"seed": INPUT_SEED, "shape": SHAPE, "output": double.tolist(), "tolerance": 1e-4}
    target = Path(__file__).parent.parent / "src" / "proof.json"
    target.write_text(json.dumps({"by": f"torch {torch.__version__}, float64", "seed": SEED, "run": run}, indent=2) + "\n")


if __name__ == "__main__":
    main()
