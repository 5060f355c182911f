import { type ColourMap, type Explanation, type Run, withTensors } from '@syntrace/core';
import { textHeight, textWidth, write } from './digits.js';
import { labelOf, type Peak } from './peaks.js';
import { halved, type Plane, rangeOf } from './planes.js';

/** A plane with its colours. */
export interface Panel {
  readonly plane: Plane;
  readonly map: ColourMap;
  /** Largest values of 2×2, for planes whose peaks are the point. */
  readonly reduce: 'mean' | 'largest';
  /** Colours diverge around nought. */
  readonly around?: boolean;
}

/** Samples beside each panel for its axes. */
const [LEFT, BOTTOM, GAP] = [30, 16, 10];
/** Cycles a pixel at the ticks. */
const TICKS = [-0.5, -0.25, 0, 0.25, 0.5] as const;
const TICK = 3;
const SCALE = 1;
/** Share of the values beyond either end of the colours. */
const CLIPPED = 0.002;
const RING = 5;

/** Two rows of two panels with axes in cycles a pixel; peaks are ringed, with their period in pixels beside them. */
export async function drawPanels(panels: readonly [Panel, Panel, Panel, Panel], peaks: readonly Peak[], run: Run): Promise<Explanation['picture']> {
  const side = Math.floor(panels[0].plane.side / 2);
  const [across, down] = [LEFT + side + GAP, GAP + side + BOTTOM];
  const [width, height] = [2 * across, 2 * down];
  const data = new Uint8Array(4 * width * height).fill(255);
  const put = (x: number, y: number, shade = 0) => {
    if (x >= 0 && y >= 0 && x < width && y < height) data.set([shade, shade, shade, 255], 4 * (y * width + x));
  };
  for (const [i, panel] of panels.entries()) {
    const [x0, y0] = [(i % 2) * across + LEFT, Math.floor(i / 2) * down + GAP];
    const rgba = await coloured(panel, run);
    for (let y = 0; y < side; y++) data.set(rgba.subarray(4 * y * side, 4 * (y + 1) * side), 4 * ((y0 + y) * width + x0));
    for (const tick of TICKS) {
      const at = Math.round((tick + 0.5) * (side - 1));
      const text = `${tick}`.replace('0.', '.');
      for (let k = 1; k <= TICK; k++) {
        put(x0 + at, y0 + side + k);
        put(x0 - k, y0 + at);
      }
      write(text, x0 + at - Math.floor(textWidth(text, SCALE) / 2), y0 + side + TICK + 3, SCALE, put);
      write(text, x0 - TICK - 3 - textWidth(text, SCALE), y0 + at - Math.floor(textHeight(SCALE) / 2), SCALE, put);
    }
    for (const peak of peaks)
      for (const sign of [1, -1]) {
        const [x, y] = [x0 + Math.round((sign * peak.fx + 0.5) * side), y0 + Math.round((sign * peak.fy + 0.5) * side)];
        ring(x, y, (a, b) => put(a, b, 255));
        if (sign < 0) continue;
        const label = labelOf(peak);
        // Towards the edge where there is room, so that labels keep off each other in the middle.
        const outward = x - x0 > side / 2 ? x + RING + 2 : x - RING - 2 - textWidth(label, 2);
        const left = Math.max(x0 + 1, Math.min(x0 + side - textWidth(label, 2) - 1, outward));
        for (const [dx, dy] of OUTLINE) write(label, left + dx, y - textHeight(2) / 2 + dy, 2, put);
        write(label, left, Math.floor(y - textHeight(2) / 2), 2, (a, b) => put(a, b, 255));
      }
  }
  return { width, height, data };
}

const OUTLINE = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;

function ring(x: number, y: number, put: (x: number, y: number) => void): void {
  for (let k = 0; k < 32; k++) put(Math.round(x + RING * Math.cos((k * Math.PI) / 16)), Math.round(y + RING * Math.sin((k * Math.PI) / 16)));
}

const coloured = ({ plane, map, reduce, around }: Panel, { kernels }: Run): Promise<Uint8Array> =>
  withTensors(kernels, async keep => {
    const small = halved(plane, reduce);
    const [low, high] = rangeOf(small, CLIPPED);
    const reach = Math.max(Math.abs(low), Math.abs(high));
    const range = around ? { low: -reach, high: reach } : { low, high };
    return kernels.read(keep(await kernels.heatMap(keep(kernels.tensor('f32', small.values, [small.side, small.side])), { map, ...range })));
  });
