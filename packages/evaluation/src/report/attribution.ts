import type { EvaluationResult } from '../result.js';
import { type Html, html } from './html.js';

/** The confusion of attribution: rows are what pictures are, columns what they were taken for, shades the share of the row. */
export function attributionTable({ attribution }: EvaluationResult): Html | null {
  if (!attribution) return null;
  const { truths, named, counts, accuracy } = attribution;
  const caption = `Which source each picture was taken for: rows are what it is, columns what was said.${accuracy === null ? '' : ` ${(100 * accuracy).toFixed(1)}\u00a0% right among pictures of sources that can be named.`}`;
  const rows = truths.map((truth, i) => {
    const row = counts[i]!;
    const total = row.reduce((sum, n) => sum + n, 0);
    const cells = row.map((n, j) => {
      const shade = total > 0 ? Math.round((100 * n) / total) : 0;
      return html`<td class="${named[j] === truth ? 'cell right' : 'cell'}" style="--share:${shade}%">${n}</td>`;
    });
    return html`<tr><th scope="row">${truth}</th>${cells}</tr>
`;
  });
  return html`<p class="caption">${caption}</p><div class="wide" role="region" aria-label="${caption}" tabindex="0"><table class="confusion">
<thead><tr><th scope="col">Pictures of</th>${named.map(name => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
