import { type Html, html } from './html.js';

/** Sides of a chart and of what surrounds it, in SVG units. */
const [WIDTH, HEIGHT, LEFT, BOTTOM, EDGE] = [380, 300, 56, 44, 12];

export interface Axis {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

export interface PlotArea {
  /** A data point in SVG units. */
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** Puts the marks into a labelled picture; `description` says in words what they show. */
  readonly draw: (id: string, title: string, description: string, marks: readonly Html[]) => Html;
}

const number = (value: number) => String(Number(value.toPrecision(3)));

export function plotArea(horizontal: Axis, vertical: Axis): PlotArea {
  const x = (value: number) => round(LEFT + ((value - horizontal.low) / (horizontal.high - horizontal.low)) * (WIDTH - LEFT - EDGE));
  const y = (value: number) => round(HEIGHT - BOTTOM - ((value - vertical.low) / (vertical.high - vertical.low)) * (HEIGHT - BOTTOM - EDGE));
  const [left, right, top, bottom] = [LEFT, WIDTH - EDGE, EDGE, HEIGHT - BOTTOM];
  const axes = html`
${vertical.ticks.map(tick => html`<path class="grid" d="M${left} ${y(tick)}H${right}"/><text x="${left - 6}" y="${y(tick) + 4}" text-anchor="end">${number(tick)}</text>`)}
${horizontal.ticks.map(tick => html`<text x="${x(tick)}" y="${bottom + 16}" text-anchor="middle">${number(tick)}</text>`)}
<path class="axis" d="M${left} ${top}V${bottom}H${right}"/>
<text x="${(left + right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${horizontal.label}</text>
<text transform="translate(13 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">${vertical.label}</text>`;
  return {
    x,
    y,
    draw: (id, title, description, marks) =>
      html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-description"><title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>${axes}${marks}</svg>`,
  };
}

/** About five round numbers from `low` to `high`: 1, 2 or 5 times a power of ten apart. */
export function roundTicks(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= rough * (1 - 1e-9))!;
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}

/** Path data through points. */
export const line = (points: readonly (readonly [x: number, y: number])[]): string => points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');

const round = (value: number) => Math.round(value * 100) / 100;
