export { type Attribution, attributionOf } from './attribution.js';
export { type NearDuplicate, nearDuplicates, type Shaped } from './audit/near-duplicates.js';
export { type Appearance, type AuditedPicture, type Shortcut, shortcutsOf } from './audit/shortcuts.js';
export type { Estimate } from './bootstrap.js';
export { shiftOf, unlabelledShift, withTemperature } from './calibrate/affine.js';
export { type CalibrationOptions, calibrate, type FittedCalibration, shiftedMeaning } from './calibrate/calibrate.js';
export { type ConformalBand, type ConformalCoverage, conformalBand, coverageOf, thresholdFor } from './calibrate/conformal.js';
export { type IsotonicCalibration, isotonicCalibration } from './calibrate/isotonic.js';
export { type PlattCalibration, plattCalibration } from './calibrate/platt.js';
export type { Scored } from './calibrate/scored.js';
export { CALIBRATION_BINS } from './columns.js';
export { comparisonTable } from './comparison-table.js';
export { type PrecisionRecallPoint, precisionRecallCurve, type RocPoint, rocCurve } from './curves.js';
export type { Confusion } from './decisions.js';
export { cascadeBands } from './ensemble/cascade.js';
export { ENSEMBLE_METHODS, type EnsembleFitOptions, type EnsembleMethod, type FittedEnsemble, fitEnsemble } from './ensemble/fit.js';
export { type FamilyOf, leaveOneOut } from './ensemble/leave-out.js';
export { costOf, ensembleRows, type MemberRow, memberRows } from './ensemble/rows.js';
export { type FittedWeights, fitWeights } from './ensemble/weights.js';
export { type EvaluationOptions, evaluate } from './evaluate.js';
export { type BiasStatement, biasStatement, type ClassFiles, type FileSummary, fileCollector, type PictureFile } from './files.js';
export { generatorTable, markdownOf } from './generator-table.js';
export type { ScoreHistogram } from './histogram.js';
export {
  accuracy,
  auc,
  averagePrecision,
  balancedAccuracy,
  brier,
  equalErrorRate,
  expectedCalibrationError,
  f1,
  METRIC_NAMES,
  METRICS,
  type Metric,
  realAccuracy,
  syntheticAccuracy,
  tprAt1,
  tprAt5,
} from './metrics.js';
export type { CalibrationBin } from './probabilities.js';
export { PUBLISHED_TABLES } from './published/index.js';
export type { PublishedMethod, PublishedTable } from './published/published-table.js';
export type { SetAudit } from './report/audit.js';
export { html as chartMarkup } from './report/html.js';
export { type Axis, line, type PlotArea, plotArea, roundTicks } from './report/plot-area.js';
export { evaluationReport } from './report/report.js';
export type { Condition, Counts, EvaluationResult, GroupResult, MeanResult, MetricEstimates, SliceResult } from './result.js';
export type { EvaluationRow } from './row.js';
export { evaluationTable, type Table, type TableColumn } from './table.js';
