"""Transforms of planes and what is made of spectra."""
import numpy as np
from scipy import fft

from .common import H, W, every, plane


def tiles(x, t, s):
    return [x[y : y + t, c : c + t] for y in range(0, H - t + 1, s) for c in range(0, W - t + 1, s)]


def rings(x, bins):
    y, c = np.indices(x.shape)
    radius = np.floor(np.hypot(y, c)).astype(int)
    return [x[radius == i].mean() for i in range(bins)]


dct = lambda x: fft.dctn(x, type=2, norm="ortho")
spectrum = fft.rfft2(plane)
logs = np.array([np.log(np.abs(dct(t)) + 1e-3) for t in tiles(plane, 8, 4)])

want = {
    "dct2": every(dct(plane), 37),
    "rfft2": every(np.stack([spectrum.real, spectrum.imag], -1), 37),
    "fft2": every(np.stack([np.fft.fft2(plane).real, np.fft.fft2(plane).imag], -1), 71),
    "logAbs": every(np.log(np.abs(plane) + 0.5), 37),
    "logSpectrum": every(np.log(np.abs(spectrum) + 1.0), 17),
    "tileLogDct": every(np.stack([logs.mean(0), logs.std(0)]), 7),
    "radialMean": every(rings(plane, 15), 1),
}
