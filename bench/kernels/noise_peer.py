"""Times noise residuals (PyWavelets, SciPy) and the PCE of all pairs (NumPy), from the formulas of the papers, and writes JSON:
noise_peer.py residual|fast|transform-per-pair '{"residual": 256, "pictures": 4, "side": 256, "pairs": 1000}' THREADS FILE

fast: the spectra once, all peaks and energies by matrix products, the block of 121 lags by a product with 11 × 11 waves.
transform-per-pair: the published way, three FFTs a pair; timed on a part of the pairs and scaled up.
"""
import json
import sys

import numpy as np
from scipy import fft

from scipy_peer import best

mode, sizes, threads, path = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
NTSC = np.linalg.inv([[1, 0.956, 0.621], [1, -0.272, -0.647], [1, -1.106, 1.703]])[0].astype(np.float32)


def residual(image):
    import pywt
    from scipy import ndimage

    def noise(band, v=np.float32(4)):
        energy = band * band
        means = [ndimage.uniform_filter(energy, w, mode="constant") for w in (3, 5, 7, 9)]
        least = np.minimum(np.minimum(means[0], means[1]), np.minimum(means[2], means[3]))
        return band * v / (np.maximum(least - v, 0) + v)

    h, w, _ = image.shape
    total = 0
    for c in range(3):
        x = np.pad(image[..., c].astype(np.float32), 8, "symmetric")
        low, *details = pywt.wavedec2(x, "db4", "periodization", 4)
        bands = [np.zeros_like(low), *(tuple(noise(b) for b in level) for level in details)]
        total = total + NTSC[c] * pywt.waverec2(bands, "db4", "periodization")[8 : 8 + h, 8 : 8 + w]
    return total


def fast(x):
    n, h, w = x.shape
    d, bins = h * w, w // 2 + 1
    x = x - x.mean((1, 2), keepdims=True)
    spectra = fft.rfft2(x, workers=threads).astype(np.complex64)
    weight = np.full(bins, 2, np.float32)
    weight[0] = weight[-1] = 1
    flat = x.reshape(n, d)
    p = flat @ flat.T
    power = ((spectra.real**2 + spectra.imag**2) * np.sqrt(weight)).reshape(n, -1)
    e = power @ power.T / d
    lags = np.arange(-5, 6)
    along_x = (np.exp(2j * np.pi * np.outer(np.arange(bins), lags) / w) * weight[:, None]).astype(np.complex64)
    along_y = np.exp(2j * np.pi * np.outer(lags, np.arange(h)) / h).astype(np.complex64)
    out = np.zeros((n, n))
    for i in range(1, n):
        cross = np.conj(spectra[:i]) * spectra[i]
        half = cross.reshape(-1, bins) @ along_x
        block = (along_y @ half.reshape(i, h, 11)).real / d
        s = (block**2).sum((1, 2))
        out[i, :i] = np.sign(p[i, :i]) * p[i, :i] ** 2 * (d - 121) / (e[i, :i] - s)
    return out


def pair(a, b):
    c = fft.irfft2(np.conj(fft.rfft2(a - a.mean(), workers=threads)) * fft.rfft2(b - b.mean(), workers=threads), a.shape, workers=threads)
    peak = c[0, 0]
    c[np.ix_(range(-5, 6), range(-5, 6))] = 0
    return np.sign(peak) * peak**2 * (c.size - 121) / np.sum(c * c)


rng = np.random.default_rng(1)
times = {"detail": f"NumPy {np.__version__}"}
if mode == "residual":
    import pywt

    times["detail"] += f", PyWavelets {pywt.__version__}"
    n, count = sizes["residual"], sizes["pictures"]
    images = rng.integers(0, 256, (count, n, n, 3), dtype=np.uint8)
    times[f"noiseResidual {count} x {n}"] = best(lambda: [residual(image) for image in images])
    plane = rng.normal(0, 50, (n, n)).astype(np.float32)
    bands = pywt.dwt2(plane, "db4", "symmetric")
    times[f"dwt2 {n}"] = best(lambda: pywt.dwt2(plane, "db4", "symmetric"))
    times[f"idwt2 {n}"] = best(lambda: pywt.idwt2(bands, "db4", "symmetric"))
else:
    n, side = sizes["pairs"], sizes["side"]
    planes = rng.normal(0, 1, (n, side, side)).astype(np.float32)
    label = f"pcePairs {n} of {side}"
    if mode == "fast":
        few = fast(planes[:3])
        assert abs(few[1, 0] - pair(planes[1], planes[0])) < 1e-3 * abs(few[1, 0]) + 1e-3
        times[label] = best(lambda: fast(planes))
    else:
        tried = [(i, j) for i in range(n) for j in range(i)][:100]
        times[label] = best(lambda: [pair(planes[i], planes[j]) for i, j in tried]) * (n * (n - 1) // 2) / len(tried)
with open(path, "w") as file:
    json.dump(times, file)
