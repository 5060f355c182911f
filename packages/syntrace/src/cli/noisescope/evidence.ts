import { writeFile } from 'node:fs/promises';
import type { Kernels, Score } from '@syntrace/core';
import noisescope, { drawFindings, drawPicture, type Found, noiseScopeDetector } from '@syntrace/detector-noisescope';
import type { ReportEntry } from '../../report/entry.js';
import { renderReport } from '../../report/index.js';
import { reportPicture, reportThumbnail, writeExplanations } from '../output/pictures.js';
import type { Pile } from './gather.js';
import { collectionRow } from './rows.js';
import { writePictures } from './write-pictures.js';

/** Pictures of one page. */
const REPORT_LIMIT = 500;

/** Writes the correlation peak of each picture that was found synthetic by a fingerprint as PNG, and the fingerprints once. */
export async function writeEvidence(folder: string, { pictures, residuals }: Pile, found: Found, kernels: Kernels): Promise<void> {
  if (found.decisions) await writePictures(folder, found.decisions.fingerprints, kernels);
  for (const [i, { path, place }] of pictures.entries())
    if (typeof place === 'number' && byFingerprint(found, place)) {
      const [peak] = await drawPicture(found, residuals, place, kernels);
      await writeExplanations(folder, { uri: path, explanations: peak ? [peak] : [] }, i);
    }
}

/** One offline page: what was found, then each picture with its verdict, its peak and what it rests on; the most suspicious first. */
export async function writeReport(
  file: string,
  { pictures, residuals, thumbnails, refused }: Pile,
  scores: readonly Score[],
  found: Found,
  kernels: Kernels,
  seconds: number,
): Promise<void> {
  const order = [...pictures.keys()].sort((a, b) => (scores[b]!.score ?? Number.NEGATIVE_INFINITY) - (scores[a]!.score ?? Number.NEGATIVE_INFINITY) || a - b);
  const { id, description } = noiseScopeDetector();
  const entries: ReportEntry[] = [];
  for (const i of order.slice(0, REPORT_LIMIT)) {
    const { place } = pictures[i]!;
    const small = typeof place === 'number' ? thumbnails[place] : undefined;
    const [peak] = typeof place === 'number' && byFingerprint(found, place) ? await drawPicture(found, residuals, place, kernels) : [];
    entries.push({
      row: collectionRow(pictures[i]!, scores[i]!),
      thumbnail: small ? await reportThumbnail(small) : null,
      explanations: peak ? [await reportPicture(peak)] : [],
      statements: scores[i]!.statements ? [{ id, sentences: scores[i]!.statements }] : [],
    });
  }
  for (const { path, error } of refused) entries.push({ row: { path, error: error.toJSON() }, thumbnail: null, explanations: [] });
  const findings = await Promise.all((await drawFindings(found, kernels, thumbnails)).map(reportPicture));
  const count = (verdict: Score['verdict']) => scores.filter(score => score.verdict === verdict).length;
  const summary = {
    title: 'Generators in a pile of pictures',
    created: new Date().toISOString(),
    backend: kernels.backend,
    detectors: [{ id, version: noisescope.version, description }],
    judged: pictures.length,
    failed: refused.length,
    synthetic: count('synthetic'),
    real: count('real'),
    inconclusive: count('inconclusive'),
    omitted: pictures.length + refused.length - entries.length,
    seconds,
    notes: found.warnings.map(({ message }) => message),
  };
  await writeFile(file, renderReport(entries, summary, findings));
}

const byFingerprint = ({ decisions }: Found, place: number): boolean => decisions !== null && decisions.scores[place]! > decisions.threshold;
