"""Filters and noise of perturbations."""
import numpy as np
from scipy import ndimage, stats

from .common import H, W, every, image

weights = np.exp(-(np.arange(-2, 3) ** 2) / 2.0)
weights /= weights.sum()
blurred = ndimage.correlate1d(ndimage.correlate1d(image.astype(float), weights, 0, mode="mirror"), weights, 1, mode="mirror")
median = ndimage.median_filter(image, size=(3, 3, 1), mode="nearest")


def bilateral(p):
    padded = np.pad(p.astype(float), ((1, 1), (1, 1), (0, 0)), "reflect")
    total, weight = 0.0, 0.0
    for dy, dx in [(0, 0), (0, 1), (1, 0), (0, -1), (-1, 0)]:
        other = padded[1 + dy : 1 + dy + H, 1 + dx : 1 + dx + W]
        w = np.exp(-np.abs(other - p).sum(-1, keepdims=True) ** 2 / (2 * 200.0**2) - (dy * dy + dx * dx) / (2 * 1.5**2))
        total, weight = total + w * other, weight + w
    return np.floor(total / weight + 0.5)


# The first four words of Philox4x32-10 for counter 0 and key 0, as published.
words = np.array([0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8])
size = stats.norm.isf(((words & 0x7FFFFFFF) + 0.5) / 2**32)
halved = ndimage.gaussian_filter(image.astype(float), (0.5, 0.5, 0), mode="mirror", truncate=4)
want = {
    "gaussianBlur": every(np.floor(blurred + 0.5), 97),
    "medianFilter": every(median, 97),
    "bilateralFilter": every(bilateral(image), 97),
    "normalNoise": every(np.where(words >> 31, -size, size), 1),
    "addNoise": every((image + 40 * np.cos(np.arange(H * W * 3)).astype(np.float32).reshape(image.shape)).clip(0, 255).astype(int), 97),
    "resize": every(np.floor(halved.reshape(H // 2, 2, W // 2, 2, 3).mean((1, 3))), 31),
}
