import { type Columns, columnsOf, type Slice, sliceOf } from './columns.js';
import { accuracyOf, balancedAccuracyOf, confusionOf, f1Of, realAccuracyOf, syntheticAccuracyOf } from './decisions.js';
import { operatingPointsOf } from './operating-points.js';
import { brierOf, calibrationBinsOf, eceOf } from './probabilities.js';
import { aucOf, averagePrecisionOf, type Weights } from './ranking.js';
import type { EvaluationRow } from './row.js';

/** Every metric: name, heading, and which end is good. */
export const METRICS = {
  auc: { label: 'AUC', better: 'higher' },
  averagePrecision: { label: 'AP', better: 'higher' },
  accuracy: { label: 'Accuracy', better: 'higher' },
  realAccuracy: { label: 'Accuracy, real', better: 'higher' },
  syntheticAccuracy: { label: 'Accuracy, synthetic', better: 'higher' },
  balancedAccuracy: { label: 'Balanced accuracy', better: 'higher' },
  f1: { label: 'F1', better: 'higher' },
  eer: { label: 'EER', better: 'lower' },
  tprAt1: { label: 'TPR at 1 % FPR', better: 'higher' },
  tprAt5: { label: 'TPR at 5 % FPR', better: 'higher' },
  ece: { label: 'ECE', better: 'lower' },
  brier: { label: 'Brier', better: 'lower' },
} as const satisfies Record<string, { label: string; better: 'higher' | 'lower' }>;

export type Metric = keyof typeof METRICS;
export type MetricValues = Readonly<Record<Metric, number | null>>;
export const METRIC_NAMES = Object.keys(METRICS) as readonly Metric[];

/** All metrics of a slice, each row counted as often as its weight says. O(n) */
export function measure(columns: Columns, slice: Slice, weights: Weights): MetricValues {
  const confusion = confusionOf(columns, slice, weights);
  return {
    auc: aucOf(columns, slice, weights),
    averagePrecision: averagePrecisionOf(columns, slice, weights),
    accuracy: accuracyOf(confusion),
    realAccuracy: realAccuracyOf(confusion),
    syntheticAccuracy: syntheticAccuracyOf(confusion),
    balancedAccuracy: balancedAccuracyOf(confusion),
    f1: f1Of(confusion),
    ...operatingPointsOf(columns, slice, weights),
    ece: eceOf(calibrationBinsOf(columns, slice, weights)),
    brier: brierOf(columns, slice, weights),
  };
}

const metric =
  (name: Metric) =>
  (rows: readonly EvaluationRow[]): number | null => {
    const columns = columnsOf(rows);
    return measure(columns, sliceOf(columns), new Uint8Array(rows.length).fill(1))[name];
  };

/** Area under the ROC curve over the rows with a score, ties counted half; `null` without both classes. O(n log n) @throws USAGE */
export const auc = metric('auc');
/** Average precision (scikit-learn's sum, no interpolation) over the rows with a score. O(n log n) @throws USAGE */
export const averagePrecision = metric('averagePrecision');
/** Share of right verdicts; `inconclusive` and abstained rows are left out. @throws USAGE */
export const accuracy = metric('accuracy');
/** Share of right verdicts among decided real pictures. @throws USAGE */
export const realAccuracy = metric('realAccuracy');
/** Share of right verdicts among decided synthetic pictures. @throws USAGE */
export const syntheticAccuracy = metric('syntheticAccuracy');
/** Mean of both classes' shares of right verdicts; `inconclusive` and abstained rows are left out. @throws USAGE */
export const balancedAccuracy = metric('balancedAccuracy');
/** F1 of `synthetic`; `inconclusive` and abstained rows are left out. @throws USAGE */
export const f1 = metric('f1');
/** Equal error rate over the rows with a score, linear between thresholds; `null` without both classes. O(n log n) @throws USAGE */
export const equalErrorRate = metric('eer');
/** Share of synthetic pictures found where at most 1 % of the real ones are called synthetic, over the rows with a score. O(n log n) @throws USAGE */
export const tprAt1 = metric('tprAt1');
/** The same at 5 %. @throws USAGE */
export const tprAt5 = metric('tprAt5');
/** Expected calibration error, 15 equally wide bins, over the rows with a probability. @throws USAGE */
export const expectedCalibrationError = metric('ece');
/** Brier score over the rows with a probability. @throws USAGE */
export const brier = metric('brier');
