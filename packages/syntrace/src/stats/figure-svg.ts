import { encodePng } from '@syntrace/image-io';
import { MAP_STOPS } from '../report/colour-scale.js';
import { html } from '../report/html.js';
import type { HeatFigure } from './heat-figure.js';

/** Width of a map on the page, and of what surrounds it, in points; the PDF has the same. */
export const LAYOUT = { side: 420, edge: 24, title: 26, bar: 14, gap: 10, ticks: 70 } as const;

/** A map's size on the page. */
export function mapSize({ picture: { width, height } }: HeatFigure): { readonly width: number; readonly height: number } {
  const scale = LAYOUT.side / Math.max(width, height);
  return { width: width * scale, height: height * scale };
}

export const number = (value: number): string => String(Number(value.toPrecision(4)));

/** A figure of its own: the map, a colour bar with its ends and middle, a title. */
export async function figureSvg(figure: HeatFigure): Promise<string> {
  const { edge, title, bar, gap, ticks } = LAYOUT;
  const { width, height } = mapSize(figure);
  const [left, top] = [edge, edge + title];
  const [barLeft, right] = [left + width + gap, left + width + gap + bar];
  const stops = MAP_STOPS[figure.map].map((colour, i, all) => html`<stop offset="${i / (all.length - 1)}" stop-color="${colour}"/>`);
  const { low, high } = figure;
  const labels = [low, (low + high) / 2, high].map(
    (value, i) => html`<text x="${right + 4}" y="${top + height - (i * height) / 2 + 4}">${number(value)}</text>`,
  );
  const url = `data:image/png;base64,${Buffer.from(await encodePng(figure.picture)).toString('base64')}`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${right + ticks} ${top + height + edge}" role="img" aria-label="${figure.title}" font-family="sans-serif" font-size="12">
<defs><linearGradient id="bar" x1="0" y1="1" x2="0" y2="0">${stops}</linearGradient></defs>
<text x="${left}" y="${top - 10}" font-size="14">${figure.title}</text>
<image x="${left}" y="${top}" width="${width}" height="${height}" preserveAspectRatio="none" style="image-rendering:pixelated" href="${url}"/>
<rect x="${barLeft}" y="${top}" width="${bar}" height="${height}" fill="url(#bar)"/>${labels}
</svg>
`.markup;
}
