import { METRIC_NAMES, METRICS } from './metrics.js';
import type { Counts, EvaluationResult, MetricEstimates } from './result.js';

export interface TableColumn {
  /** Stable name, for CSV and JSON. */
  readonly key: string;
  /** Heading for people. */
  readonly label: string;
  readonly kind: 'text' | 'count' | 'share' | 'metric';
  /** An end of an interval: a narrow table leaves these out. */
  readonly interval: boolean;
}

export interface Table {
  readonly columns: readonly TableColumn[];
  /** Cells in the order of the columns; numbers unrounded. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export const column = (key: string, label: string, kind: TableColumn['kind'], interval = false): TableColumn => ({ key, label, kind, interval });

const COLUMNS: readonly TableColumn[] = [
  column('name', 'Evaluation', 'text'),
  column('group', 'Generator', 'text'),
  column('against', 'Against', 'text'),
  column('real', 'Real', 'count'),
  column('synthetic', 'Synthetic', 'count'),
  column('abstained', 'Abstained', 'count'),
  column('inconclusive', 'Inconclusive', 'count'),
  column('coverage', 'Coverage', 'share'),
  ...METRIC_NAMES.flatMap(metric => [
    column(metric, METRICS[metric].label, 'metric'),
    column(`${metric}_low`, `${METRICS[metric].label} low`, 'metric', true),
    column(`${metric}_high`, `${METRICS[metric].label} high`, 'metric', true),
  ]),
];

/** One row for all pictures together, one for each mean over generators, two for each generator (against its own and against all real pictures). */
export function evaluationTable({ name, pooled, mean, groups }: EvaluationResult): Table {
  const row = (group: string, against: string, counts: Counts | null, metrics: MetricEstimates) => [
    name,
    group,
    against,
    ...(counts
      ? [counts.real, counts.synthetic, counts.abstained, counts.inconclusive, counts.decided / (counts.real + counts.synthetic)]
      : [null, null, null, null, null]),
    ...METRIC_NAMES.flatMap(metric => [metrics[metric]?.value ?? null, metrics[metric]?.low ?? null, metrics[metric]?.high ?? null]),
  ];
  const rows = [row('all', 'all real', pooled.counts, pooled.metrics)];
  if (mean.own.groups > 0) rows.push(row(`mean of ${mean.own.groups}`, 'own real', null, mean.own.metrics));
  if (mean.againstAllReal.groups > 0) rows.push(row(`mean of ${mean.againstAllReal.groups}`, 'all real', null, mean.againstAllReal.metrics));
  for (const { group, own, againstAllReal } of groups) {
    if (own) rows.push(row(group, 'own real', own.counts, own.metrics));
    if (againstAllReal) rows.push(row(group, 'all real', againstAllReal.counts, againstAllReal.metrics));
  }
  return { columns: COLUMNS, rows };
}
