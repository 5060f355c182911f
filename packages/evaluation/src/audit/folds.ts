import { seededRandom } from '@syntrace/core';

/** Which fold each row is in, 0…count−1: drawn within each stratum, so that every fold holds its share of each. O(n) */
export function foldsOf(strata: readonly string[], count: number, seed: number): Int32Array {
  const members = new Map<string, number[]>();
  strata.forEach((stratum, i) => {
    const list = members.get(stratum);
    if (list) list.push(i);
    else members.set(stratum, [i]);
  });
  const folds = new Int32Array(strata.length);
  const random = seededRandom(seed, 'folds');
  // Dealt on from stratum to stratum: small ones do not all begin with the first fold.
  let next = 0;
  for (const [, rows] of [...members].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (let i = rows.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [rows[i], rows[j]] = [rows[j]!, rows[i]!];
    }
    for (const row of rows) folds[row] = next++ % count;
  }
  return folds;
}
