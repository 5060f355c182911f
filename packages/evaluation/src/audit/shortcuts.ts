import type { Learners } from '@syntrace/core';
import type { Estimate } from '../bootstrap.js';
import { evaluate } from '../evaluate.js';
import type { PictureFile } from '../files.js';
import { type LabelledFeatures, outOfFold } from './out-of-fold.js';

/** What a glance tells of a picture: nothing of how it was made. */
export interface Appearance {
  /** ln(1 + variance of the Laplacian of the luma). */
  readonly sharpness: number;
  /** Mean luma, 0…255. */
  readonly brightness: number;
  /** Deviation of the luma of a copy of 32×32 samples. */
  readonly contrast: number;
  /** The 63 lowest DCT coefficients of that copy after the mean, row by row, as shares of their norm in thousandths: what near-duplicates share. */
  readonly shape: readonly number[];
}

/** A picture of a set under one condition, with what is known of it before any detector. */
export interface AuditedPicture {
  readonly label: 0 | 1;
  readonly group: string;
  readonly file: PictureFile;
  readonly appearance: Appearance | null;
}

/** How well a classifier does that cannot see how a picture was made: what a set gives away. */
export interface Shortcut {
  readonly id: 'metadata' | 'appearance';
  /** What it sees. */
  readonly label: string;
  /** Of scores on pictures that it was not fitted on; `null` where a class has fewer than two. */
  readonly auc: Estimate | null;
}

const RESAMPLES = 300;

/** Fits a classifier that sees format, size and compression alone, and one that sees sharpness, brightness and contrast alone, and says how well they
 *  separate the classes of this set. A detector that is no better has shown nothing. */
export async function shortcutsOf(pictures: readonly AuditedPicture[], learners: Learners, seed = 0): Promise<readonly Shortcut[]> {
  const subsamplings = [...new Set(pictures.map(({ file }) => file.source.jpeg?.subsampling ?? ''))].sort();
  const formats = [...new Set(pictures.map(({ file }) => file.source.format))].sort();
  const metadata = pictures.map(({ label, group, file }) => ({ label, group, features: metadataOf(file, formats, subsamplings) }));
  const seen = pictures.flatMap(({ label, group, appearance }) => (appearance ? [{ label, group, features: glanceOf(appearance) }] : []));
  return [
    { id: 'metadata', label: 'metadata only', auc: await aucOf(metadata, learners, seed) },
    { id: 'appearance', label: 'sharpness and brightness only', auc: await aucOf(seen, learners, seed) },
  ];
}

function metadataOf({ width, height, source: { format, jpeg, bytes } }: PictureFile, formats: readonly string[], subsamplings: readonly string[]): number[] {
  const density = Math.log((8 * Math.max(bytes, 1)) / (width * height));
  return [
    ...withSquares([Math.log(width * height), Math.log(width / height), density, jpeg?.quality ?? 0]),
    jpeg?.progressive ? 1 : 0,
    ...formats.map(each => Number(each === format)),
    ...subsamplings.map(each => Number(each === (jpeg?.subsampling ?? ''))),
  ];
}

const glanceOf = ({ sharpness, brightness, contrast }: Appearance): number[] => withSquares([sharpness, brightness, contrast]);

/** So that a class in the middle of the other's range is told apart too. */
const withSquares = (values: readonly number[]): number[] => values.flatMap(value => [value, value * value]);

async function aucOf(rows: readonly LabelledFeatures[], learners: Learners, seed: number): Promise<Estimate | null> {
  const scores = rows.length > 0 ? await outOfFold(rows, learners, seed) : null;
  if (!scores) return null;
  const judged = rows.map(({ label, group }, i) => ({ label, group, score: scores[i]!, probability: null, verdict: 'inconclusive' as const }));
  return evaluate(judged, { name: '', seed, resamples: RESAMPLES }).pooled.metrics.auc;
}
