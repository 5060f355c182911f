"""Traces of watermarks and of earlier encodes."""
import numpy as np
from scipy import fft

from .common import H, W, every, image, plane

table = np.where(np.add.outer(np.arange(8), np.arange(8)) < 4, 7.3 + np.arange(64).reshape(8, 8) / 5, 0)


def votes(length):
    """Of the blocks of 4 × 4 in Haar's approximation of U, which are odd multiples of 18 at their largest value but the first."""
    r, g, b = (image[..., c] for c in range(3))
    y = (r * 4899 + g * 9617 + b * 1868 + (1 << 13)) >> 14
    u = (((b - y) * 8061 + (128 << 14) + (1 << 13)) >> 14).clip(0, 255).astype(float)
    low = (u[::2, ::2] + u[1::2, ::2] + u[::2, 1::2] + u[1::2, 1::2]) / 2
    blocks = [low[t : t + 4, l : l + 4].ravel()[1:].max() for t in range(0, H // 8 * 4, 4) for l in range(0, W // 8 * 4, 4)]
    ones = np.array(blocks) % 36 > 18
    return [ones[bit::length].mean() for bit in range(length)]


def fit(y, x):
    blocks = [plane[t : t + 8, l : l + 8] for t in range(y, H - 7, 8) for l in range(x, W - 7, 8)]
    steps = fft.dctn(np.array(blocks), axes=(1, 2), norm="ortho")[:, table > 0] / table[table > 0]
    counted = np.round(steps) != 0
    squares = 12 * (steps - np.round(steps)) ** 2 * counted
    return squares.sum() / counted.sum(), counted.sum() / len(blocks), squares.sum(1) / counted.sum(1)


want = {
    "watermarkVotes": every(votes(4), 1),
    "gridFit": every([fit(place // 8, place % 8)[:2] for place in range(64)], 7),
    "gridFitMap": every(fit(1, 2)[2], 1),
}
