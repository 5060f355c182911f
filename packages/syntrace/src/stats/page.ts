import type { Profile } from '@syntrace/datasets';
import { encodePng } from '@syntrace/image-io';
import { colourScale } from '../report/colour-scale.js';
import { html, trusted } from '../report/html.js';
import { PAGE_STYLE } from '../report/page-style.js';
import { number } from './figure-svg.js';
import { type HeatFigure, TITLES } from './heat-figure.js';
import { colourOf, dashOf, profileChart } from './profile-chart.js';

/** A set on the page. */
export interface StatisticsSet {
  readonly name: string;
  readonly path: string;
  readonly pictures: number;
  readonly failed: number;
}

const STYLE = `section { margin: 28px 0; } .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(360px, 1fr)); gap: 18px; }
.charts svg { width: 100%; height: auto; } .charts text { fill: var(--quiet); font-size: 12px; } .axis, .grid { stroke: var(--line); fill: none; } .key { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; padding: 0; }`;
const CHANNELS = ['red', 'green', 'blue'];

/** One page that opens offline and fetches nothing: sets, profiles, maps with their scales. */
export async function statisticsPage(sets: readonly StatisticsSet[], profiles: readonly Profile[], figures: readonly HeatFigure[]): Promise<string> {
  const kinds = [...new Set(figures.map(({ kind }) => kind))];
  const drawn = new Map(await Promise.all(figures.map(async figure => [figure, await mapOf(figure)] as const)));
  const channels = profiles[0]?.channels ?? 0;
  const charts = Array.from(
    { length: channels },
    (_, c) => html`<figure>${channels > 1 && html`<figcaption>${CHANNELS[c]}</figcaption>`}${trusted(profileChart(profiles, c, `profile-${c}`))}</figure>`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mean spectra</title>
<style>${trusted(PAGE_STYLE + STYLE)}</style>
</head>
<body>
<header class="page-header"><h1>Mean spectra</h1>
<p class="made">Orthonormal 2-D DCT-II of whole pictures; index [0,0], the mean brightness, at the top left of every map. The first set is the reference.</p></header>
<main>
<section><h2>Sets</h2><table><thead><tr><th>set</th><th>folder</th><th>pictures</th><th>failed</th></tr></thead><tbody>${sets.map(
    ({ name, path, pictures, failed }) => html`<tr><td>${name}</td><td>${path}</td><td>${pictures}</td><td>${failed}</td></tr>`,
  )}</tbody></table></section>
<section><h2>Radial profiles</h2><ul class="key">${sets.map(
    ({ name }, i) =>
      html`<li><svg width="34" height="10" aria-hidden="true"><path d="M0 5H34" stroke="${colourOf(i)}" stroke-width="3" stroke-dasharray="${dashOf(i)}"/></svg> ${name}</li>`,
  )}</ul><div class="charts">${charts}</div></section>
${kinds.map(kind => html`<section><h2>${TITLES[kind]}</h2><div class="maps">${figures.flatMap(figure => (figure.kind === kind ? drawn.get(figure)! : []))}</div></section>`)}
</main>
</body>
</html>
`.markup;
}

async function mapOf(figure: HeatFigure) {
  const { title, picture, low, high, map } = figure;
  const url = `data:image/png;base64,${Buffer.from(await encodePng(picture)).toString('base64')}`;
  return html`<figure class="map"><figcaption>${title}</figcaption><img src="${url}" width="${picture.width}" height="${picture.height}" alt="${title}">${colourScale({ low: number(low), high: number(high), map })}</figure>`;
}
