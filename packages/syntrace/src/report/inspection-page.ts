import type { Inspection } from '../inspect/inspection.js';
import { sectionsOf } from '../inspect/inspection-lines.js';
import type { FailedRow } from '../rows.js';
import { failedCard } from './failed-card.js';
import { type Html, html, trusted } from './html.js';
import { PAGE_STYLE } from './page-style.js';

/** Nothing runs and nothing is fetched, whatever a file's metadata says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
const COLOURS = { synthetic: 'synthetic', composite: 'synthetic', capture: 'inconclusive', none: 'inconclusive' } as const;

/** One self-contained page with everything known about each file; no pictures, no script. Everything in it is escaped. */
export function renderInspections(rows: readonly (Inspection | FailedRow)[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Syntrace inspection</title>
<style>${trusted(PAGE_STYLE)}</style>
</head>
<body>
<header class="page-header"><h1>Syntrace inspection</h1>
<p class="made">What the files say about themselves. A declaration can be removed or copied; only a valid credential is protected by a signature.</p></header>
<main><ol id="pictures">${rows.map((row, i) => ('error' in row ? failedCard(row, i + 1) : card(row, i + 1)))}</ol></main>
</body>
</html>
`.markup;
}

function card(inspection: Inspection, number: number): Html {
  const { path, provenance } = inspection;
  return html`<li class="card ${COLOURS[provenance.declared]}">
<article aria-labelledby="picture-${number}">
<div class="facts inspection">
<header><h3 id="picture-${number}"><bdi>${path}</bdi></h3><span class="badge ${COLOURS[provenance.declared]}">${provenance.declared}</span></header>
${sectionsOf(inspection).map(({ title, lines }) => html`<section><h4>${title}</h4><ul>${lines.map(line => html`<li>${line}</li>`)}</ul></section>`)}
</div>
</article>
</li>`;
}
