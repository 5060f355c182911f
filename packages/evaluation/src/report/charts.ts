import type { EvaluationResult } from '../result.js';
import { type Html, html } from './html.js';
import { line, type PlotArea, plotArea, roundTicks } from './plot-area.js';

const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];
const percent = (share: number) => `${(100 * share).toFixed(1)}\u00a0%`;

/** ROC curve with the chance line and the point of the shipped threshold. */
export function rocChart({ curves, pooled }: EvaluationResult, id: string): Html | null {
  const { roc } = curves;
  if (roc.length === 0) return null;
  const { x, y, draw } = plotArea(
    { label: 'real pictures called synthetic', low: 0, high: 1, ticks: SHARES },
    { label: 'synthetic pictures found', low: 0, high: 1, ticks: SHARES },
  );
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = pooled.confusion;
  const [found, alarms] = [truePositives / (truePositives + falseNegatives), falsePositives / (falsePositives + trueNegatives)];
  const shipped = Number.isFinite(found) && Number.isFinite(alarms);
  const reached = [0.01, 0.05, 0.1].map(rate => `${percent(highest(roc, rate))} at ${percent(rate)}`).join(', ');
  const atShipped = shipped ? ` At the shipped threshold: ${percent(found)} found, ${percent(alarms)} of real pictures called synthetic.` : '';
  const description = `Synthetic pictures found at a given share of real pictures called synthetic: ${reached}.${atShipped}`;
  const marks = [
    html`<path class="chance" d="${line([
      [x(0), y(0)],
      [x(1), y(1)],
    ])}"/>`,
    html`<path class="curve" d="${line(roc.map(point => [x(point.falsePositiveRate), y(point.truePositiveRate)]))}"/>`,
    ...(shipped ? [html`<circle class="point" cx="${x(alarms)}" cy="${y(found)}" r="5"/>`] : []),
  ];
  return figure(draw, id, 'ROC curve', description, marks);
}

export function precisionRecallChart({ curves, pooled }: EvaluationResult, id: string): Html | null {
  const points = curves.precisionRecall;
  if (points.length === 0) return null;
  const { x, y, draw } = plotArea(
    { label: 'synthetic pictures found (recall)', low: 0, high: 1, ticks: SHARES },
    { label: 'right among those called synthetic', low: 0, high: 1, ticks: SHARES },
  );
  const { real, synthetic } = pooled.counts;
  const share = synthetic / (real + synthetic);
  const half = points.find(point => point.recall >= 0.5)!;
  const description = `Precision ${percent(half.precision)} where half of the synthetic pictures are found; guessing would give ${percent(share)}.`;
  const marks = [
    html`<path class="chance" d="${line([
      [x(0), y(share)],
      [x(1), y(share)],
    ])}"/>`,
    html`<path class="curve" d="${line(points.map(point => [x(point.recall), y(point.precision)]))}"/>`,
  ];
  return figure(draw, id, 'Precision and recall', description, marks);
}

/** Scores of both classes: filled for real, a dashed outline for synthetic, each as a share of its class. */
export function histogramChart({ histogram }: EvaluationResult, id: string): Html | null {
  if (!histogram) return null;
  const { low, high } = histogram;
  const shares = [histogram.real, histogram.synthetic].map(counts => {
    const total = counts.reduce((sum, n) => sum + n, 0);
    return counts.map(n => (total > 0 ? n / total : 0));
  }) as [number[], number[]];
  const top = Math.max(...shares[0], ...shares[1]);
  const { x, y, draw } = plotArea(
    { label: 'score', low, high, ticks: roundTicks(low, high) },
    { label: 'share of the class', low: 0, high: top, ticks: roundTicks(0, top) },
  );
  const outline = (values: readonly number[]) => {
    const edge = (i: number) => x(low + (i * (high - low)) / values.length);
    return `M${edge(0)} ${y(0)}${values.map((value, i) => `V${y(value)}H${edge(i + 1)}`).join('')}V${y(0)}`;
  };
  const overlap = shares[0].reduce((sum, value, i) => sum + Math.min(value, shares[1][i]!), 0);
  const description = `Scores of real (filled) and synthetic pictures (dashed outline); ${percent(overlap)} of the two distributions overlap.`;
  const marks = [html`<path class="bar-real" d="${outline(shares[0])}"/>`, html`<path class="bar-synthetic" d="${outline(shares[1])}"/>`];
  return figure(draw, id, 'Scores of each class', description, marks);
}

/** Probabilities against the share that was synthetic indeed. */
export function calibrationChart({ calibration }: EvaluationResult, id: string): Html | null {
  const filled = calibration.filter(bin => bin.count > 0);
  if (filled.length === 0) return null;
  const { x, y, draw } = plotArea({ label: 'probability given', low: 0, high: 1, ticks: SHARES }, { label: 'share synthetic', low: 0, high: 1, ticks: SHARES });
  const points = filled.map(bin => [x(bin.meanProbability!), y(bin.syntheticShare!)] as const);
  const description =
    'Probability given against the share of pictures that were synthetic indeed; on the dashed line both agree. The share depends on how many of each class the set holds.';
  const marks = [
    html`<path class="chance" d="${line([
      [x(0), y(0)],
      [x(1), y(1)],
    ])}"/>`,
    html`<path class="curve" d="${line(points)}"/>`,
    html`${points.map(([cx, cy]) => html`<circle class="point" cx="${cx}" cy="${cy}" r="3"/>`)}`,
  ];
  return figure(draw, id, 'Calibration', description, marks);
}

/** Best share of synthetic pictures found at no more than a share of false alarms. */
const highest = (roc: EvaluationResult['curves']['roc'], rate: number) =>
  roc.reduce((best, point) => (point.falsePositiveRate <= rate ? Math.max(best, point.truePositiveRate) : best), 0);

const figure = (draw: PlotArea['draw'], id: string, title: string, description: string, marks: readonly Html[]) =>
  html`<figure><h3>${title}</h3>${draw(id, title, description, marks)}<figcaption>${description}</figcaption></figure>`;
