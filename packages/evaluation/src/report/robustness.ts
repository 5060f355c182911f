import type { EvaluationResult } from '../result.js';
import { type Html, html } from './html.js';
import { line, plotArea } from './plot-area.js';

/** What the strength of each kind of perturbation is. */
const STRENGTHS: Readonly<Record<string, string>> = {
  jpeg: 'JPEG quality',
  blur: 'deviation of the Gaussian, samples',
  noise: 'deviation of the noise, levels',
  resize: 'factor of the sides',
  crop: 'share of the sides cut off',
};

/** For each series and kind of perturbation with a measured AUC: AUC (solid, with its interval) and balanced accuracy at the shipped threshold (dashed)
 *  against strength; the grey line is the AUC as stored. */
export function robustnessCharts(results: readonly EvaluationResult[]): readonly Html[] {
  const keys = new Set(results.flatMap(({ condition }) => (condition?.perturbation ? [JSON.stringify([condition.series, condition.perturbation.kind])] : [])));
  return [...keys].flatMap((key, i) => {
    const [series, kind] = JSON.parse(key) as [string, string];
    return robustnessChart(results, series, kind, `robustness-${i + 1}`) ?? [];
  });
}

function robustnessChart(results: readonly EvaluationResult[], series: string, kind: string, id: string): Html | null {
  const own = results.filter(({ condition }) => condition?.series === series);
  const points = own
    .flatMap(({ condition, pooled: { metrics } }) => {
      const { auc } = metrics;
      if (condition?.perturbation?.kind !== kind || !auc) return [];
      return [{ strength: condition.perturbation.strength, auc, accuracy: metrics.balancedAccuracy?.value ?? null }];
    })
    .sort((a, b) => a.strength - b.strength);
  if (points.length === 0) return null;
  const strengths = points.map(({ strength }) => strength);
  const [first, last] = [strengths[0]!, strengths.at(-1)!];
  // A single strength stands in the middle.
  const [low, high] = first < last ? [first, last] : [first - 1, first + 1];
  const { x, y, draw } = plotArea(
    { label: STRENGTHS[kind] ?? kind, low, high, ticks: strengths },
    { label: 'AUC, balanced accuracy', low: 0, high: 1, ticks: [0, 0.25, 0.5, 0.75, 1] },
  );
  const stored = own.find(({ condition }) => condition?.perturbation === null)?.pooled.metrics.auc?.value;
  const judged = points.flatMap(({ strength, accuracy }) => (accuracy === null ? [] : [[x(strength), y(accuracy)] as const]));
  const whiskers = points.map(({ strength, auc: { low: from, high: to } }) =>
    from === null || to === null ? null : html`<path class="axis" d="M${x(strength)} ${y(from)}V${y(to)}"/>`,
  );
  const marks = [
    ...(stored === undefined ? [] : [html`<path class="chance" d="M${x(low)} ${y(stored)}H${x(high)}"/>`]),
    html`${whiskers}`,
    html`<path class="curve" d="${line(points.map(({ strength, auc }) => [x(strength), y(auc.value)] as const))}"/>`,
    html`<path class="bar-synthetic" d="${line(judged)}"/>`,
    html`${points.map(({ strength, auc }) => html`<circle class="point" cx="${x(strength)}" cy="${y(auc.value)}" r="3"/>`)}`,
  ];
  const values = points.map(({ strength, auc }) => `${auc.value.toFixed(3)} at ${strength}`).join(', ');
  const words = `AUC ${values}${stored === undefined ? '' : `; ${stored.toFixed(3)} as stored (grey line)`}. Dashed: balanced accuracy at the shipped threshold.`;
  const title = `${series ? `${series}: ` : ''}${STRENGTHS[kind] ?? kind}`;
  return html`<figure>${draw(id, title, words, marks)}<figcaption>${title}. ${words}</figcaption></figure>`;
}
