import { SyntraceError } from '@syntrace/core';
import { attributionOf } from './attribution.js';
import type { Shortcut } from './audit/shortcuts.js';
import { estimateOf, resample } from './bootstrap.js';
import { type Columns, columnsOf, type Slice, sliceOf } from './columns.js';
import { precisionRecallOf, rocOf, thinned } from './curves.js';
import { confusionOf } from './decisions.js';
import type { ClassFiles } from './files.js';
import { histogramOf } from './histogram.js';
import { METRIC_NAMES, type MetricValues, measure } from './metrics.js';
import { calibrationBinsOf } from './probabilities.js';
import type { Condition, Counts, EvaluationResult, GroupResult, MeanResult, MetricEstimates, SliceResult } from './result.js';
import type { EvaluationRow } from './row.js';

export interface EvaluationOptions {
  /** What is evaluated, for headings. */
  readonly name: string;
  /** For robustness curves. */
  readonly condition?: Condition;
  /** Default 0. */
  readonly seed?: number;
  /** Bootstrap resamples; 0 gives no intervals. Default 1000. */
  readonly resamples?: number;
  /** Pictures that could not be judged. Default 0. */
  readonly failed?: number;
  readonly files?: ClassFiles;
  /** Beside which the figures are to be read. */
  readonly shortcuts?: readonly Shortcut[];
}

const LEVEL = 0.95;
const CURVE_POINTS = 400;
const HISTOGRAM_BINS = 40;

/** A slice with its metrics, measured and in each resample. */
interface Measured {
  readonly slice: Slice;
  readonly value: MetricValues;
  readonly resampled: MetricValues[];
}

interface Group {
  readonly name: string;
  readonly all: Int32Array;
  readonly own: Measured | null;
  readonly againstAllReal: Measured | null;
}

/** Figures at the shipped threshold, pooled, by group and as the mean over groups, with bootstrap intervals.
 *  Resamples are drawn within each group and class, the same for all figures. O(n log n + resamples · (n + groups · real)) @throws USAGE */
export function evaluate(rows: readonly EvaluationRow[], options: EvaluationOptions): EvaluationResult {
  if (rows.length === 0) throw new SyntraceError('USAGE', { detail: 'there is nothing to evaluate: no picture has a score or a verdict' });
  const { name, condition, seed = 0, resamples = 1000, failed = 0, files = null, shortcuts } = options;
  const attribution = attributionOf(rows);
  const columns = columnsOf(rows);
  const once = new Uint8Array(rows.length).fill(1);
  const measured: Measured[] = [];
  const start = (all: Int32Array): Measured => {
    const slice = sliceOf(columns, all);
    const entry = { slice, value: measure(columns, slice, once), resampled: [] };
    measured.push(entry);
    return entry;
  };
  const pooled = start(Int32Array.from(rows.keys()));
  const groups = groupsOf(rows, columns, start);
  const strata = groups.flatMap(({ all }) => [0, 1].map(label => all.filter(i => columns.label[i] === label)));
  resample(strata, rows.length, resamples, seed, weights => {
    for (const { slice, resampled } of measured) resampled.push(measure(columns, slice, weights));
  });
  const result = (entry: Measured): SliceResult => sliceResult(columns, entry, once);
  return {
    format: 1,
    name,
    ...(condition && { condition }),
    failed,
    bootstrap: { seed, resamples, level: LEVEL },
    pooled: result(pooled),
    mean: { own: meanOf(groups.map(group => group.own)), againstAllReal: meanOf(groups.map(group => group.againstAllReal)) },
    groups: groups.map(
      ({ name: group, all, own, againstAllReal }): GroupResult => ({
        group,
        counts: countsOf(columns, all),
        own: own && result(own),
        againstAllReal: againstAllReal && result(againstAllReal),
      }),
    ),
    curves: { roc: thinned(rocOf(columns, pooled.slice), CURVE_POINTS), precisionRecall: thinned(precisionRecallOf(columns, pooled.slice), CURVE_POINTS) },
    calibration: calibrationBinsOf(columns, pooled.slice, once),
    histogram: histogramOf(columns, pooled.slice, HISTOGRAM_BINS),
    files,
    ...(shortcuts && { shortcuts }),
    ...(attribution && { attribution }),
  };
}

function groupsOf(rows: readonly EvaluationRow[], { label }: Columns, start: (all: Int32Array) => Measured): Group[] {
  const members = new Map<string, number[]>();
  rows.forEach(({ group }, i) => {
    const list = members.get(group);
    if (list) list.push(i);
    else members.set(group, [i]);
  });
  const allReal = Array.from(rows.keys()).filter(i => label[i] === 0);
  return [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, indices]) => {
      const all = Int32Array.from(indices);
      const synthetic = indices.filter(i => label[i] === 1);
      const hasBoth = synthetic.length > 0 && synthetic.length < indices.length;
      return {
        name,
        all,
        own: hasBoth ? start(all) : null,
        againstAllReal: synthetic.length > 0 && allReal.length > 0 ? start(Int32Array.from([...synthetic, ...allReal])) : null,
      };
    });
}

function countsOf({ label, score, decision }: Columns, all: Int32Array): Counts {
  const count = (holds: (row: number) => boolean) => all.reduce((sum, row) => sum + Number(holds(row)), 0);
  const synthetic = count(row => label[row] === 1);
  const abstained = count(row => Number.isNaN(score[row]!));
  const decided = count(row => decision[row]! >= 0);
  return { real: all.length - synthetic, synthetic, abstained, inconclusive: all.length - abstained - decided, decided };
}

function sliceResult(columns: Columns, { slice, value, resampled }: Measured, once: Uint8Array): SliceResult {
  const counts = countsOf(columns, slice.all);
  return {
    counts,
    coverage: counts.decided / slice.all.length,
    confusion: confusionOf(columns, slice, once),
    metrics: estimates(value, resampled),
  };
}

/** A group without a value (one that abstained throughout, say) is left out of that metric's mean. */
function meanOf(groups: readonly (Measured | null)[]): MeanResult {
  const present = groups.filter(group => group !== null);
  const mean = (values: readonly MetricValues[]) =>
    Object.fromEntries(
      METRIC_NAMES.map(metric => {
        const known = values.map(value => value[metric]).filter(value => value !== null);
        return [metric, known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : null];
      }),
    ) as MetricValues;
  const resampled = present[0]?.resampled.map((_, r) => mean(present.map(group => group.resampled[r]!))) ?? [];
  return { groups: present.length, metrics: estimates(mean(present.map(group => group.value)), resampled) };
}

const estimates = (value: MetricValues, resampled: readonly MetricValues[]) =>
  Object.fromEntries(
    METRIC_NAMES.map(metric => [
      metric,
      estimateOf(
        value[metric],
        resampled.map(values => values[metric]),
        LEVEL,
      ),
    ]),
  ) as MetricEstimates;
