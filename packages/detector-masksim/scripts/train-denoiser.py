"""Trains the package's own denoiser and writes its state: a small network without padding that tells white noise from a photograph.

    python train-denoiser.py PHOTOS OUT.safetensors [--steps 2200]        (needs torch, Pillow and safetensors; one thread, no card)

Recipe: photographs made smaller by 0.4 to 0.7 (which takes off their own noise and most of their JPEG coding), windows of 72x72, mirrored and turned; white Gaussian noise with a deviation of
1.5 to 6 levels in R, G and B, rounded to whole levels; both pictures in whole levels of BT.601 studio range, as the detector sees them. The network answers the noise in levels; the loss is the mean square of what it misses, over the
variance of the noise. Adam, half a cosine from 2e-3. The last tenth of the photographs by name is kept apart: on it the share of the noise's energy
that is left over is told at the end.
"""

import argparse
import math
import random
import time
from collections import OrderedDict
from pathlib import Path

import numpy
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import nn

WIDTH, LAYERS = 16, 8
WINDOW, BATCH = 72, 16
# While training, levels are (level - 128) / 16 and the answer is in units of 4 levels; the saved state takes levels and answers in levels.
MIDDLE, UNIT, GAIN = 128, 16, 4
SEED = 1
STUDIO = torch.tensor([[65.481, 128.553, 24.966], [-37.797, -74.203, 112.0], [112.0, -93.786, -18.214]]) / 255
OFFSET = torch.tensor([16.0, 128.0, 128.0]) / 255


def network():
    channels = [3] + [WIDTH] * (LAYERS - 1) + [3]
    layers = []
    for i in range(LAYERS):
        layers += [(f"conv{i + 1}", nn.Conv2d(channels[i], channels[i + 1], 3)), (f"relu{i + 1}", nn.ReLU())]
    net = nn.Sequential(OrderedDict(layers[:-1]))
    for module in net:
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            nn.init.zeros_(module.bias)
    nn.init.normal_(net[-1].weight, std=1e-3)
    return net


def saved(net):
    """The state for levels in and levels out."""
    state = {name: value.detach().clone().double() for name, value in net.state_dict().items()}
    first, last = "conv1", f"conv{LAYERS}"
    state[f"{first}.bias"] -= state[f"{first}.weight"].sum((1, 2, 3)) * MIDDLE / UNIT
    state[f"{first}.weight"] /= UNIT
    for word in ("weight", "bias"):
        state[f"{last}.{word}"] *= GAIN
    return {name: value.float() for name, value in state.items()}


def answer(net, x):
    return GAIN * net((x * 255 - MIDDLE) / UNIT)


def studio(levels):
    """Levels 0..255 [n, 3, h, w] to what the detector's denoiser sees."""
    mixed = torch.einsum("ij,njhw->nihw", STUDIO, levels / 255) + OFFSET.view(1, 3, 1, 1)
    return torch.floor(mixed * 255 + 1e-9) / 255


def pictures(folder):
    files = sorted(Path(folder).glob("*.jpg"))
    return [Image.open(file).convert("RGB") for file in files]


def window(image, draw):
    factor = draw.uniform(0.4, 0.7)
    size = [max(WINDOW, round(side * factor)) for side in image.size]
    small = image.resize(size, Image.Resampling.LANCZOS)
    x, y = draw.randrange(size[0] - WINDOW + 1), draw.randrange(size[1] - WINDOW + 1)
    pixels = numpy.asarray(small.crop((x, y, x + WINDOW, y + WINDOW)), dtype=numpy.float32)
    pixels = numpy.rot90(pixels, draw.randrange(4))
    return pixels[:, ::-1] if draw.random() < 0.5 else pixels


def batch(images, draw, generator):
    clean = torch.from_numpy(numpy.stack([window(draw.choice(images), draw) for _ in range(BATCH)]).copy()).permute(0, 3, 1, 2)
    deviation = 1.5 * 4 ** torch.rand(BATCH, 1, 1, 1, generator=generator)
    noisy = (clean + deviation * torch.randn(clean.shape, generator=generator)).round().clamp(0, 255)
    noise = (studio(noisy) - studio(clean)) * 255 / deviation
    edge = LAYERS
    return studio(noisy), noise[:, :, edge:-edge, edge:-edge], deviation


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("photos")
    parser.add_argument("out")
    parser.add_argument("--steps", type=int, default=2200)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    draw, generator = random.Random(SEED), torch.Generator().manual_seed(SEED)
    images = pictures(options.photos)
    kept = len(images) // 10
    net = network()
    adam = torch.optim.Adam(net.parameters(), lr=2e-3)
    started, running = time.time(), 0.0
    for step in range(options.steps):
        for group in adam.param_groups:
            group["lr"] = 2e-3 * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * step / options.steps)) + 1e-6
        x, noise, deviation = batch(images[:-kept], draw, generator)
        # The answer is in levels; the loss counts each deviation alike.
        loss = ((answer(net, x) / deviation - noise) ** 2).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
        running += (loss.item() - running) / min(step + 1, 200)
        if (step + 1) % 100 == 0:
            print(f"{step + 1} of {options.steps}: loss {running:.4f}, {time.time() - started:.0f} s", flush=True)
            save_file(saved(net), options.out)
    net.eval()
    shares = []
    with torch.no_grad():
        for _ in range(40):
            x, noise, deviation = batch(images[-kept:], draw, generator)
            shares.append((((answer(net, x) / deviation - noise) ** 2).mean((1, 2, 3)) / (noise**2).mean((1, 2, 3))).mean().item())
    print(f"noise energy left on {kept} photographs kept apart: {sum(shares) / len(shares):.3f}")


if __name__ == "__main__":
    main()
