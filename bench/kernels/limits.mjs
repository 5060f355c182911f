/** What holds a kernel back where it misses a goal: for figures of that kind, kernels of those names. The first that fits counts. */
export const limits = [
  {
    figures: ['nativeAgainstPeer'],
    kernels: /^(i?r?fft2|dct2)/,
    limit:
      'Moving samples, not arithmetic: in a profile of 8 × 256² (perf, AVX-512, 2026-11-27) 52 % of the time turns squares of 16 × 16 samples between rows and lanes, twice a plane, and 38 % is butterflies. Wider vectors speed up the second part alone. On two threads SciPy gains as much as we do, so a ratio of 2 there asks for 2 on one thread.',
  },
  {
    figures: ['ofCopy'],
    kernels: /^nprResidual/,
    limit:
      "Four fifths of its bytes are results, written by ordinary stores that read each cache line first; the copy that it is compared with writes past the caches. The engine's fill of a buffer of the result's size (25 MB) with a constant takes longer (3.0 ms) than the kernel (2.4 ms; one thread, 2026-11-27). Stores past the caches would meet the goal here, and the network that reads the result next would wait for memory.",
  },
  {
    figures: ['wasmAgainstNative'],
    kernels: /./,
    limit:
      'WASM has 4 lanes of float32 and no fused products; AVX-512 has 16 lanes with them, AVX2 has 8: an eighth to a quarter of the arithmetic a cycle, so only kernels that wait for memory come near.',
  },
];
