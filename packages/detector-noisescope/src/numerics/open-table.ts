import type { Kernels } from '@syntrace/core';
import type { Pair, PceTable } from '../cluster/pce-table.js';
import type { Cluster } from '../cluster/rounds.js';
import { allOf, type Residuals } from '../residuals/residuals.js';
import { spectraOfClusters, sumsOfRows } from './cluster-spectra.js';
import { decidedPairs, NEAR } from './near-threshold.js';
import type { PairFinder } from './pair-finder.js';
import { type StripPair, stripPairs } from './strips.js';

export interface TableOptions {
  /** Clusters to begin with (default: each residual by itself). */
  readonly start?: readonly Cluster[];
  /** Keep the whole table from round to round, for callers that take each round's: float64 [clusters, clusters], and about twice the time. */
  readonly keepMatrix?: boolean;
  readonly signal?: AbortSignal;
  /** Compares in the place of the kernels here; not where the whole table is kept. */
  readonly finder?: PairFinder;
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
  { start = allOf(residuals).map(i => [i]), keepMatrix = false, signal, finder, onCompared }: TableOptions = {},
): Promise<PceTable> {
  const { height, width } = residuals;
  let clusters = start;
  let rows = await spectraOfClusters(kernels, residuals, clusters);
  let kept: Float64Array | null = keepMatrix ? new Float64Array(rows.length ** 2) : null;
  const near = threshold - NEAR * Math.abs(threshold);
  const decided = (found: Pair[]) => {
    found.sort((a, b) => a.row - b.row || a.column - b.column);
    return decidedPairs(kernels, residuals, clusters, found, threshold);
  };
  const above = async (from: number, compared: TableOptions['onCompared'] = () => {}) => {
    if (finder && !kept) {
      const request = { from, height, width, threshold: near, ...(signal && { signal }) };
      return decided([...(await finder.find(rows, request, compared))]);
    }
    const found: Pair[] = [];
    for await (const { spectra, row, column, done, total } of stripPairs(kernels, rows, from, signal)) {
      if (kept) {
        const part = await stripValues(kernels, spectra, { height, width });
        put(part, kept, rows.length, row, column);
        for (const [i, pce] of part.values.entries())
          if (pce > near) found.push({ row: row + Math.floor(i / part.columns), column: column + (i % part.columns), pce });
      } else {
        const pairs = await kernels.pceAbove(spectra, { height, width, threshold: near });
        for (const [i, pce] of pairs.values.entries()) found.push({ row: row + pairs.rows[i]!, column: column + pairs.columns[i]!, pce });
      }
      compared(done, total);
    }
    return decided(found);
  };
  let pairs = await above(0, onCompared);
  return {
    get count() {
      return clusters.length;
    },
    above: async () => pairs,
    async merge(merged) {
      const gone = new Set(merged.flatMap(({ row, column }) => [row, column]));
      const left = clusters.flatMap((_, i) => (gone.has(i) ? [] : [i]));
      const place = new Map(left.map((from, to) => [from, to]));
      kept = kept && survivors(kept, clusters.length, left, left.length + merged.length);
      rows = [...left.map(i => rows[i]!), ...(await sumsOfRows(kernels, rows, merged))];
      clusters = [...left.map(i => clusters[i]!), ...merged.map(({ row, column }) => [...clusters[row]!, ...clusters[column]!])];
      const known = pairs.filter(({ row, column }) => !gone.has(row) && !gone.has(column));
      pairs = [...known.map(pair => ({ ...pair, row: place.get(pair.row)!, column: place.get(pair.column)! })), ...(await above(left.length))];
    },
    async matrix() {
      if (kept) return kept;
      const table = new Float64Array(rows.length ** 2);
      for await (const { spectra, row, column } of stripPairs(kernels, rows, 0, signal))
        put(await stripValues(kernels, spectra, { height, width }), table, rows.length, row, column);
      return table;
    },
  };
}

interface Part {
  readonly columns: number;
  readonly values: Float64Array;
}

async function stripValues(kernels: Kernels, spectra: StripPair['spectra'], sides: { readonly height: number; readonly width: number }): Promise<Part> {
  const tensor = await kernels.pcePairs(spectra, sides);
  const [, columns] = tensor.shape as readonly [number, number];
  return { columns, values: await kernels.read(tensor).finally(() => kernels.free(tensor)) };
}

/** Puts a strip's values where they belong in a table of `side` columns. */
function put({ columns, values }: Part, table: Float64Array, side: number, row: number, column: number): void {
  for (let i = 0; i * columns < values.length; i++) table.set(values.subarray(i * columns, (i + 1) * columns), (row + i) * side + column);
}

/** The table of the clusters that are left, with room for the new ones. */
function survivors(table: Float64Array, side: number, left: readonly number[], count: number): Float64Array {
  const next = new Float64Array(count ** 2);
  for (const [i, from] of left.entries()) for (let j = 0; j < i; j++) next[i * count + j] = table[from * side + left[j]!]!;
  return next;
}
