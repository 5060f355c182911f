import { type Image, type Kernels, type Run, type StoredTensor, withTensors } from '@syntrace/core';
import type { OnnxPreprocessing } from './description.js';
import { planesOf } from './view.js';

/** What the network is given for pictures that are shown at one size: f32 [n,planes,h,w] or [n,h,w,planes], normalised. */
export async function inputOf(images: readonly Image[], how: OnnxPreprocessing, run: Run): Promise<StoredTensor<'f32'>> {
  const shown = await Promise.all(images.map(image => planesOf(image, how, run)));
  const [first] = shown;
  const data = new Float32Array(shown.length * first!.data.length);
  shown.forEach((each, i) => {
    data.set(each.data, i * first!.data.length);
  });
  const planar: StoredTensor<'f32'> = { dtype: 'f32', shape: [shown.length, ...first!.shape], data };
  return how.layout === 'nchw' ? normalised(planar, perSample(how, first!.shape), run.kernels) : interleaved(planar, how, run.kernels);
}

/** Mean and deviation of each value of a row, in samples. */
interface Moments {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/** (sample / scale − mean) / deviation is (sample − mean · scale) / (deviation · scale). */
const perPlane = ({ scale, mean, deviation }: OnnxPreprocessing): Moments => ({
  mean: Float32Array.from(mean, value => value * scale),
  deviation: Float32Array.from(deviation, value => value * scale),
});

function perSample(how: OnnxPreprocessing, [planes, height, width]: readonly number[]): Moments {
  const { mean, deviation } = perPlane(how);
  const area = height! * width!;
  const spread = (values: Float32Array) => {
    const all = new Float32Array(planes! * area);
    values.forEach((value, c) => {
      all.fill(value, c * area, (c + 1) * area);
    });
    return all;
  };
  return { mean: spread(mean), deviation: spread(deviation) };
}

/** Rows of the tensor's data, as many values as the moments have, standardised; the shape stays. */
function normalised({ shape, data }: StoredTensor<'f32'>, { mean, deviation }: Moments, kernels: Kernels): Promise<StoredTensor<'f32'>> {
  const columns = mean.length;
  return withTensors(kernels, async keep => {
    const rows = keep(kernels.tensor('f32', data, [data.length / columns, columns]));
    const moments = [mean, deviation].map(values => keep(kernels.tensor('f32', values, [columns])));
    const result = keep(await kernels.standardize(rows, moments[0]!, moments[1]!));
    return { dtype: 'f32', shape, data: await kernels.read(result) };
  });
}

async function interleaved({ shape, data }: StoredTensor<'f32'>, how: OnnxPreprocessing, kernels: Kernels): Promise<StoredTensor<'f32'>> {
  const pixels = await withTensors(kernels, async keep => {
    const result = keep(await kernels.interleave(keep(kernels.tensor('f32', data, shape))));
    return { dtype: 'f32', shape: result.shape, data: await kernels.read(result) } as const;
  });
  return normalised(pixels, perPlane(how), kernels);
}
