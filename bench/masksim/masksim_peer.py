"""The pipeline of MaskSim in PyTorch, from the specification: a picture from its file to seven similarities. Weights are drawn: only the time is compared.

    python masksim_peer.py PICTURE own|DnCNN ROUNDS THREADS OUT.json
"""

import json
import sys
import time

import numpy
import torch
from PIL import Image
from torch import nn

PICTURE, NETWORK, ROUNDS, THREADS, OUT = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
MODELS = 7
STUDIO = numpy.array([[65.481, 128.553, 24.966], [-37.797, -74.203, 112.0], [112.0, -93.786, -18.214]]) / 255
OFFSET = numpy.array([16.0, 128.0, 128.0])


def denoiser():
    width, depth = (64, 17) if NETWORK == "DnCNN" else (16, 8)
    channels = [3] + [width] * (depth - 1) + [3]
    layers = []
    for i in range(depth):
        layers += [nn.Conv2d(channels[i], channels[i + 1], 3), nn.ReLU()]
    return nn.Sequential(*layers[:-1]).eval()


def main():
    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    network = denoiser()
    side = 512 - 2 * (17 if NETWORK == "DnCNN" else 8)
    masks, references = torch.rand(MODELS, 3, side, side), torch.randn(MODELS, 3, side, side)
    references -= references.mean((2, 3), keepdim=True)
    mixing = torch.eye(3)

    def judge():
        pixels = numpy.asarray(Image.open(PICTURE).convert("RGB"), dtype=numpy.float64)[:512, :512]
        planes = numpy.floor(pixels @ STUDIO.T + OFFSET + 1e-9).astype(numpy.float32) / 255
        residual = network(torch.from_numpy(planes).permute(2, 0, 1)[None])
        spectrum = torch.log(torch.fft.fftshift(torch.fft.fft2(residual, norm="ortho"), dim=(-2, -1)).abs() + 1e-10)
        mixed = torch.einsum("cd,dhw->chw", mixing, spectrum[0])
        masked = mixed * masks
        cosines = (masked * references).sum((2, 3)) / (masked.flatten(2).norm(dim=2) * references.flatten(2).norm(dim=2))
        return cosines.mean(1)

    with torch.no_grad():
        judge()
        found = []
        for _ in range(ROUNDS):
            start, used = time.perf_counter(), time.process_time()
            judge()
            found.append((time.perf_counter() - start, time.process_time() - used))
    with open(OUT, "w") as file:
        json.dump({"seconds": min(each[0] for each in found), "cpu": min(each[1] for each in found)}, file)


main()
