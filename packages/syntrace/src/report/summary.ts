import type { ReportSummary } from './entry.js';
import { countOf, countText, dateText, durationText } from './format.js';
import { type Html, html } from './html.js';
import { type State, stateIcon, stateWord } from './verdict-badge.js';

/** Title, counts, and how the answers were made. */
export function summaryHeader(summary: ReportSummary): Html {
  const { title, created, backend, detectors, judged, failed, omitted, seconds, notes = [] } = summary;
  return html`<header class="page-header">
<h1>${title}</h1>
<p class="made">${countOf(judged + failed, 'picture')} in ${durationText(seconds)} · backend ${backend} · <time datetime="${created}">${dateText(created)}</time></p>
<ul class="tallies">${STATES.map(state => tally(state, summary[state]))}</ul>
${strip(summary)}
${notes.map(note => html`<p class="omitted">${note}</p>`)}
${omitted > 0 && html`<p class="omitted">${countOf(omitted, 'result')} left out to keep this page small. <code>--ndjson</code> and <code>--csv</code> hold every result.</p>`}
<section class="how" aria-label="Detectors"><h2>Judged by</h2>
<ul>${detectors.map(({ id, version, description }) => html`<li><strong>${id}</strong> <span class="quiet">${version}</span> ${description}</li>`)}</ul></section>
${READING}
</header>`;
}

export const STATES: readonly State[] = ['synthetic', 'inconclusive', 'real', 'failed'];

const tally = (state: State, count: number): Html =>
  html`<li class="${state}">${stateIcon(state)}<strong>${countText(count)}</strong> ${stateWord(state)}</li>`;

/** The same counts as lengths. */
function strip(summary: ReportSummary): Html | null {
  const counts = STATES.map(state => ({ state, count: summary[state] })).filter(({ count }) => count > 0);
  return counts.length > 1
    ? html`<div class="strip" aria-hidden="true">${counts.map(({ state, count }) => html`<span class="${state}" style="flex-grow:${count}"></span>`)}</div>`
    : null;
}

const READING = html`<details class="reading"><summary>How to read this page</summary>
<p><strong>Score</strong>: what the method measures; higher is more synthetic. Above the threshold the verdict is “synthetic”. All score bars of this page share one axis.</p>
<p><strong>Probability</strong>: the score calibrated on validation pictures, where the model brings a calibration. It holds for pictures like those, and for as many synthetic as real ones among them as there.</p>
<p><strong>A score this high on x % of real photographs</strong>: how often the detector is wrong when it calls such a score synthetic, measured on the real photographs of its model card.</p>
<p><strong>Inconclusive</strong> is an answer: the score lies too near the threshold, or the detector abstained. A verdict is evidence, not proof; look at the maps.</p>
</details>`;
