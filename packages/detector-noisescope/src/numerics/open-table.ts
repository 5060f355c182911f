import type { Kernels, PcePairs } from '@syntrace/core';
import type { Pair, PceTable } from '../cluster/pce-table.js';
import type { Cluster } from '../cluster/rounds.js';
import type { Residuals } from '../residuals/residuals.js';
import { spectraOf, taken } from './blocks.js';
import { decidedPairs, NEAR } from './near-threshold.js';

/** The pairs above a threshold in a collection that merges. Round 0 compares all pairs by packed spectra; a union's spectrum is the sum of its parts', and
 *  only unions are compared anew (spec section 13.3). Memory: one spectrum a cluster, and the pairs above the threshold. */
export async function openTable(kernels: Kernels, residuals: Residuals, threshold: number): Promise<PceTable> {
  let clusters: readonly Cluster[] = residuals.maps.map((_, i) => [i]);
  let spectra = await spectraOf(kernels, residuals);
  const above = async (from: number) => {
    const found = await kernels.pceAbove(spectra, { ...residuals, from, threshold: threshold - NEAR * Math.abs(threshold) });
    return decidedPairs(kernels, residuals, clusters, pairsOf(found), threshold);
  };
  let pairs = await above(0);
  return {
    get count() {
      return clusters.length;
    },
    above: async () => pairs,
    async merge(merged) {
      const gone = new Set(merged.flatMap(({ row, column }) => [row, column]));
      const kept = clusters.flatMap((_, i) => (gone.has(i) ? [] : [i]));
      const place = new Map(kept.map((from, to) => [from, to]));
      const summed = await kernels.groupSums(spectra, [...kept.map(i => [i]), ...merged.map(({ row, column }) => [row, column])]);
      kernels.free(spectra);
      spectra = summed;
      clusters = [...kept.map(i => clusters[i]!), ...merged.map(({ row, column }) => [...clusters[row]!, ...clusters[column]!])];
      const known = pairs.filter(({ row, column }) => !gone.has(row) && !gone.has(column));
      pairs = [...known.map(pair => ({ ...pair, row: place.get(pair.row)!, column: place.get(pair.column)! })), ...(await above(kept.length))];
    },
    matrix: () => taken(kernels, kernels.pcePairs(spectra, residuals)),
    close: () => kernels.free(spectra),
  };
}

const pairsOf = ({ rows, columns, values }: PcePairs): readonly Pair[] => Array.from(rows, (row, i) => ({ row, column: columns[i]!, pce: values[i]! }));
