import type { Inspection } from '../inspect/inspection.js';
import { sectionsOf } from '../inspect/inspection-lines.js';
import type { FailedRow } from '../rows.js';
import type { ReportPicture } from './entry.js';
import { failedCard } from './failed-card.js';
import { type Html, html, trusted } from './html.js';
import { PAGE_STYLE } from './page-style.js';
import { explanation, thumbnail } from './pictures.js';

/** An inspection with its pictures as data URLs. */
export interface InspectionEntry {
  readonly inspection: Inspection;
  /** `null` where the picture was not decoded. */
  readonly thumbnail: ReportPicture | null;
  readonly explanations: readonly ReportPicture[];
}

/** Nothing runs and nothing is fetched, whatever a file's metadata says. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/** Colour and words of each declaration. */
const BADGES = {
  synthetic: ['synthetic', 'declared synthetic'],
  composite: ['synthetic', 'declared composite'],
  capture: ['inconclusive', 'declared capture'],
  none: ['inconclusive', 'nothing declared'],
} as const;

/** One self-contained page with everything known about each file; no script. Everything in it is escaped. */
export function renderInspections(entries: readonly (InspectionEntry | FailedRow)[]): string {
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
<main><ol id="pictures">${entries.map((entry, i) => ('error' in entry ? failedCard(entry, i + 1) : card(entry, i + 1)))}</ol></main>
</body>
</html>
`.markup;
}

function card({ inspection, thumbnail: preview, explanations }: InspectionEntry, number: number): Html {
  const { path, provenance } = inspection;
  const [colour, words] = BADGES[provenance.declared];
  const maps = explanations.map(explanation).filter(picture => picture !== null);
  return html`<li class="card ${colour}">
<article aria-labelledby="picture-${number}">
${thumbnail(preview, path)}
<div class="facts inspection">
<header><h3 id="picture-${number}"><bdi>${path}</bdi></h3><span class="badge ${colour}">${words}</span></header>
${sectionsOf(inspection).map(({ title, lines }) => html`<section><h4>${title}</h4><ul>${lines.map(line => html`<li>${line}</li>`)}</ul></section>`)}
</div>
${maps.length > 0 && html`<details class="evidence" open><summary>Evidence in the pixels</summary><div class="maps">${maps}</div></details>`}
</article>
</li>`;
}
