import { chartMarkup, line, plotArea, roundTicks } from '@syntrace/evaluation';
import { html, trusted } from '../../report/html.js';
import { PAGE_STYLE } from '../../report/page-style.js';
import { colourOf, dashOf } from '../../stats/profile-chart.js';
import type { EpochRow } from './epoch-row.js';

const STYLE = `.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(360px, 1fr)); gap: 18px; } .charts svg { width: 100%; height: auto; }
.charts text { fill: var(--quiet); font-size: 12px; } .axis, .grid { stroke: var(--line); fill: none; } .key { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; padding: 0; }`;

/** Charts, and which columns of an epoch they show. */
const CHARTS = [
  { title: 'Loss', shows: (column: string) => column === 'loss' || column.endsWith(' loss') },
  { title: 'AUC', shows: (column: string) => column.endsWith(' AUC') },
  { title: 'Average precision', shows: (column: string) => column.endsWith(' AP') },
  { title: 'Share of right answers at 0.5', shows: (column: string) => column.endsWith('accuracy') },
  { title: 'Norm of the gradient', shows: (column: string) => column === 'gradient' },
  { title: 'Learning rate', shows: (column: string) => column === 'rate' },
] as const;

/** A page that opens offline; it loads itself anew while the training runs. */
export function curvePage(title: string, rows: readonly EpochRow[]): string {
  const columns = [...(rows[0]?.keys() ?? [])];
  const charts = CHARTS.map((chart, i) => ({ ...chart, id: `curve-${i}`, shown: columns.filter(chart.shows) })).filter(({ shown }) => shown.length > 0);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="30">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trusted(PAGE_STYLE + STYLE)}</style>
</head>
<body>
<header class="page-header"><h1>${title}</h1><p class="made">${rows.length} epochs, ${rows.at(-1)?.get('steps') ?? 0} steps. The figures are in curve.csv.</p></header>
<main><div class="charts">${charts.map(
    ({ title: heading, id, shown }) =>
      html`<figure><figcaption>${heading}</figcaption>${trusted(chart(id, heading, shown, rows))}<ul class="key">${shown.map(
        (column, i) =>
          html`<li><svg width="34" height="10" aria-hidden="true"><path d="M0 5H34" stroke="${colourOf(i)}" stroke-width="3" stroke-dasharray="${dashOf(i)}"/></svg> ${column}</li>`,
      )}</ul></figure>`,
  )}</div></main>
</body>
</html>
`.markup;
}

function chart(id: string, title: string, columns: readonly string[], rows: readonly EpochRow[]): string {
  const values = rows.flatMap(row => columns.map(column => row.get(column)!)).filter(Number.isFinite);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = (most - least || Math.abs(most) || 1) / 20;
  const last = Math.max(2, rows.length);
  const { x, y, draw } = plotArea(
    { label: 'epoch', low: 1, high: last, ticks: roundTicks(1, last) },
    { label: title.toLowerCase(), low: least - room, high: most + room, ticks: roundTicks(least - room, most + room) },
  );
  const marks = columns.map((column, i) => {
    const points = rows.flatMap((row, epoch) => (Number.isFinite(row.get(column)) ? [[x(epoch + 1), y(row.get(column)!)] as const] : []));
    return chartMarkup`<path d="${line(points)}" fill="none" stroke="${colourOf(i)}" stroke-width="2" stroke-dasharray="${dashOf(i)}"/>`;
  });
  const words = columns.map(column => `${column} ends at ${rows.at(-1)!.get(column)!.toPrecision(3)}`).join(', ');
  return draw(id, title, `By epoch: ${words}.`, marks).text;
}
