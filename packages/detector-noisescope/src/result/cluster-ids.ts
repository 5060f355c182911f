import type { Cluster } from '../cluster/rounds.js';

/** Clusters by size, largest first; equal ones by their first picture. */
export const bySize = (clusters: readonly Cluster[]): readonly Cluster[] =>
  clusters
    .map(cluster => ({ cluster, first: cluster.reduce((a, b) => Math.min(a, b)) }))
    .sort((a, b) => b.cluster.length - a.cluster.length || a.first - b.first)
    .map(({ cluster }) => cluster);

/** Name, `cluster-1` the largest, and size of each picture's cluster. */
export function clusterOfPictures(clusters: readonly Cluster[]): ReadonlyMap<number, { readonly id: string; readonly size: number }> {
  return new Map(bySize(clusters).flatMap((cluster, i) => cluster.map(picture => [picture, { id: `cluster-${i + 1}`, size: cluster.length }] as const)));
}
