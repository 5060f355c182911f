import type { Attribution } from './attribution.js';
import type { Shortcut } from './audit/shortcuts.js';
import type { Estimate } from './bootstrap.js';
import type { PrecisionRecallPoint, RocPoint } from './curves.js';
import type { Confusion } from './decisions.js';
import type { ClassFiles } from './files.js';
import type { ScoreHistogram } from './histogram.js';
import type { Metric } from './metrics.js';
import type { CalibrationBin } from './probabilities.js';

export interface Counts {
  readonly real: number;
  readonly synthetic: number;
  /** No score: the detector abstained. */
  readonly abstained: number;
  /** A score, but inside the abstention band. */
  readonly inconclusive: number;
  /** With a verdict of real or synthetic: what accuracy, balanced accuracy and F1 are about. */
  readonly decided: number;
}

export type MetricEstimates = Readonly<Record<Metric, Estimate | null>>;

/** Figures over some of the pictures. */
export interface SliceResult {
  readonly counts: Counts;
  /** decided / all */
  readonly coverage: number;
  readonly confusion: Confusion;
  readonly metrics: MetricEstimates;
}

/** A generator's figures; `null` where a class is missing. */
export interface GroupResult {
  readonly group: string;
  readonly counts: Counts;
  /** Its fakes against its own real pictures. */
  readonly own: SliceResult | null;
  /** Its fakes against the real pictures of all groups. */
  readonly againstAllReal: SliceResult | null;
}

/** Mean over groups, each counted once; `groups` says over how many. */
export interface MeanResult {
  readonly groups: number;
  readonly metrics: MetricEstimates;
}

/** Where a result stands on a robustness curve. */
export interface Condition {
  /** What was judged with; results of one series make a curve. */
  readonly series: string;
  /** `null`: as stored. */
  readonly perturbation: { readonly kind: string; readonly strength: number } | null;
}

/** Plain JSON. */
export interface EvaluationResult {
  readonly format: 1;
  /** What was evaluated, for headings: detector, data, perturbation. */
  readonly name: string;
  readonly condition?: Condition;
  /** Pictures that could not be judged at all; in no figure. */
  readonly failed: number;
  readonly bootstrap: { readonly seed: number; readonly resamples: number; readonly level: number };
  readonly pooled: SliceResult;
  readonly mean: { readonly own: MeanResult; readonly againstAllReal: MeanResult };
  /** In code-point order. */
  readonly groups: readonly GroupResult[];
  /** Of all pictures together, thinned for drawing. */
  readonly curves: { readonly roc: readonly RocPoint[]; readonly precisionRecall: readonly PrecisionRecallPoint[] };
  readonly calibration: readonly CalibrationBin[];
  readonly histogram: ScoreHistogram | null;
  readonly files: ClassFiles | null;
  /** What classifiers that cannot see how a picture was made reach on the same pictures. */
  readonly shortcuts?: readonly Shortcut[];
  /** Which source each picture was taken for; absent where nothing names sources. */
  readonly attribution?: Attribution;
}
