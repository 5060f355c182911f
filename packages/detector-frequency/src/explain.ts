import { type Explanation, type Image, type Run, type Window, windowsOption } from '@syntrace/core';
import { drawPlane } from './draw-plane.js';
import { FEATURE_COUNT, FEATURES, featuresOf } from './features.js';
import { type Model, SPECTRUM_TILE } from './model.js';
import { averageRows } from './rows.js';
import { drawWhere, largestOf } from './where.js';
import { windowsOf } from './windows.js';

/** The picture's spectrum, how it differs from that of real photographs, which frequencies pushed the score, and where they lie. */
export async function explain(image: Image, model: Model, run: Run): Promise<readonly Explanation[]> {
  const spectrum = await luminanceSpectrum(image, run);
  const difference = spectrum.map((value, i) => value - model.realSpectrum[i]!);
  const push = await pushMap(image, model, run);
  const windows = windowsOf(image.width, image.height);
  const middle = windows[Math.floor(windows.length / 2)]!;
  const reach = Math.max(...push.map(Math.abs), 1e-6);
  return [
    {
      id: 'frequency.spectrum',
      title: 'Spectrum',
      description: 'Mean log DCT spectrum of the luma; low frequencies at the top left. Up-sampling shows as bright dots or lines at regular distances.',
      picture: await drawPlane(spectrum, SPECTRUM_TILE, 'inferno', Math.log(FEATURES.eps), 6, run),
      enlarge: 4,
      scale: { low: 'weak', high: 'strong', map: 'inferno' },
    },
    {
      id: 'frequency.difference',
      title: 'Against real photographs',
      description: 'The same spectrum minus the mean spectrum of real photographs: red where this picture has more, blue where it has less.',
      picture: await drawPlane(difference, SPECTRUM_TILE, 'coolwarm', -3, 3, run),
      enlarge: 4,
      scale: { low: 'less than real', high: 'more than real', map: 'coolwarm' },
    },
    {
      id: 'frequency.push',
      title: 'What pushed the score',
      description: 'Contribution of each frequency to the score: red pushes towards synthetic, blue towards real. All cells and the bias add up to the score.',
      picture: await drawPlane(push, PUSH_SIDE, 'coolwarm', -reach, reach, run),
      enlarge: 16,
      scale: { low: 'towards real', high: 'towards synthetic', map: 'coolwarm' },
    },
    await drawWhere(image, middle, spread(largestOf(push, SHOWN), middle), run),
  ];
}

const PUSH_SIDE = 16;
/** Share of the frequencies whose place in the picture is shown. */
const SHOWN = 0.1;

/** Cells of the push map on the coefficients of a whole window. */
const spread = (cells: Uint8Array, { width, height }: Window): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, i) => {
    const [fy, fx] = [Math.floor(i / width) / height, (i % width) / width];
    return cells[Math.floor(fy * PUSH_SIDE) * PUSH_SIDE + Math.floor(fx * PUSH_SIDE)]!;
  });

/** Mean over windows of ln(|DCT-II| + eps) on 64×64 luma tiles, flat. */
export async function luminanceSpectrum(image: Image, run: Run): Promise<Float32Array> {
  const windows = windowsOf(image.width, image.height);
  const options = { space: 'bt601', windows: windowsOption(windows), tile: SPECTRUM_TILE, stride: SPECTRUM_TILE / 2, eps: FEATURES.eps };
  const [statistics] = await run.intermediate('dct2.tile-log', [image], options);
  const average = await averageRows(await run.kernels.read(statistics!), 2 * SPECTRUM_TILE ** 2, run);
  return average.subarray(0, SPECTRUM_TILE ** 2);
}

/** Contributions weight·(feature − mean)/deviation, averaged over windows and summed over channels and statistics on the 16×16 plane;
 *  an 8×8 coefficient is spread over the four cells of its band. */
export async function pushMap(image: Image, model: Model, run: Run): Promise<Float32Array> {
  const features = await featuresOf(image, windowsOf(image.width, image.height), run);
  const average = await averageRows(await run.kernels.read(features), FEATURE_COUNT, run);
  run.kernels.free(features);
  const push = new Float32Array(PUSH_SIDE ** 2);
  let at = 0;
  for (const { tile } of FEATURES.tiles) {
    const cells = PUSH_SIDE / tile;
    const start = at;
    for (const end = start + 2 * FEATURES.channels.length * tile * tile; at < end; at++) {
      const value = (model.weights[at]! * (average[at]! - model.mean[at]!)) / model.deviation[at]!;
      const [fy, fx] = [Math.floor((at - start) / tile) % tile, (at - start) % tile];
      for (let cell = 0; cell < cells * cells; cell++)
        push[(fy * cells + Math.floor(cell / cells)) * PUSH_SIDE + fx * cells + (cell % cells)]! += value / (cells * cells);
    }
  }
  return push;
}
