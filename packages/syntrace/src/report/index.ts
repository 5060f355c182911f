import { isFailedRow } from '../rows.js';
import type { ReportEntry, ReportPicture, ReportSummary } from './entry.js';
import { escapeText } from './html.js';

const STYLE = `:root{color-scheme:light dark;font:16px/1.45 system-ui,sans-serif}body{max-width:72rem;margin:2rem auto;padding:0 1rem}
article{border:1px solid #8886;border-radius:.6rem;padding:1rem;margin:1rem 0}h2{font-size:1rem;overflow-wrap:anywhere;margin:0 0 .5rem}
.pictures{display:flex;flex-wrap:wrap;gap:1rem}figure{margin:0;max-width:16rem}figcaption{font-size:.85rem}img{max-width:100%;height:auto;image-rendering:pixelated}
.thumbnail img{image-rendering:auto}.verdict{font-weight:700}.synthetic{color:#c22}.real{color:#284}.inconclusive{color:#a70}`;

/** One page that opens offline: each picture with its verdict, scores and spectra. Every text is escaped. */
export function renderReport(entries: readonly ReportEntry[], summary: ReportSummary): string {
  const { judged, synthetic, real, inconclusive, failed, omitted, seconds, backend, created } = summary;
  const counts = `${judged} judged in ${seconds.toFixed(1)} s: ${synthetic} synthetic, ${real} real, ${inconclusive} inconclusive, ${failed} not judged`;
  const detectors = summary.detectors
    .map(({ id, version, description }) => `<li><b>${escapeText(id)} ${escapeText(version)}</b>: ${escapeText(description)}</li>`)
    .join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeText(summary.title)}</title><style>${STYLE}</style>
<h1>${escapeText(summary.title)}</h1><p>${escapeText(created)} · backend ${escapeText(backend)} · ${counts}${omitted ? ` · ${omitted} left out of this page` : ''}</p><ul>${detectors}</ul>
${entries.map(article).join('\n')}</html>\n`;
}

function article({ row, thumbnail, explanations }: ReportEntry): string {
  if (isFailedRow(row))
    return `<article><h2>${escapeText(row.path)}</h2><p><b>${escapeText(row.error.code)}</b> ${escapeText(row.error.message)}<br>${escapeText(row.error.hint)}</p></article>`;
  const share = row.realShare === null ? '' : ` · a score this high on ${(100 * row.realShare).toFixed(1)} % of real photographs`;
  const numbers = row.score === null ? '' : ` · score ${row.score.toFixed(2)} (threshold ${row.threshold?.toFixed(2)})`;
  const probability = row.probability === null ? '' : ` · probability ${(100 * row.probability).toFixed(1)} %`;
  const warnings = row.warnings.map(({ code, message }) => `<li>${escapeText(code)}: ${escapeText(message)}</li>`).join('');
  return `<article><h2>${escapeText(row.path)}</h2><p><span class="verdict ${row.verdict}">${row.verdict}</span>${probability}${numbers}${share}</p>
<div class="pictures">${thumbnail ? figure(thumbnail, 'thumbnail') : ''}${explanations.map(picture => figure(picture, '')).join('')}</div>${warnings ? `<ul>${warnings}</ul>` : ''}</article>`;
}

function figure({ title, description, url, width, height, scale }: ReportPicture, kind: string): string {
  const ends = scale ? ` <i>${escapeText(scale.low)} … ${escapeText(scale.high)}</i>` : '';
  return `<figure class="${kind}"><img src="${url}" width="${width}" height="${height}" alt="${escapeText(title)}"><figcaption><b>${escapeText(title)}</b> ${escapeText(description)}${ends}</figcaption></figure>`;
}
