import { dirname, sep } from 'node:path';
import type { Score } from '@syntrace/core';
import { placeOf } from '@syntrace/datasets';
import type { Found } from '@syntrace/detector-noisescope';
import type { Gathered } from './gather.js';

/** Metrics against folder names; synthetic is positive. */
export interface LabelledMetrics {
  readonly values: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
}

/** Precision, recall, F1 and the purity of flagged clusters, where every picture lies in a folder that names its class; else `null`. */
export function labelledMetrics(pictures: readonly Gathered[], scores: readonly Score[], found: Found): LabelledMetrics | null {
  const labels = pictures.map(({ path }) => placeOf(dirname(path).split(sep), '')?.label);
  if (labels.some(label => label === undefined)) return null;
  const count = (label: 0 | 1, synthetic: boolean) => labels.filter((own, i) => own === label && (scores[i]!.verdict === 'synthetic') === synthetic).length;
  const [tp, fp, fn, tn] = [count(1, true), count(0, true), count(1, false), count(0, false)];
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  const byPlace = new Map(pictures.map(({ place }, i) => [place, labels[i]!]));
  const purity = found.classified
    .filter(({ synthetic }) => synthetic)
    .map(({ cluster }) => ({ size: cluster.length, synthetic: cluster.filter(picture => byPlace.get(picture) === 1).length / cluster.length }));
  const values = {
    tp,
    fp,
    fn,
    tn,
    precision: share(tp, tp + fp),
    recall: share(tp, tp + fn),
    f1: share(2 * tp, 2 * tp + fp + fn),
    falsePositiveRate: share(fp, fp + tn),
    purity,
  };
  const show = (value: number | null) => (value === null ? '–' : value.toFixed(3));
  return {
    values,
    lines: [
      `precision ${show(values.precision)} · recall ${show(values.recall)} · F1 ${show(values.f1)} (${tp} found, ${fn} missed, ${fp} of ${fp + tn} real ones wrong)`,
      ...purity.map(({ size, synthetic }, i) => `fingerprint ${i + 1}: ${size} pictures, ${(100 * synthetic).toFixed(1)} % of them generated`),
    ],
  };
}
