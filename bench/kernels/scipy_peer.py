"""Times SciPy's transforms (pocketfft, float32, one thread) and writes JSON: scipy_peer.py '{"dct2": [128], …}' FILE"""
import json
import sys
import time

import numpy as np
import scipy
from scipy import fft

CALLS = {
    "dct2": lambda x: fft.dctn(x, type=2, norm="ortho", workers=1),
    "rfft2": lambda x: fft.rfft2(x, workers=1),
}


def best(call):
    warm = time.perf_counter()
    while time.perf_counter() - warm < 0.06:
        call()
    least, start = float("inf"), time.perf_counter()
    while time.perf_counter() - start < 0.15:
        begun = time.perf_counter()
        call()
        least = min(least, time.perf_counter() - begun)
    return least * 1e3


def main():
    times = {"detail": f"SciPy {scipy.__version__}, NumPy {np.__version__}"}
    for op, sizes in json.loads(sys.argv[1]).items():
        for n in sizes:
            x = (np.arange(n * n) * 7919 % 256).astype(np.float32).reshape(n, n)
            times[f"{op} {n}"] = best(lambda: CALLS[op](x))
    with open(sys.argv[2], "w") as file:
        json.dump(times, file)


if __name__ == "__main__":
    main()
