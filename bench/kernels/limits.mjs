/** What holds a kernel back where it misses a goal: for figures of that kind, kernels of those names. The first that fits counts. */
export const limits = [
  {
    figures: ['wasmAgainstNative'],
    kernels: /./,
    limit:
      'WASM has 4 lanes of float32 and no fused products; AVX-512 has 16 lanes with them, AVX2 has 8: an eighth to a quarter of the arithmetic a cycle, so only kernels that wait for memory come near.',
  },
];
