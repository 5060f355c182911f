import { SyntraceError } from '@syntrace/core';

/** What preparing on reference photographs depends on. Numbers of the published code are the defaults (spec section 12). */
export interface PrepareSettings {
  readonly seed: number;
  /** Exactly the published procedure: its number of shuffles and neighbours, no guards. */
  readonly compat: boolean;
  /** Reference groups whose fingerprints calibrate T_merge, and pictures in each. */
  readonly groups: number;
  readonly groupSize: number;
  /** Percentile of the reference PCE that becomes T_merge, and of the reference scores that becomes the decision threshold. */
  readonly percentile: number;
  /** Pictures averaged into a vector of the outlier model. */
  readonly blockSize: number;
  /** Rounds of shuffling for the outlier model; `auto`: 5, and more until there are 100 vectors. */
  readonly shuffles: number | 'auto';
  /** Neighbours of the outlier model at most. */
  readonly neighbours: number;
  /** Divide texture features by their deviation on the reference. */
  readonly standardise: boolean;
}

export const PREPARE_DEFAULTS: PrepareSettings = {
  seed: 1,
  compat: false,
  groups: 40,
  groupSize: 20,
  percentile: 99.5,
  blockSize: 50,
  shuffles: 'auto',
  neighbours: 30,
  standardise: false,
};

/** What clustering and deciding depend on. */
export interface ClusterSettings {
  readonly seed: number;
  /** Exactly as published: members scored against fingerprints they helped to build, PCE alone. Merges are the published ones either way. */
  readonly compat: boolean;
  /** PCE above which clusters merge; absent: that of the prepared reference. */
  readonly mergeThreshold?: number;
  /** A cluster with more members than this stops merging once a cluster is found synthetic. */
  readonly earlyStop: number;
  /** Clusters need more members than this to be classified. */
  readonly minimumCluster: number;
  /** Members drawn for the fingerprint that is classified, or all. */
  readonly sample: number | 'all';
  /** Cluster blocks of so many pictures by themselves first, for piles too large to compare whole, without an early stop; absent: all with all, which is exact. */
  readonly blockSize?: number;
}

export const CLUSTER_DEFAULTS: ClusterSettings = { seed: 1, compat: false, earlyStop: 150, minimumCluster: 50, sample: 50 };

/** T_merge as the comments of the published scripts give it, by set. */
export const PUBLISHED_MERGE_THRESHOLDS: Readonly<Record<string, number>> = {
  'biggan-doghv': 9.95,
  'cyclegan-winter': 11.68,
  'pggan-tower': 26.97,
  'stylegan-face1': 8.45,
  'stylegan-face2': 8.45,
  'sample-command': 9.77,
};

/** @throws USAGE for a setting out of range */
export function checkPrepareSettings(settings: PrepareSettings): PrepareSettings {
  whole('seed', settings.seed, 0);
  whole('groups', settings.groups, 3);
  whole('groupSize', settings.groupSize, 1);
  whole('blockSize', settings.blockSize, 1);
  whole('neighbours', settings.neighbours, 1);
  if (settings.shuffles !== 'auto') whole('shuffles', settings.shuffles, 1);
  range('percentile', settings.percentile, 0, 100);
  return settings;
}

/** @throws USAGE for a setting out of range */
export function checkClusterSettings(settings: ClusterSettings): ClusterSettings {
  whole('seed', settings.seed, 0);
  whole('earlyStop', settings.earlyStop, 1);
  whole('minimumCluster', settings.minimumCluster, 1);
  if (settings.sample !== 'all') whole('sample', settings.sample, 1);
  if (settings.blockSize !== undefined) whole('blockSize', settings.blockSize, 2);
  if (settings.mergeThreshold !== undefined) range('mergeThreshold', settings.mergeThreshold, 0, Number.MAX_VALUE);
  if (settings.sample !== 'all' && settings.sample > settings.minimumCluster + 1)
    throw new SyntraceError('USAGE', { detail: `a cluster of ${settings.minimumCluster + 1} has no ${settings.sample} members to draw` });
  return settings;
}

function whole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new SyntraceError('USAGE', { detail: `${name}: expected a whole number of at least ${least}, received ${value}` });
}

function range(name: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high)) throw new SyntraceError('USAGE', { detail: `${name}: expected ${low} to ${high}, received ${value}` });
}
