import type { PceTable } from '../src/cluster/pce-table.js';
import type { Cluster } from '../src/cluster/rounds.js';

/** Numbers on a line; the fingerprint of a cluster is their mean, and PCE falls with the distance. */
export function lineTable(values: readonly number[], start: readonly Cluster[] = values.map((_, i) => [i])): PceTable {
  const threshold = 4;
  let clusters = start.map(cluster => cluster.map(i => values[i]!));
  const mean = (cluster: readonly number[]) => cluster.reduce((a, b) => a + b) / cluster.length;
  const pce = (a: number, b: number) => 10 / (1 + Math.abs(mean(clusters[a]!) - mean(clusters[b]!)));
  return {
    get count() {
      return clusters.length;
    },
    above: async () =>
      clusters.flatMap((_, row) => Array.from({ length: row }, (_, column) => ({ row, column, pce: pce(row, column) }))).filter(pair => pair.pce > threshold),
    merge: async pairs => {
      const gone = new Set(pairs.flatMap(({ row, column }) => [row, column]));
      clusters = [...clusters.filter((_, i) => !gone.has(i)), ...pairs.map(({ row, column }) => [...clusters[row]!, ...clusters[column]!])];
    },
    matrix: async () => new Float64Array(),
  };
}
