import type { Kernels } from '@syntrace/core';
import type { Pair } from '../cluster/pce-table.js';
import type { Cluster } from '../cluster/rounds.js';
import { type Residuals, residualsOf } from '../residuals/residuals.js';
import { blocksOf, spectraOf, taken } from './blocks.js';
import { sumOf } from './means.js';
import { stackedRows } from './strips.js';

/** Packed spectra of the sums of clusters' residuals, each a row outside the kernels. */
export async function spectraOfClusters(kernels: Kernels, residuals: Residuals, clusters: readonly Cluster[]): Promise<readonly Float32Array[]> {
  const rows: Float32Array[] = [];
  const { height, width } = residuals;
  for (const block of blocksOf({ height, width, count: clusters.length })) {
    const own = block.map(i => clusters[i]!);
    const alone = own.every(({ length }) => length === 1);
    const summed = alone ? null : residualsOf(height, width, await sumsOf(kernels, residuals, own));
    const spectra = await taken(kernels, summed ? spectraOf(kernels, summed) : spectraOf(kernels, residuals, own.flat()));
    const length = spectra.length / own.length;
    // Copies, so that a merged cluster's row gives its memory back.
    for (let i = 0; i < own.length; i++) rows.push(spectra.slice(i * length, (i + 1) * length));
  }
  return rows;
}

async function sumsOf(kernels: Kernels, residuals: Residuals, clusters: readonly Cluster[]): Promise<readonly Float32Array[]> {
  const sums: Float32Array[] = [];
  for (const cluster of clusters) sums.push(await sumOf(kernels, residuals, cluster));
  return sums;
}

const PAIRS_AT_ONCE = 64;

/** The sum of both rows of each pair. */
export async function sumsOfRows(kernels: Kernels, rows: readonly Float32Array[], pairs: readonly Pair[]): Promise<readonly Float32Array[]> {
  const sums: Float32Array[] = [];
  for (let first = 0; first < pairs.length; first += PAIRS_AT_ONCE) {
    const some = pairs.slice(first, first + PAIRS_AT_ONCE);
    const both = stackedRows(
      kernels,
      some.flatMap(({ row, column }) => [rows[row]!, rows[column]!]),
    );
    const groups = some.map((_, i) => [2 * i, 2 * i + 1]);
    const values = await taken(kernels, kernels.groupSums(both, groups)).finally(() => kernels.free(both));
    const length = values.length / some.length;
    for (let i = 0; i < some.length; i++) sums.push(values.slice(i * length, (i + 1) * length));
  }
  return sums;
}
