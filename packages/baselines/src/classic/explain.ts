import { type ColourMap, type Explanation, type Image, type Run, withTensors } from '@syntrace/core';
import { type Look, leastSide, shown } from './look.js';
import type { Parameters } from './method.js';
import { residualOf } from './methods/prnu.js';
import { type Standard, standardised } from './standard.js';

/** Longest side of what is drawn. */
const EDGE = 512;

/** What the method was shown of the middle window: its residual, or how its values differ from the training pictures. Colour statistics have no places to draw. */
export async function explain(
  image: Image,
  { look, standard, parameters }: { readonly look: Look; readonly standard: Standard | null; readonly parameters: Parameters },
  run: Run,
): Promise<readonly Explanation[]> {
  const { size, input, colour } = look;
  if (input === 'csd' || Math.min(image.width, image.height) < leastSide(look)) return [];
  const values = await shown(image, look, run);
  const enlarge = Math.max(1, Math.floor(EDGE / size));
  if (input === 'samples') {
    const plane = await residualPlane(values, size, parameters, run);
    const reach = plane.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6) / 2;
    const picture = await drawn(plane, size, 'coolwarm', [-reach, reach], run);
    const description = 'Noise residual of the middle window, which is compared with the fingerprint of each class.';
    return [{ id: 'baseline.residual', title: 'Residual', description, picture, enlarge, scale: { low: 'darker', high: 'brighter', map: 'coolwarm' } }];
  }
  const plane = (await standardised(values, standard, run.kernels)).subarray(0, size * size);
  const of = colour === 'grey' ? 'grey' : 'red';
  if (input === 'pixels') {
    const picture = await drawn(plane, size, 'grey', [-1, 1], run);
    const description = `The middle window as the method is shown it: ${of} samples.`;
    return [{ id: 'baseline.window', title: 'Window', description, picture, enlarge }];
  }
  const picture = await drawn(plane, size, 'coolwarm', [-3, 3], run);
  const description = `How far each DCT coefficient of the middle window (${of}) is from the mean of the training pictures, in deviations; low frequencies at the top left.`;
  return [
    { id: 'baseline.spectrum', title: 'Against the training pictures', description, picture, enlarge, scale: { low: 'less', high: 'more', map: 'coolwarm' } },
  ];
}

async function residualPlane(values: Float32Array, size: number, parameters: Parameters, { kernels }: Run): Promise<Float32Array> {
  return withTensors(kernels, async keep => {
    const picture = keep(kernels.tensor('u8', Uint8Array.from(values), [1, size, size, 3]));
    return kernels.read(keep(await residualOf(picture, parameters, kernels)));
  });
}

async function drawn(
  plane: Float32Array,
  size: number,
  map: ColourMap,
  [low, high]: readonly [number, number],
  { kernels }: Run,
): Promise<Explanation['picture']> {
  return withTensors(kernels, async keep => {
    const tensor = keep(kernels.tensor('f32', plane, [size, size]));
    return { width: size, height: size, data: await kernels.read(keep(await kernels.heatMap(tensor, { map, low, high }))) };
  });
}
