import type { Estimate } from '../bootstrap.js';
import { METRIC_NAMES, METRICS } from '../metrics.js';
import type { Counts, EvaluationResult, MetricEstimates } from '../result.js';
import { type Html, html } from './html.js';

interface Row {
  /** `null`: the row belongs to the head above. */
  readonly head: string | null;
  readonly against: string | null;
  readonly counts: Counts | null;
  readonly metrics: MetricEstimates;
  readonly total: boolean;
}

const metricHeads = METRIC_NAMES.map(metric => html`<th scope="col">${METRICS[metric].label}${METRICS[metric].better === 'lower' ? ' ↓' : ''}</th>`);

/** A row for each evaluation, all of its pictures together. */
export const overview = (results: readonly EvaluationResult[]): Html =>
  table(
    'All pictures of each evaluation together.',
    'Evaluation',
    results.map(({ name, pooled }) => ({ head: name, against: null, counts: pooled.counts, metrics: pooled.metrics, total: false })),
  );

/** All pictures, the means, and each generator against its own and against all real pictures. */
export function generatorTable({ pooled, mean, groups }: EvaluationResult): Html {
  const rows: Row[] = [{ head: 'all', against: 'all', counts: pooled.counts, metrics: pooled.metrics, total: true }];
  const means = [
    ['own', mean.own],
    ['all', mean.againstAllReal],
  ] as const;
  for (const [against, { groups: count, metrics }] of means)
    if (count > 0) rows.push({ head: `mean of ${count}`, against, counts: null, metrics, total: true });
  for (const { group, own, againstAllReal } of groups) {
    if (own) rows.push({ head: group, against: 'own', counts: own.counts, metrics: own.metrics, total: false });
    const head = own ? null : group;
    if (againstAllReal) rows.push({ head, against: 'all', counts: againstAllReal.counts, metrics: againstAllReal.metrics, total: false });
  }
  return table("Each generator's pictures against its own real pictures, and against all real pictures of the set.", 'Generator', rows);
}

function table(caption: string, first: string, rows: readonly Row[]): Html {
  const against = rows.some(row => row.against !== null);
  return html`<p class="caption">${caption}</p><div class="wide" role="region" aria-label="${caption}" tabindex="0"><table>
<thead><tr><th scope="col">${first}</th>${against ? html`<th scope="col" class="text">Real pictures</th>` : null}<th scope="col">Real</th><th scope="col">Synthetic</th><th scope="col">Decided</th>${metricHeads}</tr></thead>
<tbody>${rows.map((row, i) => tableRow(row, against, rows[i + 1]?.head === null ? 2 : 1))}</tbody></table></div>`;
}

const tableRow = ({ head, against, counts, metrics, total }: Row, withAgainst: boolean, span: number): Html =>
  html`<tr${total ? html` class="total"` : null}>${head === null ? null : html`<th scope="${span > 1 ? 'rowgroup' : 'row'}" rowspan="${span}">${breakable(head)}</th>`}${withAgainst ? html`<td class="text">${against}</td>` : null}${countCells(counts)}${METRIC_NAMES.map(metric => html`<td>${estimate(metrics[metric])}</td>`)}</tr>
`;

/** A name that a narrow column breaks at its parts. */
const breakable = (name: string): readonly Html[] => name.split(/(?<=[_/-])/).map((part, i) => html`${i > 0 ? html`<wbr>` : null}${part}`);

function countCells(counts: Counts | null): Html {
  if (!counts) return html`<td>–</td><td>–</td><td>–</td>`;
  const { real, synthetic, decided, abstained, inconclusive } = counts;
  const undecided = [inconclusive > 0 ? `${inconclusive} inconclusive` : null, abstained > 0 ? `${abstained} abstained` : null].filter(Boolean);
  const share = ((100 * decided) / (real + synthetic)).toFixed(1);
  return html`<td>${real}</td><td>${synthetic}</td><td>${share}\u00a0%${undecided.map(text => html`<span class="interval">${text}</span>`)}</td>`;
}

function estimate(value: Estimate | null): Html {
  if (!value) return html`–`;
  const interval = value.low === null || value.high === null ? null : html`<span class="interval">${value.low.toFixed(3)}–${value.high.toFixed(3)}</span>`;
  return html`${value.value.toFixed(3)}${interval}`;
}
