"""Prepares pictures as the frequency paper's script does, with Pillow and SciPy: two passes for mean and deviation, log-DCT, float64 arrays as .npy.

Usage: scipy_peer.py PROCESSES OUT FOLDER      prints the seconds it took"""
import sys
import time
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.fft import dctn


def features(path):
    samples = np.asarray(Image.open(path).convert("RGB"))
    return np.log(np.abs(dctn(samples.astype(np.float64), axes=(0, 1), norm="ortho")) + 1e-12)


def normalised(job):
    path, target = job
    np.save(target, (features(path) - MEAN) / DEVIATION)


def start(mean, deviation):
    global MEAN, DEVIATION
    MEAN, DEVIATION = mean, deviation


if __name__ == "__main__":
    processes, out, folder = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    out.mkdir(parents=True, exist_ok=True)
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".png", ".jpg"})
    started = time.perf_counter()
    count, mean, m2 = 0, 0.0, 0.0
    with Pool(processes) as pool:
        for x in pool.imap(features, paths, chunksize=8):
            count += 1
            delta = x - mean
            mean = mean + delta / count
            m2 = m2 + delta * (x - mean)
    with Pool(processes, start, (mean, np.sqrt(m2 / count))) as pool:
        pool.map(normalised, [(path, out / f"{i:06d}.npy") for i, path in enumerate(paths)], chunksize=8)
    print(time.perf_counter() - started)
