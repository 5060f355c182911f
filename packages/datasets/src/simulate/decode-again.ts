import { type Image, type KeepTensor, type Kernels, SyntraceError, type Tensor, type Window, withTensors } from '@syntrace/core';
import type { Picture } from '@syntrace/image-io';
import { imageTensor, pictureOf } from '../run/tensors.js';
import { type Decoding, type PhaseKernels, SMOOTHEST } from './operators.js';

/** Least side of what comes out. */
const LEAST = 128;

/** The part of a photograph that its decoded self shows: whole codes, less the border that each doubling loses. @throws IMAGE_TOO_SMALL */
export function decodedWindow({ width, height, source }: Image, doublings: number): Window {
  const step = 2 ** doublings;
  // A border of one sample before each doubling: 2^d + … + 2 samples in the end.
  const border = 2 * step - 2;
  const side = (length: number) => step * Math.floor(length / step) - 2 * border;
  if (Math.min(side(width), side(height)) < LEAST) {
    const least = LEAST + 2 * border;
    throw new SyntraceError('IMAGE_TOO_SMALL', { uri: source.uri, width, height, who: `a decoder of ${doublings} doublings`, least: `${least}×${least}` });
  }
  return { x: border, y: border, width: side(width), height: side(height) };
}

/** The same part of the photograph as it is. */
export const undecoded = (image: Image, doublings: number, kernels: Kernels): Promise<Picture> =>
  withTensors(kernels, async keep => pictureOf(kernels, await kernels.crop(keep(imageTensor(kernels, image)), [decodedWindow(image, doublings)])));

/** A photograph as the output of a decoder: reduced, then doubled by the operator, with the share of its detail that the code keeps. Grey becomes RGB. O(samples) */
export const decodedAgain = (image: Image, { doublings, kernels: weights, detail }: Decoding, kernels: Kernels): Promise<Picture> =>
  withTensors(kernels, async keep => {
    const window = decodedWindow(image, doublings);
    const step = 2 ** doublings;
    const size = { width: step * Math.floor(image.width / step), height: step * Math.floor(image.height / step) };
    const whole = keep(await kernels.crop(keep(imageTensor(kernels, image)), [{ x: 0, y: 0, ...size }]));
    const code = keep(await kernels.resize(whole, { width: size.width / step, height: size.height / step, resampling: 'linear-antialiased' }));
    const low = keep(await kernels.colour(code, 'rgb'));
    const decoded = await doubled(low, weights, kernels, keep);
    const smooth = await doubled(
      low,
      Array.from({ length: doublings }, () => [SMOOTHEST, SMOOTHEST, SMOOTHEST]),
      kernels,
      keep,
    );
    const original = keep(await kernels.crop(keep(await kernels.colour(whole, 'rgb')), [window]));
    const column = async (x: Tensor<'f32'>) => keep(kernels.tensor('f32', await kernels.read(x), [3 * window.width * window.height, 1]));
    const three = keep(await kernels.concat([await column(decoded), await column(smooth), await column(original)]));
    const mixing = keep(kernels.tensor('f32', Float32Array.of(1, -detail, detail), [1, 3]));
    // A half, because what follows truncates.
    const mixed = await kernels.read(keep(await kernels.linear(three, mixing, keep(kernels.tensor('f32', Float32Array.of(0.5), [1])))));
    const pixels = keep(await kernels.interleave(keep(kernels.tensor('f32', mixed, [1, 3, window.height, window.width]))));
    const black = keep(kernels.tensor('u8', new Uint8Array(mixed.length), [1, window.height, window.width, 3]));
    return pictureOf(kernels, await kernels.addNoise(black, pixels, 1));
  });

async function doubled(planes: Tensor<'f32'>, weights: readonly (readonly PhaseKernels[])[], kernels: Kernels, keep: KeepTensor): Promise<Tensor<'f32'>> {
  let x = planes;
  for (const channels of weights) {
    const [, , height, width] = x.shape as [number, number, number, number];
    const parts = [];
    for (const [c, phases] of channels.entries()) parts.push(await doublePlane(await channelOf(x, c, kernels, keep), phases, kernels, keep));
    x = keep(kernels.tensor('f32', joined(parts), [1, 3, 2 * (height - 2), 2 * (width - 2)]));
  }
  return x;
}

async function channelOf(x: Tensor<'f32'>, channel: number, kernels: Kernels, keep: KeepTensor): Promise<Tensor<'f32'>> {
  const [, , height, width] = x.shape as [number, number, number, number];
  const plane = height * width;
  return keep(kernels.tensor('f32', (await kernels.read(x)).subarray(channel * plane, (channel + 1) * plane), [1, 1, height, width]));
}

/** [1, 1, h, w] → the samples of [2·(h − 2), 2·(w − 2)]: the nine neighbours of each sample as a row, times the weights of the four phases, phases side by side. */
async function doublePlane(plane: Tensor<'f32'>, phases: PhaseKernels, kernels: Kernels, keep: KeepTensor): Promise<Float32Array> {
  const [, , height, width] = plane.shape as [number, number, number, number];
  const [h, w] = [height - 2, width - 2];
  const shifts = Array.from({ length: 9 }, (_, i) => ({ x: i % 3, y: Math.floor(i / 3), width: w, height: h }));
  const shifted = await kernels.read(keep(await kernels.crop(plane, shifts)));
  const rows = await kernels.read(keep(await kernels.interleave(keep(kernels.tensor('f32', shifted, [1, 9, h, w])))));
  const weights = keep(kernels.tensor('f32', phases, [4, 9]));
  const cells = await kernels.read(
    keep(await kernels.linear(keep(kernels.tensor('f32', rows, [h * w, 9])), weights, keep(kernels.tensor('f32', new Float32Array(4), [4])))),
  );
  // [h, w, i, j] → [h, i, j, w] → [h, i, w, j].
  const across = await kernels.read(keep(await kernels.interleave(keep(kernels.tensor('f32', cells, [h, w, 2, 2])))));
  return kernels.read(keep(await kernels.interleave(keep(kernels.tensor('f32', across, [2 * h, 2, 1, w])))));
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => {
    all.set(part, at);
    return at + part.length;
  }, 0);
  return all;
}
