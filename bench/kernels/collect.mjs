import { contestants, run } from './contestants.mjs';

/**
 * Runs every contestant in turn, so that a slow minute of the machine slows all. `best`: thread count → column → kernel → { ms, bytes, flops };
 * `versions` and `missing` (with the reason) by column.
 */
export function collect({ rounds, threads, withPairs, clock }) {
  const [best, versions, missing] = [{}, {}, {}];
  for (const count of threads) {
    best[count] = {};
    for (let round = 1; round <= rounds; round++) {
      for (const contestant of contestants) {
        const { column, once, oneThread } = contestant;
        if (missing[column] || (once && (round > 1 || !withPairs)) || (oneThread && count !== threads[0])) continue;
        process.stderr.write(`${count} thread${count > 1 ? 's' : ''}, round ${round} of ${rounds}: ${column}${once ? ', all pairs' : ''}\n`);
        const { times, detail, reason } = run(contestant, count, clock);
        if (!times) {
          missing[column] = reason;
          process.stderr.write(`NOT RUN: ${column}: ${reason}\n`);
          continue;
        }
        if (detail) versions[column] = detail;
        best[count][column] ??= {};
        const known = best[count][column];
        for (const [kernel, time] of Object.entries(times)) if (!(known[kernel]?.ms <= time.ms)) known[kernel] = time;
      }
    }
  }
  return { best, versions, missing };
}
