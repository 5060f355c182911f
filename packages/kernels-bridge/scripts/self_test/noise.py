"""Noise residuals and their correlation."""
import numpy as np
import pywt
from scipy import ndimage

from .common import H, W, every, image, plane

weights = np.linalg.inv([[1, 0.956, 0.621], [1, -0.272, -0.647], [1, -1.106, 1.703]])[0]
rows = plane.reshape(4, -1)


def wiener(x, v):
    means = [ndimage.uniform_filter(x * x, w, mode="constant") for w in (3, 5, 7, 9)]
    return x * v / (np.maximum(np.min(means, 0) - v, 0) + v)


def residual(x, sigma):
    low, *details = pywt.wavedec2(x.astype(float), "db4", "symmetric", 1)
    bands = [tuple(wiener(b, sigma**2) for b in level) for level in details]
    return pywt.waverec2([np.zeros_like(low), *bands], "db4", "symmetric")[:H, :W]


def zero_mean(x):
    out = np.array(x)
    for top in (0, 1):
        for left in (0, 1):
            part = x[top::2, left::2] - x[top::2, left::2].mean()
            out[top::2, left::2] = part - part.mean(0, keepdims=True) - part.mean(1, keepdims=True)
    return out


def fourier_wiener(x):
    f = np.fft.fft2(x)
    a = np.abs(f) / np.sqrt(x.size)
    return np.fft.ifft2(f * wiener(a, x.var(ddof=1)) / np.where(a > 0, a, 1)).real


def surface(a, b):
    return np.fft.irfft2(np.conj(np.fft.rfft2(a - a.mean())) * np.fft.rfft2(b - b.mean()), a.shape)


def pce(a, b):
    c = surface(a, b)
    near = lambda n: np.minimum(np.arange(n), n - np.arange(n)) <= 5
    outside = c[~(near(H)[:, None] & near(W))]
    return np.sign(c[0, 0]) * c[0, 0] ** 2 / np.mean(outside**2)


low, (high_y, high_x, _) = pywt.dwt2(plane, "db4", "symmetric")
noise = np.stack([residual(image[..., c], 20) for c in range(3)])
scale = np.where(np.arange(256) < 252, np.arange(256) / 252, np.exp(-((np.arange(256) - 252.0) ** 2) / 6))
products, counted = np.zeros((3, H, W)), np.zeros((3, H, W))
for c in range(3):
    q = image[..., c]
    equal = np.any([q == np.roll(q, s, a) for a in (0, 1) for s in (1, -1)], 0)
    kept = ~((q == q.max()) & equal) if q.max() > 250 else np.ones(q.shape, bool)
    products[c], counted[c] = noise[c] * q / 255, (scale[q] * kept) ** 2
norms = np.linalg.norm(rows, axis=1)
turned = np.arange(H * W).reshape(H, W)
other = ((turned * 53) % 97 - 48.0) + 0.5 * plane

want = {
    "dwt2": every(np.stack([low, high_x, high_y]), 53),
    "localWiener": every(wiener(plane, 400), 37),
    "noiseResidual": every(np.tensordot(weights, noise, 1), 37),
    "zeroMean": every(zero_mean(plane), 37),
    "fourierWiener": every(fourier_wiener(plane), 37),
    "prnuAdd": every(np.stack([products, counted]), 131),
    "prnuEstimate": every(np.tensordot(weights, products / (counted + 1), 1), 37),
    "normalisedCorrelation": every(rows @ rows.T / np.outer(norms, norms), 3),
    "groupMeans": every((rows[0] + rows[2]) / 2, 11),
    "crossCorrelation": every(surface(plane, other), 37),
    "pce": [pce(plane, other)],
    "pcePairs": [pce(other, plane), pce(other, plane + other), pce(plane, plane + other)],
}
