import { type Kernels, type RunProgress, seededRandom, type Verdict, type Warning } from '@syntrace/core';
import type { OutlierModel } from './calibrate/outlier-model.js';
import { fitOutliers, type Prepared } from './calibrate/prepare.js';
import type { BlockStore } from './cluster/blocks.js';
import { type Classified, classifyClusters } from './cluster/classify.js';
import { clusterResiduals } from './cluster/cluster-residuals.js';
import type { Cluster, Clustering, Round } from './cluster/rounds.js';
import { type Decisions, decide } from './decide/decisions.js';
import type { PairFinder } from './numerics/pair-finder.js';
import { findPeriodic, type Periodic } from './periodic/find-periodic.js';
import type { Residuals } from './residuals/residuals.js';
import { type ClusterSettings, checkClusterSettings } from './settings.js';

/** Everything that was found in a collection of residuals. */
export interface Found {
  readonly settings: ClusterSettings;
  readonly mergeThreshold: number;
  readonly clustering: Clustering;
  /** The last classification: every cluster above the least size. Empty without a reference. */
  readonly classified: readonly Classified[];
  /** Absent when no cluster was found synthetic, or there is no reference. */
  readonly decisions: Decisions | null;
  /** The group that a periodic trace betrays; absent in compat and without a reference. */
  readonly periodic: Periodic | null;
  /** Whether there was a reference to judge by. */
  readonly judged: boolean;
  readonly verdicts: readonly Verdict[];
  readonly warnings: readonly Warning[];
}

export interface FindOptions {
  readonly signal: AbortSignal;
  readonly progress?: (progress: RunProgress) => void;
  readonly onRound?: (round: Round) => void | Promise<void>;
  /** Gets each round's PCE table [clusters, clusters], row-major, lower triangle, before its merges; about twice the time. */
  readonly onTable?: (round: number, clusters: number, table: Float64Array) => void | Promise<void>;
  /** Finds the pairs that merge somewhere else; not with `onTable`, which needs each whole table here. */
  readonly finder?: PairFinder;
  /** Keeps finished blocks of this pile with these settings, where `blockSize` is set. */
  readonly blocks?: BlockStore;
}

/** Clusters residuals by PCE, classifies large clusters against the reference, and judges every picture by the flagged fingerprints (spec sections 4 to 8).
 *  Without a reference it only clusters, and every verdict is `inconclusive`. @throws USAGE, ABORTED */
export async function findGenerators(
  residuals: Residuals,
  prepared: Prepared | null,
  settings: ClusterSettings,
  kernels: Kernels,
  { signal, progress = () => {}, onRound, onTable, finder, blocks }: FindOptions,
): Promise<Found> {
  checkClusterSettings(settings);
  const warnings: Warning[] = [...(prepared?.warnings ?? [])];
  const mergeThreshold = settings.mergeThreshold ?? prepared?.mergeThreshold.value ?? withoutReference(warnings);
  if (!prepared) warnings.push(NO_REFERENCE);
  const random = seededRandom(settings.seed, 'classify');
  let classified: readonly Classified[] = [];
  const outliers = prepared && (await outliersFor(prepared, settings, kernels));
  const classify = async (clusters: readonly Cluster[], round: number) => {
    if (outliers) classified = await classifyClusters(clusters, residuals, outliers, settings, random.fork(String(round)), kernels);
    return classified.some(({ synthetic }) => synthetic);
  };
  const total = residuals.count;
  progress({ phase: 'compare', done: 0, total });
  const clustering = await clusterResiduals(residuals, mergeThreshold, settings, kernels, {
    foundEarly: classify,
    signal,
    progress,
    ...(onTable && { onTable }),
    ...(onRound && { onRound }),
    ...(finder && { finder }),
    ...(blocks && { blocks }),
  });
  if (clustering.stop === 'nothing-above-threshold') await classify(clustering.clusters, clustering.rounds.length);
  const flagged = classified.filter(({ synthetic }) => synthetic).map(({ cluster }) => cluster);
  const step = (phase: string) => (done: number) => {
    signal.throwIfAborted();
    progress({ phase, done, total });
  };
  const decisions =
    prepared && flagged.length > 0
      ? await decide(
          flagged,
          residuals,
          prepared.reference,
          { percentile: prepared.settings.percentile, leaveOneOut: !settings.compat, onCompared: step('decide') },
          kernels,
        )
      : null;
  const periodic = prepared && !settings.compat ? await findPeriodic(residuals, prepared, kernels, step('periodic traces')) : null;
  if (prepared && !decisions && !periodic) warnings.push(NO_FINGERPRINT);
  const verdicts = Array.from({ length: total }, (_, i) => verdictOf(i, prepared !== null, decisions, periodic));
  return { settings, mergeThreshold, clustering, classified, decisions, periodic, judged: prepared !== null, verdicts, warnings };
}

/** The prepared model, or one for fingerprints of as many pictures as are drawn. */
async function outliersFor({ settings, outliers, reference }: Prepared, { sample, compat }: ClusterSettings, kernels: Kernels): Promise<OutlierModel> {
  if (compat || sample === 'all' || sample === settings.blockSize) return outliers;
  return fitOutliers(reference, { ...settings, blockSize: sample }, kernels);
}

function verdictOf(picture: number, judged: boolean, decisions: Decisions | null, periodic: Periodic | null): Verdict {
  if (!judged) return 'inconclusive';
  const byFingerprint = decisions !== null && decisions.scores[picture]! > decisions.threshold;
  return byFingerprint || periodic?.members.has(picture) ? 'synthetic' : 'real';
}

/** The first of the published values, where nothing better is known. */
const FALLBACK_THRESHOLD = 9.95;

function withoutReference(warnings: Warning[]): number {
  const message = `no reference photographs and no merge threshold: merging at PCE ${FALLBACK_THRESHOLD}, a published value that may not fit these pictures`;
  warnings.push({ code: 'NOISESCOPE_NO_THRESHOLD', message });
  return FALLBACK_THRESHOLD;
}

const NO_REFERENCE: Warning = {
  code: 'NOISESCOPE_NO_REFERENCE',
  message:
    'without reference photographs pictures are only clustered: whether a cluster comes from a generator, a camera or an editor cannot be told, and no picture is judged',
};

const NO_FINGERPRINT: Warning = {
  code: 'NOISESCOPE_NOTHING_FOUND',
  message:
    'no generator was found, so every picture counts as real: fewer pictures of one generator than the least cluster, or one without a common trace, stay unseen',
};
