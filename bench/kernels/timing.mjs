const LEAST_MS = 150;
const LEAST_RUNS = 9;

/** Best time of one call in milliseconds, and warm-up before. Bests are compared, since what disturbs a run only makes it longer. */
export async function best(call) {
  const warm = performance.now();
  while (performance.now() - warm < 60) await call();
  let least = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let runs = 0; runs < LEAST_RUNS || performance.now() - start < LEAST_MS; runs++) {
    const from = performance.now();
    await call();
    least = Math.min(least, performance.now() - from);
  }
  return least;
}

/** A plane of numbers 0…255, the same everywhere. */
export const plane = n => Float32Array.from({ length: n * n }, (_, i) => (i * 7919) % 256);
