import { type HostArrays, type Image, type KeepTensor, type Kernels, type Tensor, withTensors } from '@syntrace/core';
import { inPrecision, planesOf } from '../run/planes.js';
import { type Features, LOG_EPS } from './options.js';

type FloatArray = HostArrays['f32' | 'f64'];

/** Mean and deviation of each value [h,w,c], in the precision of the features. */
export interface Standard {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Values of one picture, row-major [h,w,c]. */
export interface Values {
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly data: Uint8Array | Float32Array | Float64Array;
}

/** Turns pictures into features; with `standard` they are normalised by it. O(hw log hw).
 *  @throws IMAGE_TOO_SMALL when the window does not fit */
export function transformer(features: Features, kernels: Kernels, standard?: Standard): (image: Image) => Promise<Values> {
  const { precision, size } = features;
  const normalise = standard && normaliser(features, kernels, standard);
  return image =>
    withTensors(kernels, async keep => {
      const scaled = features.of === 'raw' && features.normalize;
      const planes = await planesOf(kernels, image, features.grey ? 'pillow-l' : scaled ? 'rgb-unit' : 'rgb', size, keep);
      const [, channels, height, width] = planes.shape as [number, number, number, number];
      const shape = [height, width, channels] as const;
      if (features.of === 'raw') {
        const pixels = await kernels.read(keep(await kernels.interleave(scaled && features.grey ? keep(await unit(kernels, planes)) : planes)));
        return { shape, data: scaled ? pixels : Uint8Array.from(pixels) };
      }
      const coefficients = keep(await kernels.dct2(await inPrecision(kernels, planes, precision, keep)));
      const values = features.log ? keep(await kernels.logAbs(coefficients, LOG_EPS)) : coefficients;
      const ordered = keep(await kernels.interleave(values));
      return { shape, data: await kernels.read(normalise ? await normalise(ordered, keep) : ordered) };
    });
}

/** Normalises values that {@link transformer} made without a standard: the same bits as with it. */
export function standardizer(features: Features, kernels: Kernels, standard: Standard): (values: Values) => Promise<Values> {
  const normalise = normaliser(features, kernels, standard);
  return ({ shape, data }) =>
    withTensors(kernels, async keep => {
      const x = keep(kernels.tensor(features.precision, data as FloatArray, [1, data.length]));
      return { shape, data: await kernels.read(await normalise(x, keep)) };
    });
}

function normaliser({ precision }: Features, kernels: Kernels, standard: Standard) {
  const converted = (values: FloatArray): FloatArray => (precision === 'f64' ? Float64Array.from(values) : Float32Array.from(values));
  const scale = [converted(standard.mean), converted(standard.deviation)] as const;
  return async (x: Tensor<'f32' | 'f64'>, keep: KeepTensor): Promise<Tensor<'f32' | 'f64'>> => {
    const [mean, deviation] = scale.map(array => keep(kernels.tensor(precision, array, [array.length])));
    return keep(await kernels.standardize(x, mean!, deviation!));
  };
}

/** x/127.5 − 1 of grey planes. */
async function unit(kernels: Kernels, planes: Tensor<'f32'>): Promise<Tensor<'f32'>> {
  const size = planes.shape.reduce((a, b) => a * b, 1);
  const half = kernels.tensor('f32', new Float32Array(size).fill(127.5), [size]);
  return kernels.standardize(planes, half, half).finally(() => kernels.free(half));
}
