import type { NearDuplicate } from '../audit/near-duplicates.js';
import type { EvaluationResult } from '../result.js';
import { type Html, html } from './html.js';

/** What was looked for beside the files' formats. */
export interface SetAudit {
  readonly nearDuplicates: readonly NearDuplicate[];
  /** Folders that were compared beside the set itself. */
  readonly compared: readonly string[];
}

const SHOWN = 20;

/** What the set gives away to classifiers that cannot see how a picture was made, and pictures that are in two splits. Nothing where neither was looked for. */
export function auditSection(results: readonly EvaluationResult[], audit: SetAudit | undefined): Html | null {
  const shortcuts = shortcutTable(results);
  if (!shortcuts && !audit) return null;
  return html`<section aria-labelledby="audit"><h2 id="audit">What the set gives away</h2>${shortcuts}${audit ? duplicates(audit) : null}</section>
`;
}

function shortcutTable(results: readonly EvaluationResult[]): Html | null {
  const series = [...new Set(results.map(({ condition }) => condition?.series ?? ''))];
  const first = results.filter(({ condition, shortcuts }) => shortcuts && (condition?.series ?? '') === series[0]);
  if (first.length === 0) return null;
  const labels = [...new Set(first.flatMap(({ shortcuts = [] }) => shortcuts.map(({ label }) => label)))];
  const caption =
    'AUC of classifiers that cannot see how a picture was made, fitted on this very set (five folds, each scored by a classifier of the other four). A detector that is no better has shown nothing.';
  return html`<p class="caption">${caption}</p><div class="wide" role="region" aria-label="${caption}" tabindex="0"><table>
<thead><tr><th scope="col">Pictures</th>${labels.map(label => html`<th scope="col">${label}</th>`)}<th scope="col">detector</th></tr></thead>
<tbody>${first.map(
    ({ name, shortcuts = [], pooled }) =>
      html`<tr><th scope="row">${name}</th>${labels.map(label => auc(shortcuts.find(each => each.label === label)?.auc))}${auc(pooled.metrics.auc)}</tr>
`,
  )}</tbody></table></div>`;
}

const auc = (value: EvaluationResult['pooled']['metrics']['auc'] | undefined): Html =>
  value
    ? html`<td>${value.value.toFixed(3)}${value.low === null || value.high === null ? null : html`<span class="interval">${value.low.toFixed(3)}–${value.high.toFixed(3)}</span>`}</td>`
    : html`<td>–</td>`;

function duplicates({ nearDuplicates, compared }: SetAudit): Html {
  const where = compared.length > 0 ? `its pictures against ${compared.join(', ')}` : 'its own splits against each other';
  if (nearDuplicates.length === 0) return html`<p>No picture looks the same as one of another split (${where}).</p>`;
  const more = nearDuplicates.length > SHOWN ? html`<li>and ${nearDuplicates.length - SHOWN} more</li>` : null;
  return html`<p><b>Pairs of pictures that look the same in different splits: ${nearDuplicates.length}</b> (${where}): figures may be too good.</p><ul class="paths">${nearDuplicates
    .slice(0, SHOWN)
    .map(
      ({ paths, splits, contradicts }) =>
        html`<li>${splits[0] ?? '–'}: ${paths[0]} · ${splits[1] ?? '–'}: ${paths[1]}${contradicts ? ' (one real, one synthetic)' : null}</li>`,
    )}${more}</ul>`;
}
