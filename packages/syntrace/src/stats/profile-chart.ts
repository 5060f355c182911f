import type { Profile } from '@syntrace/datasets';
import { chartMarkup as html, line, plotArea, roundTicks } from '@syntrace/evaluation';
import { rangeOf } from './heat-figure.js';

const COLOURS = ['#0a5ea8', '#b3370d', '#2e7d32', '#7b1fa2', '#a8710a', '#00838f', '#ad1457', '#455a64'];
const DASHES = ['', '6 3', '2 3', '8 3 2 3'];
export const colourOf = (set: number): string => COLOURS[set % COLOURS.length]!;
export const dashOf = (set: number): string => DASHES[set % DASHES.length]!;

/** Radial profiles of one channel: mean log-spectrum against frequency, with bands of one deviation over pictures. */
export function profileChart(profiles: readonly Profile[], channel: number, id: string): string {
  const rings = profiles[0]!.mean.length / profiles[0]!.channels;
  const of = (values: Float64Array) => [...values.subarray(channel * rings, (channel + 1) * rings)];
  const bands = profiles.map(({ mean, deviation }) => {
    const [middle, spread] = [of(mean), of(deviation)];
    return { middle, low: middle.map((value, i) => value - spread[i]!), high: middle.map((value, i) => value + spread[i]!) };
  });
  const { low, high } = rangeOf(bands.flatMap(band => [Float64Array.from(band.low), Float64Array.from(band.high)]));
  const { x, y, draw } = plotArea(
    { label: 'share of the highest frequency', low: 0, high: 1, ticks: roundTicks(0, 1) },
    { label: 'ln |coefficient|', low, high, ticks: roundTicks(low, high) },
  );
  const points = (values: readonly number[]) => values.map((value, i) => [x(i / (rings - 1)), y(value)] as const);
  const marks = bands.flatMap((band, i) => [
    html`<path d="${line([...points(band.high), ...points(band.low).reverse()])}Z" fill="${colourOf(i)}" fill-opacity="0.12"/>`,
    html`<path d="${line(points(band.middle))}" fill="none" stroke="${colourOf(i)}" stroke-width="2" stroke-dasharray="${dashOf(i)}"/>`,
  ]);
  const words = profiles.map(({ set }, i) => `${set} ends at ${bands[i]!.middle.at(-1)!.toFixed(2)}`).join(', ');
  return draw(id, 'Radial profile', `Mean of ln |coefficient| over rings of equal frequency, with bands of one deviation over pictures: ${words}.`, marks).text;
}
