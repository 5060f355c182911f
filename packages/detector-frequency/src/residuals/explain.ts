import { type Explanation, type Image, type Run, type Window, withTensors } from '@syntrace/core';
import { scoresOf, type WindowTensors } from '../judge.js';
import type { LinearWindows } from '../model.js';
import { averageRows } from '../rows.js';
import { windowsOf } from '../windows.js';
import { GROUPS, PLANES, RESIDUALS } from './features.js';

/** Side of the windows of the map, and most of them along a side. */
const MAP_WINDOW = 128;
const MOST = 12;
/** Samples between windows of the map, at least. */
const STRIDE = 32;

/** Which residuals pushed the score, and where in the picture. */
export async function explainResiduals(image: Image, model: LinearWindows, tensors: WindowTensors, run: Run): Promise<readonly Explanation[]> {
  const push = await pushOf(image, model, run);
  const reach = Math.max(...push.map(Math.abs), 1e-6);
  const { windows, columns, rows } = mapWindows(image);
  const scores = (await scoresOf(image, windows, RESIDUALS, tensors, run)).map(score => score - model.card.threshold);
  const far = Math.max(...scores.map(Math.abs), 1e-6);
  return [
    {
      id: 'residuals.push',
      title: 'Which residuals pushed the score',
      description: `Contribution of each kind of feature: red pushes towards synthetic, blue towards real. Rows: ${PLANES.join(', ')}. Columns: ${COLUMNS.join('; ')}. All cells and the bias add up to the score. Most towards synthetic: ${strongest(push)}.`,
      picture: await drawn(laidOut(push), PLANES.length, COLUMNS.length, reach, run),
      enlarge: 24,
      scale: { low: 'towards real', high: 'towards synthetic', map: 'coolwarm' },
    },
    {
      id: 'residuals.where',
      title: 'Where in the picture',
      description: `Scores of windows of ${windows[0]!.width}×${windows[0]!.height} samples against the threshold: red looks synthetic, blue real. A single window is less sure than the picture.`,
      picture: await drawn(scores, rows, columns, far, run),
      enlarge: STRIDE,
      scale: { low: 'as real', high: 'as synthetic', map: 'coolwarm' },
    },
  ];
}

const drawn = (values: Float32Array, rows: number, columns: number, reach: number, { kernels }: Run): Promise<Explanation['picture']> =>
  withTensors(kernels, async keep => {
    const rgba = await kernels.heatMap(keep(kernels.tensor('f32', values, [rows, columns])), { map: 'coolwarm', low: -reach, high: reach });
    return { width: columns, height: rows, data: await kernels.read(keep(rgba)) };
  });

/** Contributions weight·(feature − mean)/deviation, averaged over windows and summed over the features of each group. With the bias they add up to the score. */
export async function pushOf(image: Image, model: LinearWindows, run: Run): Promise<Float32Array> {
  const features = await RESIDUALS.of(image, windowsOf(image.width, image.height), run);
  const average = await averageRows(await run.kernels.read(features), RESIDUALS.count, run);
  run.kernels.free(features);
  return Float32Array.from(GROUPS, ({ start, end }) => {
    let sum = 0;
    for (let i = start; i < end; i++) sum += (model.weights[i]! * (average[i]! - model.mean[i]!)) / model.deviation[i]!;
    return sum;
  });
}

const COLUMNS = [...new Set(GROUPS.map(({ name }) => name))];

/** Groups as a plane: a row for each of Y, Cb, Cr, a column for each name. */
function laidOut(push: Float32Array): Float32Array {
  const plane = new Float32Array(PLANES.length * COLUMNS.length);
  for (const [i, group] of GROUPS.entries()) plane[group.plane * COLUMNS.length + COLUMNS.indexOf(group.name)] = push[i]!;
  return plane;
}

/** The group that pushed most towards synthetic. */
function strongest(push: Float32Array): string {
  const group = GROUPS[push.indexOf(push.reduce((most, value) => Math.max(most, value)))]!;
  return `${PLANES[group.plane]}, ${group.name}`;
}

/** Windows in rows that spread over the picture evenly; of a side below 128 samples the whole. */
function mapWindows({ width, height }: Image): { windows: readonly Window[]; columns: number; rows: number } {
  const [xs, ys] = [placesAlong(width), placesAlong(height)];
  return {
    windows: ys.starts.flatMap(y => xs.starts.map(x => ({ x, y, width: xs.size, height: ys.size }))),
    columns: xs.starts.length,
    rows: ys.starts.length,
  };
}

function placesAlong(side: number): { starts: readonly number[]; size: number } {
  const size = Math.min(MAP_WINDOW, side);
  const count = Math.min(MOST, 1 + Math.floor((side - size) / STRIDE));
  const starts = Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round(((side - size) * i) / (count - 1))));
  return { starts, size };
}
