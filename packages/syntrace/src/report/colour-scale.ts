import type { ColourMap } from '@syntrace/core';
import { type Html, html } from './html.js';
import type { ReportPicture } from './entry.js';

/** Colours of the kernels' maps at equal steps from low to high, for legends only; a test holds them against the kernels. */
export const MAP_STOPS: Readonly<Record<ColourMap, readonly string[]>> = {
  viridis: [],
  inferno: [],
  coolwarm: [],
};

/** The words at both ends of a scale, with its colours between them where they are known. */
export function colourScale({ low, high, map }: NonNullable<ReportPicture['scale']>): Html {
  const bar = map && html`<span class="ramp" style="background:linear-gradient(90deg,${MAP_STOPS[map].join(',')})"></span>`;
  return html`<p class="scale"><span><span class="unseen">Low end of the colour scale: </span>${low}</span>${bar}<span><span class="unseen">high end: </span>${high}</span></p>`;
}
