import { type Kernels, type Random, SyntraceError } from '@syntrace/core';
import { type OutlierModel, outlierMargins } from '../calibrate/outlier-model.js';
import { meansOf } from '../numerics/means.js';
import { texturesOf } from '../numerics/textures.js';
import type { Residuals } from '../residuals/residuals.js';
import type { ClusterSettings } from '../settings.js';
import type { Cluster } from './rounds.js';

/** What the outlier model says of one large cluster. */
export interface Classified {
  readonly cluster: Cluster;
  /** Members whose residuals were averaged for the model. */
  readonly sample: Cluster;
  /** LOF score minus offset; below 0: synthetic. */
  readonly margin: number;
  readonly synthetic: boolean;
}

/** Classifies the clusters with more than the least number of members, largest first: a drawn sample of each is averaged, and the texture of that
 *  fingerprint compared with those of photographs (spec section 7.5). */
export async function classifyClusters(
  clusters: readonly Cluster[],
  residuals: Residuals,
  model: OutlierModel,
  { minimumCluster, sample }: Pick<ClusterSettings, 'minimumCluster' | 'sample'>,
  random: Random,
  kernels: Kernels,
): Promise<readonly Classified[]> {
  const large = clusters.filter(cluster => cluster.length > minimumCluster).toSorted((a, b) => b.length - a.length);
  if (large.length === 0) return [];
  const samples = large.map(cluster => (sample === 'all' ? cluster : random.shuffle(cluster).slice(0, sample)));
  const textures = await texturesOf(kernels, await meansOf(kernels, residuals, samples));
  const margins = await outlierMargins(model, textures, kernels);
  if (margins.length !== large.length) throw new SyntraceError('KERNEL_SHAPE', { op: 'lof', expected: large.length, received: margins.length });
  return large.map((cluster, i) => ({ cluster, sample: samples[i]!, margin: margins[i]!, synthetic: margins[i]! < 0 }));
}
