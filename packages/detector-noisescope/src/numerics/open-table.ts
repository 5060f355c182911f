import type { Kernels } from '@syntrace/core';
import type { Pair, PceTable } from '../cluster/pce-table.js';
import type { Cluster } from '../cluster/rounds.js';
import { allOf, type Residuals } from '../residuals/residuals.js';
import { spectraOfClusters, sumsOfRows } from './cluster-spectra.js';
import { decidedPairs, NEAR } from './near-threshold.js';
import { stripPairs } from './strips.js';

export interface TableOptions {
  /** Clusters to begin with (default: each residual by itself). */
  readonly start?: readonly Cluster[];
  readonly signal?: AbortSignal;
  /** Hears how many of the first comparisons are done. */
  readonly onCompared?: (done: number, total: number) => void;
}

/** The pairs above a threshold in a collection that merges. Round 0 compares all pairs by packed spectra; a union's spectrum is the sum of its parts', and
 *  only unions are compared anew (spec section 13.3). Spectra are kept outside the kernels, which hold two strips of them at a time: memory is one spectrum
 *  (about hw + 2h float32) a cluster, and the pairs above the threshold. @throws the signal's reason */
export async function openTable(
  kernels: Kernels,
  residuals: Residuals,
  threshold: number,
  { start = allOf(residuals).map(i => [i]), signal, onCompared }: TableOptions = {},
): Promise<PceTable> {
  const { height, width } = residuals;
  let clusters = start;
  let rows = await spectraOfClusters(kernels, residuals, clusters);
  const above = async (from: number, compared: TableOptions['onCompared'] = () => {}) => {
    const found: Pair[] = [];
    for await (const { spectra, row, column, done, total } of stripPairs(kernels, rows, from, signal)) {
      const pairs = await kernels.pceAbove(spectra, { height, width, threshold: threshold - NEAR * Math.abs(threshold) });
      for (const [i, pce] of pairs.values.entries()) found.push({ row: row + pairs.rows[i]!, column: column + pairs.columns[i]!, pce });
      compared(done, total);
    }
    found.sort((a, b) => a.row - b.row || a.column - b.column);
    return decidedPairs(kernels, residuals, clusters, found, threshold);
  };
  let pairs = await above(0, onCompared);
  return {
    get count() {
      return clusters.length;
    },
    above: async () => pairs,
    async merge(merged) {
      const gone = new Set(merged.flatMap(({ row, column }) => [row, column]));
      const kept = clusters.flatMap((_, i) => (gone.has(i) ? [] : [i]));
      const place = new Map(kept.map((from, to) => [from, to]));
      rows = [...kept.map(i => rows[i]!), ...(await sumsOfRows(kernels, rows, merged))];
      clusters = [...kept.map(i => clusters[i]!), ...merged.map(({ row, column }) => [...clusters[row]!, ...clusters[column]!])];
      const known = pairs.filter(({ row, column }) => !gone.has(row) && !gone.has(column));
      pairs = [...known.map(pair => ({ ...pair, row: place.get(pair.row)!, column: place.get(pair.column)! })), ...(await above(kept.length))];
    },
    async matrix() {
      const n = rows.length;
      const table = new Float64Array(n * n);
      for await (const { spectra, row, column } of stripPairs(kernels, rows, 0, signal)) {
        const tensor = await kernels.pcePairs(spectra, { height, width });
        const [k, columns] = tensor.shape as readonly [number, number];
        const values = await kernels.read(tensor);
        kernels.free(tensor);
        for (let i = 0; i < k; i++) table.set(values.subarray(i * columns, (i + 1) * columns), (row + i) * n + column);
      }
      return table;
    },
  };
}
