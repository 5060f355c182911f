export { type Attribution, attributionOf } from './attribution.js';
export { type NearDuplicate, nearDuplicates, type Shaped } from './audit/near-duplicates.js';
export { type Appearance, type AuditedPicture, type Shortcut, shortcutsOf } from './audit/shortcuts.js';
export type { Estimate } from './bootstrap.js';
export { CALIBRATION_BINS } from './columns.js';
export { comparisonTable } from './comparison-table.js';
export { type PrecisionRecallPoint, precisionRecallCurve, type RocPoint, rocCurve } from './curves.js';
export type { Confusion } from './decisions.js';
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
export { plattCalibration } from './platt.js';
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
