"""Writes src/self-test-vectors.ts: what each kernel must give on a small ramp, in float64 with NumPy and SciPy.

python scripts/self-test-vectors.py      (numpy, scipy)
"""
import json
from pathlib import Path

import numpy as np
from scipy import fft, ndimage

H, W = 20, 24
index = np.arange(H * W)
plane = ((index * 37) % 101 - 50.0).reshape(H, W)
image = ((np.arange(H * W * 3) * 89) % 256).reshape(H, W, 3)
r, g, b = (image[..., c].astype(float) for c in range(3))
weights = np.array([0.299, 0.587, 0.114])


def every(values, step):
    return [float(f"{v:.9g}") for v in np.asarray(values, float).ravel()[::step]]


def tiles(x, t, s):
    return [x[y : y + t, c : c + t] for y in range(0, H - t + 1, s) for c in range(0, W - t + 1, s)]


def rings(x, bins):
    y, c = np.indices(x.shape)
    radius = np.floor(np.hypot(y, c)).astype(int)
    return [x[radius == i].mean() for i in range(bins)]


def area(x, h, w):
    return x.reshape(h, x.shape[0] // h, w, x.shape[1] // w, -1).mean((1, 3))


dct = lambda x: fft.dctn(x, type=2, norm="ortho")
spectrum = fft.rfft2(plane)
logs = np.array([np.log(np.abs(dct(t)) + 1e-3) for t in tiles(plane, 8, 4)])
anchors = image[::2, ::2].repeat(2, 0).repeat(2, 1)
npr = ((image - anchors) / 255.0 / np.array([0.229, 0.224, 0.225]) * 2 / 3).transpose(2, 0, 1)
laplace = ndimage.convolve(plane, np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]))[1:-1, 1:-1]
flat = plane.ravel()
mean, deviation = np.cos(np.arange(W)), 1 + np.arange(W) / 10

want = {
    "colour": every(image @ weights, 37),
    "crop": every(plane[3:8, 5:15], 7),
    "padReflect": every(np.pad(image, ((0, 13), (0, 9), (0, 0)), "reflect"), 151),
    "dct2": every(dct(plane), 37),
    "rfft2": every(np.stack([spectrum.real, spectrum.imag], -1), 37),
    "logAbs": every(np.log(np.abs(plane) + 0.5), 37),
    "logSpectrum": every(np.log(np.abs(spectrum) + 1.0), 17),
    "tileLogDct": every(np.stack([logs.mean(0), logs.std(0)]), 7),
    "radialMean": every(rings(plane, 15), 1),
    "nprResidual": every(npr, 97),
    "laplacianVariance": every(laplace.var(), 1),
    "moments": every(np.stack([plane.mean(0), plane.var(0) * H]), 5),
    "standardize": every((plane - mean) / deviation, 37),
    "linear": every(plane @ mean + 0.5, 3),
    "thumbnail": every(np.floor(area(image, 10, 12) + 0.5), 31),
}
path = Path(__file__).parents[1] / "src" / "self-test-vectors.ts"
lines = [f"  {name}: {json.dumps(values)}," for name, values in want.items()]
path.write_text(
    "// Written by scripts/self-test-vectors.py (NumPy, SciPy, float64); not by hand.\n"
    "// biome-ignore format: generated\n"
    "export const vectors = {\n" + "\n".join(lines) + "\n} as const;\n"
)
