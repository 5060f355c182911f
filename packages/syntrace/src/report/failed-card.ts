import type { FailedRow } from '../rows.js';
import { type Html, html } from './html.js';
import { badge } from './verdict-badge.js';

/** A file that could not be judged: what was wrong with it and what to do. */
export function failedCard({ path, error }: FailedRow, number: number): Html {
  return html`<li class="card failed" data-verdict="failed" data-score="">
<article aria-labelledby="picture-${number}">
<div class="facts">
<header><h3 id="picture-${number}"><bdi>${path}</bdi></h3>${badge('failed')}</header>
<p class="message">${error.message} <code>${error.code}</code></p>
<p class="hint">${error.hint}</p>
</div>
</article>
</li>`;
}
