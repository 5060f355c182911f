import { SyntraceError, type Tensor } from '@syntrace/core';
import { describe, expect, test } from 'vitest';
import type { Harness } from './harness.js';

/** What must be refused, with which code; afterwards the backend works on. */
export function testRefusals(h: Harness): void {
  const f32 = (count: number, shape: readonly number[]) => h.keep(h.kernels.tensor('f32', new Float32Array(count).fill(1), shape));
  const u8 = (count: number, shape: readonly number[]) => h.keep(h.kernels.tensor('u8', new Uint8Array(count), shape));
  const f64 = (values: readonly number[], shape: readonly number[]) => h.keep(h.kernels.tensor('f64', Float64Array.from(values), shape));
  const wrong = (tensor: Tensor) => tensor as Tensor<'f32'> & Tensor<'u8'>;
  const window = { x: 0, y: 0, width: 2, height: 2 };

  const cases: readonly (readonly [string, string, () => unknown])[] = [
    ['KERNEL_SHAPE', 'data and shape that differ', () => h.kernels.tensor('f32', new Float32Array(3), [2, 2])],
    ['KERNEL_SHAPE', 'a side that is not whole', () => h.kernels.tensor('f32', new Float32Array(3), [1.5, 2])],
    ['KERNEL_DTYPE', 'data of another type', () => h.kernels.tensor('f32', new Float64Array(1) as unknown as Float32Array<ArrayBuffer>, [1])],
    ['KERNEL_SHAPE', 'dct2 of a row', () => h.kernels.dct2(f32(3, [3]))],
    ['KERNEL_SHAPE', 'dct2 with a side of 0', () => h.kernels.dct2(f32(0, [0, 3]))],
    ['KERNEL_DTYPE', 'dct2 of bytes', () => h.kernels.dct2(wrong(u8(4, [2, 2])))],
    ['KERNEL_SHAPE', 'irfft2 with another width', () => h.kernels.irfft2(f32(12, [2, 3, 2]), 9)],
    ['KERNEL_VALUE', 'a negative eps', () => h.kernels.logAbs(f32(1, [1]), -1)],
    ['KERNEL_VALUE', 'eps that is no number', () => h.kernels.logAbs(f32(1, [1]), Number.NaN)],
    ['KERNEL_SHAPE', 'two channels', () => h.kernels.colour(u8(8, [1, 2, 2, 2]), 'rgb')],
    ['KERNEL_VALUE', 'an unknown colour space', () => h.kernels.colour(u8(12, [1, 2, 2, 3]), 'hsv' as 'rgb')],
    ['KERNEL_SHAPE', 'a window outside', () => h.kernels.crop(f32(16, [1, 1, 4, 4]), [{ ...window, x: 3 }])],
    ['KERNEL_VALUE', 'a window left of the picture', () => h.kernels.crop(f32(16, [1, 1, 4, 4]), [{ ...window, x: -1 }])],
    ['KERNEL_SHAPE', 'windows of two sizes', () => h.kernels.crop(f32(16, [1, 1, 4, 4]), [window, { ...window, width: 3 }])],
    ['KERNEL_SHAPE', 'no window', () => h.kernels.crop(f32(16, [1, 1, 4, 4]), [])],
    ['KERNEL_SHAPE', 'a tile larger than the plane', () => h.kernels.tileLogDct(f32(16, [4, 4]), { tile: 8, stride: 8, eps: 1 })],
    ['KERNEL_VALUE', 'a stride of 0', () => h.kernels.tileLogDct(f32(16, [4, 4]), { tile: 2, stride: 0, eps: 1 })],
    ['KERNEL_VALUE', 'no bins', () => h.kernels.radialMean(f32(16, [4, 4]), { origin: 'corner', bins: 0 })],
    ['KERNEL_SHAPE', 'NPR of a row', () => h.kernels.nprResidual(u8(9, [1, 1, 3, 3]), { scale: true })],
    ['KERNEL_SHAPE', 'NPR of grey', () => h.kernels.nprResidual(u8(9, [1, 3, 3, 1]), { scale: true })],
    ['KERNEL_SHAPE', 'the Laplacian of a thin plane', () => h.kernels.laplacianVariance(f32(8, [2, 4]))],
    ['KERNEL_VALUE', 'a deviation of 0', () => h.kernels.standardize(f32(1, [1, 1]), f32(1, [1]), h.keep(h.kernels.tensor('f32', Float32Array.of(0), [1])))],
    ['KERNEL_SHAPE', 'weights of another width', () => h.kernels.linear(f32(4, [2, 2]), f32(3, [1, 3]), f32(1, [1]))],
    ['KERNEL_SHAPE', 'parts of different length', () => h.kernels.concat([f32(2, [2, 1]), f32(3, [3, 1])])],
    ['KERNEL_VALUE', 'nothing to join', () => h.kernels.concat([])],
    ['KERNEL_VALUE', 'an empty range', () => h.kernels.heatMap(f32(1, [1, 1]), { map: 'viridis', low: 1, high: 1 })],
    ['KERNEL_VALUE', 'a thumbnail of nothing', () => h.kernels.thumbnail(u8(12, [2, 2, 3]), 0)],
    ['KERNEL_SHAPE', 'Haralick features of a row', () => h.kernels.haralick(u8(5, [1, 5]), 'mean')],
    ['KERNEL_DTYPE', 'Haralick features of floats', () => h.kernels.haralick(wrong(f32(4, [2, 2])), 'mean')],
    ['KERNEL_SHAPE', 'colour statistics of a thin picture', () => h.kernels.csd(u8(4 * 9 * 3, [1, 4, 9, 3]), 'exact')],
    ['KERNEL_SHAPE', 'a rich model of a thin picture', () => h.kernels.richModel(u8(15 * 40 * 3, [1, 15, 40, 3]), 'full')],
    ['KERNEL_VALUE', 'a rich model at an unknown scale', () => h.kernels.richModel(u8(16 * 16, [1, 16, 16, 1]), 'third' as 'half')],
    ['KERNEL_SHAPE', 'colour planes of grey', () => h.kernels.colourPlanes(u8(4, [1, 2, 2, 1]), 'exact')],
    ['KERNEL_VALUE', 'an even number of taps', () => h.kernels.gaussianBlur(u8(4, [1, 2, 2, 1]), { taps: 4, sigma: 1, arithmetic: 'exact' })],
    ['KERNEL_VALUE', 'no Gaussian at all', () => h.kernels.gaussianBlur(u8(4, [1, 2, 2, 1]), { arithmetic: 'exact' })],
    ['KERNEL_VALUE', 'a median of an even side', () => h.kernels.medianFilter(u8(4, [1, 2, 2, 1]), 2)],
    ['KERNEL_SHAPE', 'a bilateral filter of two channels', () => h.kernels.bilateralFilter(u8(8, [1, 2, 2, 2]), { radius: 1, colourSigma: 1, spaceSigma: 1 })],
    ['KERNEL_VALUE', 'a resize to nothing', () => h.kernels.resize(u8(4, [1, 2, 2, 1]), { width: 0, height: 2, resampling: 'cubic' })],
    ['KERNEL_SHAPE', 'noise of another size', () => h.kernels.addNoise(u8(4, [1, 2, 2, 1]), f32(3, [3]), 1)],
    ['KERNEL_VALUE', 'a seed that is not whole', () => h.kernels.normalNoise([4], { seed: 0.5, stream: 0 })],
    ['KERNEL_VALUE', 'more noise than there is memory', () => h.kernels.normalNoise([1e5, 1e5, 1e5, 1e5], { seed: 1, stream: 0 })],
    ['KERNEL_VALUE', 'more neighbours than rows', () => h.kernels.nearest(f32(4, [2, 2]), f32(4, [2, 2]), { k: 2, withoutSelf: true })],
    ['KERNEL_SHAPE', 'distances of rows of different width', () => h.kernels.distances(f32(4, [2, 2]), f32(6, [2, 3]))],
    ['KERNEL_SHAPE', 'a matrix that is not square', () => h.kernels.symmetricEigen(f64([1, 2], [1, 2]))],
    ['KERNEL_VALUE', 'singular values of what is no number', () => h.kernels.svd(f64([Number.NaN], [1, 1]))],
    ['KERNEL_VALUE', 'axes of rows that are all the same', () => h.kernels.principalAxes(f32(12, [4, 3]), 1)],
    ['KERNEL_VALUE', 'more memory than there is', () => h.kernels.padReflect(u8(3, [1, 1, 1, 3]), { width: 4e9, height: 2 })],
  ];

  describe('refusals', () => {
    test.each(cases)('%s: %s', async (code, _, attempt) => {
      const error = await Promise.resolve()
        .then(attempt)
        .then(() => undefined)
        .catch((caught: unknown) => caught);
      expect(error).toSatisfy((caught: unknown) => SyntraceError.is(caught) && caught.code === code, String(error));
      const works = await h.values(h.kernels.logAbs(f32(1, [1]), 0));
      expect(Array.from(works)).toEqual([0]);
    });

    test('a freed tensor and one of another backend', async () => {
      const tensor = f32(4, [2, 2]);
      h.kernels.free(tensor);
      h.kernels.free(tensor);
      await expect(h.kernels.dct2(tensor)).rejects.toSatisfy((e: unknown) => SyntraceError.is(e, 'KERNEL_FOREIGN_TENSOR'));
      const foreign: Tensor<'f32'> = { dtype: 'f32', shape: [1, 1], backend: 'elsewhere' };
      await expect(h.kernels.dct2(foreign)).rejects.toSatisfy((e: unknown) => SyntraceError.is(e, 'KERNEL_FOREIGN_TENSOR'));
    });

    test('arguments stay as they are, results are new', async () => {
      const x = f32(6, [2, 3]);
      const y = h.keep(await h.kernels.dct2(x));
      expect(y).not.toBe(x);
      expect(await h.kernels.read(x)).toEqual(new Float32Array(6).fill(1));
    });
  });
}
