"""Noise residuals and their correlation."""
import numpy as np
import pywt
from noise_reference import NTSC, SCALE, beside_its_equal, fourier_wiener, pce, prnu, surface, wiener, zero_mean

from .common import H, W, every, image, plane

rows = plane.reshape(4, -1)
low, (high_y, high_x, _) = pywt.dwt2(plane, "db4", "symmetric")
noise = np.stack([prnu(image[..., c], 20, 1) for c in range(3)])
products, counted = np.zeros((3, H, W)), np.zeros((3, H, W))
for c in range(3):
    q = image[..., c]
    kept = ~((q == q.max()) & beside_its_equal(q)) if q.max() > 250 else np.ones(q.shape, bool)
    products[c], counted[c] = noise[c] * q / 255, (SCALE[q] * kept) ** 2
norms = np.linalg.norm(rows, axis=1)
turned = np.arange(H * W).reshape(H, W)
other = ((turned * 53) % 97 - 48.0) + 0.5 * plane

want = {
    "dwt2": every(np.stack([low, high_x, high_y]), 53),
    "localWiener": every(wiener(plane, 400), 37),
    "noiseResidual": every(np.tensordot(NTSC, noise, 1), 37),
    "zeroMean": every(zero_mean(plane), 37),
    "fourierWiener": every(fourier_wiener(plane), 37),
    "prnuAdd": every(np.stack([products, counted]), 131),
    "prnuEstimate": every(np.tensordot(NTSC, products / (counted + 1), 1), 37),
    "normalisedCorrelation": every(rows @ rows.T / np.outer(norms, norms), 3),
    "groupMeans": every((rows[0] + rows[2]) / 2, 11),
    "crossCorrelation": every(surface(plane, other), 37),
    "pce": [pce(plane, other)],
    "pcePairs": [pce(other, plane), pce(other, plane + other), pce(plane, plane + other)],
}
