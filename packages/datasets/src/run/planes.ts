import { type ColourSpace, type Image, type KeepTensor, type Kernels, SyntraceError, type Tensor } from '@syntrace/core';
import { middleWindow } from '../crop/middle.js';
import type { Precision } from '../prepare/options.js';
import { imageTensor } from './tensors.js';

/** The planes [1,p,h,w] of a picture, or of its middle window of `size` × `size`. @throws IMAGE_TOO_SMALL */
export async function planesOf(kernels: Kernels, image: Image, space: ColourSpace, size: number | undefined, keep: KeepTensor): Promise<Tensor<'f32'>> {
  const whole = keep(imageTensor(kernels, image));
  if (size === undefined) return keep(await kernels.colour(whole, space));
  const { width, height, source } = image;
  if (width < size || height < size)
    throw new SyntraceError('IMAGE_TOO_SMALL', { uri: source.uri, width, height, who: `a window of --size ${size}`, least: `${size}×${size}` });
  const part = keep(await kernels.crop(whole, [middleWindow({ width: size, height: size }, image)]));
  return keep(await kernels.colour(part, space));
}

/** Planes of whole levels in the precision of what follows; float64 loses nothing of them. */
export async function inPrecision(kernels: Kernels, planes: Tensor<'f32'>, precision: Precision, keep: KeepTensor): Promise<Tensor<'f32' | 'f64'>> {
  return precision === 'f32' ? planes : keep(kernels.tensor('f64', Float64Array.from(await kernels.read(planes)), planes.shape));
}
