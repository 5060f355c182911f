import { createHash } from 'node:crypto';
import { card } from './card.js';
import { controls } from './controls.js';
import type { ReportEntry, ReportPicture, ReportSummary } from './entry.js';
import { failedCard } from './failed-card.js';
import { html, trusted } from './html.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';
import { explanation } from './pictures.js';
import { scoreRange } from './scales.js';
import { summaryHeader } from './summary.js';

/** Up to so many pictures, all evidence is unfolded at first. */
const UNFOLDED = 30;

/** Only this page's own script may run and nothing may be fetched, whatever a file name or a plugin says. */
const POLICY = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(PAGE_SCRIPT).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** One self-contained HTML page: opens offline, fetches nothing, is readable without its script, printable. Everything in it is escaped.
 *  `findings`: what was found in the pictures as a whole. O(size of the entries) */
export function renderReport(entries: readonly ReportEntry[], summary: ReportSummary, findings: readonly ReportPicture[] = []): string {
  const range = scoreRange(entries);
  const open = entries.length <= UNFOLDED;
  const cards = entries.map(({ row, ...pictures }, i) => ('error' in row ? failedCard(row, i + 1) : card({ row, ...pictures }, i + 1, range, open)));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${summary.title}</title>
<style>${trusted(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#pictures">Skip to the pictures</a>
${summaryHeader(summary)}
<main>
${findings.length > 0 && html`<section class="findings" aria-label="Found in the pictures as a whole"><h2>Found in the pictures as a whole</h2><div class="maps">${findings.map(explanation)}</div></section>`}
<h2 class="unseen">Pictures</h2>
${controls(summary)}
<ol id="pictures" tabindex="-1">${cards}</ol>
</main>
<script>${trusted(PAGE_SCRIPT)}</script>
</body>
</html>
`.markup;
}
