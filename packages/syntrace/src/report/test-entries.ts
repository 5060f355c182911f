import type { DetectRow, FailedRow } from '../rows.js';
import type { ReportEntry, ReportPicture, ReportSummary } from './entry.js';

/** Entries for tests. */
export function entryOf(
  row: Partial<DetectRow> = {},
  pictures: Partial<Pick<ReportEntry, 'thumbnail' | 'explanations'>> = {},
): ReportEntry & { readonly row: DetectRow } {
  const whole: DetectRow = {
    path: 'a.png',
    width: 640,
    height: 480,
    verdict: 'synthetic',
    probability: 0.93,
    score: 2.5,
    threshold: 0.4,
    realShare: 0.012,
    detectors: [{ id: 'frequency', version: '1.2.3', score: 2.5, probability: 0.93, ms: 12.3 }],
    warnings: [],
    ...row,
  };
  return { row: whole, thumbnail: null, explanations: [], ...pictures };
}

export function failedEntry(row: Partial<FailedRow> = {}): ReportEntry {
  const error = { code: 'IMAGE_EMPTY', message: 'b.png is empty (0 bytes)', hint: 'Fetch the file again.' };
  return { row: { path: 'b.png', error, ...row }, thumbnail: null, explanations: [] };
}

/** One grey sample. */
export const PIXEL = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

export const pictureOf = (picture: Partial<ReportPicture> = {}): ReportPicture => ({
  title: 'Spectrum',
  description: 'Mean log DCT spectrum.',
  url: PIXEL,
  width: 256,
  height: 256,
  ...picture,
});

export const summaryOf = (summary: Partial<ReportSummary> = {}): ReportSummary => ({
  title: 'Syntrace report',
  created: '2026-01-31T14:05:00Z',
  backend: 'wasm',
  detectors: [{ id: 'frequency', version: '1.2.3', description: 'Judges by spectra' }],
  judged: 1,
  synthetic: 1,
  real: 0,
  inconclusive: 0,
  failed: 0,
  omitted: 0,
  seconds: 1.5,
  ...summary,
});
