import type { ColourMap } from '@syntrace/core';
import type { ReportPicture } from './entry.js';
import { type Html, html } from './html.js';

/** Colours of the kernels' maps at equal steps from low to high, for legends only; a test holds them against the kernels. */
export const MAP_STOPS: Readonly<Record<ColourMap, readonly string[]>> = {
  viridis: ['#440154', '#462c7a', '#3a518b', '#2c718e', '#20908c', '#27ad80', '#5cc862', '#aadb31', '#fde725'],
  inferno: ['#000004', '#200c49', '#560f6d', '#892269', '#bb3654', '#e35932', '#f98c09', '#f8c932', '#fcffa4'],
  coolwarm: ['#3b4cc0', '#6282ea', '#8db0fe', '#b8d0f9', '#dddddd', '#f5c4ad', '#f49a7b', '#de614c', '#b40426'],
  grey: ['#000000', '#202020', '#404040', '#606060', '#808080', '#9f9f9f', '#bfbfbf', '#dfdfdf', '#ffffff'],
};

/** The words at both ends of a scale, with its colours between them where they are known. */
export function colourScale({ low, high, map }: NonNullable<ReportPicture['scale']>): Html {
  const bar = map && html`<span class="ramp" style="background:linear-gradient(90deg,${MAP_STOPS[map].join(',')})"></span>`;
  return html`<p class="scale"><span><span class="unseen">Low end of the colour scale: </span>${low}</span>${bar}<span><span class="unseen">high end: </span>${high}</span></p>`;
}
