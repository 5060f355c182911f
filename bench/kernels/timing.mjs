const LEAST_MS = 150;
const LEAST_RUNS = 9;
/** What takes longer than this altogether is not run again. */
const MOST_MS = 1500;

/** Milliseconds of the wall clock or, with SYNTRACE_BENCH_CLOCK=cpu, of this thread on a processor: what other programs do then matters less. */
export const now =
  process.env.SYNTRACE_BENCH_CLOCK === 'cpu'
    ? () => {
        const { user, system } = process.threadCpuUsage();
        return (user + system) / 1e3;
      }
    : () => performance.now();

/** A thread's time is told in steps of milliseconds on some systems: only spans of this many count, with as many calls as fit. */
const SPAN_MS = process.env.SYNTRACE_BENCH_CLOCK === 'cpu' ? 40 : 0;

/** Best time of one call in milliseconds, and warm-up before. Bests are compared, since what disturbs a run only makes it longer. */
export async function best(call) {
  let least = Number.POSITIVE_INFINITY;
  const timed = async () => {
    const from = now();
    let calls = 0;
    do {
      await call();
      calls++;
    } while (now() - from < SPAN_MS);
    least = Math.min(least, (now() - from) / calls);
  };
  const warm = now();
  while (now() - warm < 60) await timed();
  const start = now();
  for (let runs = 0; runs < LEAST_RUNS || now() - start < LEAST_MS; runs++) {
    if (now() - warm > MOST_MS) break;
    await timed();
  }
  return least;
}

/** A plane of numbers 0…255, the same everywhere. */
export const plane = n => numbers(n * n);

/** So many numbers 0…255. */
export const numbers = count => Float32Array.from({ length: count }, (_, i) => (i * 7919) % 256);

/** Numbers 0…255 without a pattern: rows of the plane above repeat, and equal rows are no common case. */
export const scattered = count =>
  Float64Array.from({ length: count }, (_, i) => {
    const mixed = Math.imul(i, 0x9e3779b1);
    return (Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 24) + i / count;
  });
