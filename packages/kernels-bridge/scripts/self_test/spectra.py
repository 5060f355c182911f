"""Spectra compared with masks."""
import numpy as np

from .common import H, W, every, plane

planes = np.stack([plane, np.roll(plane, 5), plane[::-1]])
logits = planes / 25
spectrum = np.log(np.abs(np.fft.fftshift(np.fft.fft2(plane, norm="ortho"))) + 0.5)
f = np.fft.fft2(plane, norm="ortho")
back = np.fft.ifft2(np.fft.ifftshift(plane) * f / np.abs(f) / (np.abs(f) + 0.5), norm="ortho").real
padded = np.pad(logits, ((0, 0), (1, 1), (1, 1)))
mask = 1 / (1 + np.exp(-sum(padded[:, y : y + H, x : x + W] for y in range(3) for x in range(3)) / 9))
mixing = np.array([[0.9, 0.2, -0.1], [0.1, 0.8, 0.15], [-0.2, 0.05, 1.1]])
norm = np.array([[1.2, 0.8, 1.5], [0.5, -1, 2], [-3, 2, -5], [400, 300, 500]])
reference = np.roll(planes, 3, -1)
centred = reference - reference.mean((1, 2), keepdims=True)


def normed(mean, variance):
    u = np.einsum("cd,dhw->chw", mixing, planes) * mask
    mean, variance = (u.mean((1, 2)), u.var((1, 2))) if mean is None else (mean, variance)
    column = lambda v: v[:, None, None]
    return column(norm[0]) * (u - column(mean)) / np.sqrt(column(variance) + 1e-5) + column(norm[1])


def products(v):
    lengths = np.linalg.norm(v.reshape(3, -1), axis=1) * np.linalg.norm(centred.reshape(3, -1), axis=1)
    return v * centred / lengths[:, None, None]


map_ = products(normed(norm[2], norm[3]))
cosines = map_.sum((1, 2))
trained = products(normed(None, None)).sum((1, 2))
z = np.exp(0.5) * trained.mean() - 0.25
want = {
    "centredLogSpectrum": every(spectrum, 37),
    "centredLogSpectrumGradient": every(back, 37),
    "maskOfLogits": every(mask, 97),
    "maskSimilarity": [float(f"{x:.9g}") for x in [*cosines, np.exp(0.5) * cosines.mean() - 0.25]],
    "maskSimilarityMap": every(map_, 97),
    "maskGradients": [float(f"{x:.9g}") for x in [np.logaddexp(0, -z), -(1 / (1 + np.exp(z)))]],
    "adam": every(plane - 0.01 * np.sign(plane), 37),
}
