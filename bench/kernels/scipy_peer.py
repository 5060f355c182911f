"""Times SciPy's transforms (pocketfft, float32) of batches of planes and writes JSON: scipy_peer.py '{"planes": 8, "dct2": [128], …}' THREADS FILE

Also NumPy's product of matrices in float32 (OpenBLAS), the nearest thing to the processor's limit that a Python user sees.
"""
import json
import os
import sys
import time

import numpy as np


now = time.thread_time if os.environ.get("SYNTRACE_BENCH_CLOCK") == "cpu" else time.perf_counter


def best(call):
    """Milliseconds of the best run, after a warm-up; as bench/kernels/timing.mjs."""
    least, warm = float("inf"), now()

    def timed():
        nonlocal least
        begun = now()
        call()
        least = min(least, now() - begun)

    while now() - warm < 0.06:
        timed()
    start, runs = now(), 0
    while (runs < 9 or now() - start < 0.15) and now() - warm < 1.5:
        timed()
        runs += 1
    return least * 1e3


def main():
    import scipy
    from scipy import fft

    sizes, workers = json.loads(sys.argv[1]), int(sys.argv[2])
    calls = {
        "dct2": lambda x: fft.dctn(x, type=2, norm="ortho", axes=(1, 2), workers=workers),
        "rfft2": lambda x: fft.rfft2(x, workers=workers),
        "fft2": lambda x: fft.fft2(x, workers=workers),
    }
    times = {"detail": f"SciPy {scipy.__version__}, NumPy {np.__version__}"}
    planes = sizes.pop("planes")
    for op, sides in sizes.items():
        for n in sides:
            count = planes * n * n * (2 if op == "fft2" else 1)
            x = (np.arange(count) * 7919 % 256).astype(np.float32)
            x = (x.view(np.complex64) if op == "fft2" else x).reshape(planes, n, n)
            times[f"{op} {planes} x {n}"] = best(lambda: calls[op](x))
    a = np.random.default_rng(1).normal(size=(1024, 1024)).astype(np.float32)
    times["float32 products of matrices"] = {"ms": best(lambda: a @ a), "flops": 2 * 1024**3}
    with open(sys.argv[3], "w") as file:
        json.dump(times, file)


if __name__ == "__main__":
    main()
