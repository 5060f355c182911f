import type { Cluster } from '../cluster/rounds.js';

/** Clusters by size, largest first; equal ones by their first picture. */
export const bySize = (clusters: readonly Cluster[]): readonly Cluster[] => clusters.toSorted((a, b) => b.length - a.length || Math.min(...a) - Math.min(...b));

/** Cluster and its name, `cluster-1` the largest, of each picture. */
export function clusterOfPictures(clusters: readonly Cluster[]): ReadonlyMap<number, string> {
  return new Map(bySize(clusters).flatMap((cluster, i) => cluster.map(picture => [picture, `cluster-${i + 1}`] as const)));
}
