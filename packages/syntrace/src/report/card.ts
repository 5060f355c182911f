import type { DetectRow } from '../rows.js';
import type { ReportEntry } from './entry.js';
import { countOf, millisecondsText, numberText, percentText } from './format.js';
import { type Html, html } from './html.js';
import { explanation, thumbnail } from './pictures.js';
import { probabilityBar, type ScoreRange, scoreBar } from './scales.js';
import { badge } from './verdict-badge.js';

/** A judged picture. `open`: its evidence is unfolded at first. */
export function card(
  { row, thumbnail: preview, explanations, statements = [] }: ReportEntry & { readonly row: DetectRow },
  number: number,
  range: ScoreRange | null,
  open: boolean,
): Html {
  const { path, width, height, verdict, score } = row;
  return html`<li class="card ${verdict}" data-verdict="${verdict}" data-score="${score}">
<article aria-labelledby="picture-${number}">
${thumbnail(preview, path)}
<div class="facts">
<header><h3 id="picture-${number}"><bdi>${path}</bdi></h3>${badge(verdict)}</header>
<dl class="measures">${probabilityBar(row)}${scoreBar(row, range)}</dl>
<p class="share">${shareSentence(row)} <span class="quiet">${width} × ${height} samples.</span></p>
${warnings(row)}
</div>
${evidence(row, explanations.map(explanation), statements, open)}
</article>
</li>`;
}

/** How often a real photograph gets such a score: the answer's own error rate. */
export function shareSentence({ score, realShare }: Pick<DetectRow, 'score' | 'realShare'>): string {
  if (score === null) return 'The detectors abstained on this picture.';
  if (realShare === null) return 'How often real photographs score this high is not known.';
  if (realShare === 0) return 'A score this high on none of the real photographs that were measured.';
  return `A score this high on ${percentText(realShare)} of real photographs.`;
}

function warnings({ warnings: list }: DetectRow): Html | null {
  if (list.length === 0) return null;
  return html`<ul class="warnings" aria-label="Notes">${list.map(({ code, message }) => html`<li>${message} <code>${code}</code></li>`)}</ul>`;
}

function evidence({ detectors }: DetectRow, pictures: readonly (Html | null)[], statements: NonNullable<ReportEntry['statements']>, open: boolean): Html {
  const maps = pictures.filter(picture => picture !== null);
  const isEnsemble = detectors.some(({ added }) => added !== undefined);
  const parts = [maps.length > 0 && countOf(maps.length, 'map'), countOf(detectors.length, 'detector')].filter(Boolean).join(', ');
  return html`<details class="evidence"${open && ' open'}>
<summary>Evidence <span class="quiet">${parts}</span></summary>
${maps.length > 0 && html`<div class="maps">${maps}</div>`}
${statements.map(({ id, sentences }) => html`<ul class="statements" aria-label="What ${id} found">${sentences.map(sentence => html`<li>${sentence}</li>`)}</ul>`)}
<div class="scroll" role="region" aria-label="Scores of each detector" tabindex="0"><table>
<thead><tr><th scope="col">Detector</th><th scope="col">Version</th><th scope="col">Score</th><th scope="col">Probability</th>${isEnsemble && html`<th scope="col">Added</th>`}<th scope="col">Time</th></tr></thead>
<tbody>${detectors.map(detector => detectorRow(detector, isEnsemble))}</tbody>
</table></div>
</details>`;
}

function detectorRow({ id, version, score, probability, ms, added, reason }: DetectRow['detectors'][number], withAdded: boolean): Html {
  const scoreText = score === null ? html`abstained${reason && html`<p class="reason">${reason}</p>`}` : numberText(score);
  return html`<tr><th scope="row">${id}</th><td>${version}</td><td>${scoreText}</td><td>${probability === null ? '–' : percentText(probability)}</td>${withAdded && html`<td>${added === undefined ? '–' : numberText(added)}</td>`}<td>${millisecondsText(ms)}</td></tr>`;
}
