import type { Estimate } from './bootstrap.js';
import type { Metric } from './metrics.js';
import type { EvaluationResult } from './result.js';
import { column, type Table } from './table.js';

/** Generators down, evaluations across, as papers compare detectors: one metric with its interval, each generator against its own real pictures (against all
 *  where it has none); then the mean over generators and all pictures together; then what classifiers reach that cannot see how a picture was made. */
export function comparisonTable(results: readonly EvaluationResult[], metric: Metric = 'auc'): Table {
  const names = [...new Set(results.flatMap(({ groups }) => groups.map(({ group }) => group)))];
  const row = (label: string, estimateOf: (result: EvaluationResult) => Estimate | null | undefined) => [label, ...results.map(each => cell(estimateOf(each)))];
  const groups = names.flatMap(name => {
    const own = (result: EvaluationResult) => {
      const found = result.groups.find(({ group }) => group === name);
      return (found?.own ?? found?.againstAllReal)?.metrics[metric];
    };
    return results.some(own) ? [row(name, own)] : [];
  });
  const shortcuts =
    metric === 'auc' ? [...new Set(results.flatMap(({ shortcuts = [] }) => shortcuts.map(({ id, label }) => JSON.stringify([id, label]))))] : [];
  return {
    columns: [column('generator', 'Generator', 'text'), ...results.map(({ name }, i) => column(`evaluation_${i + 1}`, name, 'text'))],
    rows: [
      ...groups,
      row('Mean', ({ mean }) => mean.own.metrics[metric] ?? mean.againstAllReal.metrics[metric]),
      row('All pictures', ({ pooled }) => pooled.metrics[metric]),
      ...shortcuts.map(key => {
        const [id, label] = JSON.parse(key) as [string, string];
        return row(label, result => result.shortcuts?.find(each => each.id === id)?.auc);
      }),
    ],
  };
}

function cell(estimate: Estimate | null | undefined): string | null {
  if (!estimate) return null;
  const { value, low, high } = estimate;
  return low === null || high === null ? value.toFixed(3) : `${value.toFixed(3)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}
