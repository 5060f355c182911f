import type { ColourSpace } from '@syntrace/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from './compare.js';
import { casesOf, fixture, type Harness } from './harness.js';
import { tolerances } from './tolerances.js';

const spaces: readonly ColourSpace[] = ['rgb', 'rgb-unit', 'ycbcr', 'ycbcr-studio-truncated', 'pillow-l', 'bt601', 'tensorflow', 'ntsc-inverse'];
const whole: readonly ColourSpace[] = ['rgb', 'ycbcr-studio-truncated', 'pillow-l'];

/** Kernels on pictures: colour, windows, borders, residuals, displays. */
export function testPixels(h: Harness): void {
  describe('pixels', () => {
    test.each(spaces)('colour %s', async space => {
      const want = fixture(`colour.${space}.out`);
      const result = h.keep(await h.kernels.colour(h.up(fixture<'u8'>('colour.all.in')), space));
      expect(result.shape).toEqual(want.shape);
      expectClose(await h.kernels.read(result), want.data, whole.includes(space) ? tolerances.exact : tolerances.colour);
    });

    test('grey counts as R = G = B', async () => {
      const grey = h.keep(h.kernels.tensor('u8', Uint8Array.of(0, 7, 255), [1, 1, 3, 1]));
      expect(await h.values(h.kernels.colour(grey, 'pillow-l'))).toEqual(Float32Array.of(0, 7, 255));
      expect((await h.kernels.colour(grey, 'ycbcr')).shape).toEqual([1, 3, 1, 3]);
    });

    test.each(['f32', 'f64'] as const)('interleave %s', async dtype => {
      const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
      const planes = h.keep(h.kernels.tensor(dtype, dtype === 'f32' ? Float32Array.from(values) : Float64Array.from(values), [2, 3, 1, 2]));
      const pixels = h.keep(await h.kernels.interleave(planes));
      expect(pixels.shape).toEqual([2, 1, 2, 3]);
      expect([...(await h.kernels.read(pixels))]).toEqual([1, 3, 5, 2, 4, 6, 7, 9, 11, 8, 10, 12]);
    });

    test('crop of bytes and of planes, windows in order', async () => {
      const count = 2 * 3 * 4 * 5;
      const windows = [
        { x: 1, y: 0, width: 2, height: 2 },
        { x: 3, y: 1, width: 2, height: 2 },
      ];
      const bytes = h.keep(
        h.kernels.tensor(
          'u8',
          Uint8Array.from({ length: count }, (_, i) => i),
          [2, 4, 5, 3],
        ),
      );
      const cut = h.keep(await h.kernels.crop(bytes, windows));
      expect(cut.shape).toEqual([4, 2, 2, 3]);
      expect((await h.kernels.read(cut)).slice(12, 18)).toEqual(Uint8Array.of(24, 25, 26, 27, 28, 29));
      const planes = h.keep(
        h.kernels.tensor(
          'f32',
          Float32Array.from({ length: count }, (_, i) => i),
          [2, 3, 4, 5],
        ),
      );
      const parts = h.keep(await h.kernels.crop(planes, windows));
      expect(parts.shape).toEqual([4, 3, 2, 2]);
      expect((await h.kernels.read(parts)).slice(0, 16)).toEqual(Float32Array.of(1, 2, 6, 7, 21, 22, 26, 27, 41, 42, 46, 47, 8, 9, 13, 14));
    });

    test('padReflect mirrors as often as needed', async () => {
      const result = h.keep(await h.kernels.padReflect(h.up(fixture<'u8'>('padReflect.all.in')), { width: 3, height: 31 }));
      expect(result.shape).toEqual([2, 31, 7, 3]);
      expect(await h.kernels.read(result)).toEqual(fixture('padReflect.all.out').data);
    });

    test.each(casesOf('nprResidual'))('nprResidual %s', async name => {
      const want = fixture(`nprResidual.${name}.out`);
      const x = h.up(fixture<'u8'>(`nprResidual.${name}.in`));
      const result = h.keep(await h.kernels.nprResidual(x, { scale: true }));
      expect(result.shape).toEqual(want.shape);
      expectClose(await h.kernels.read(result), want.data, tolerances.nprResidual);
      const unscaled = await h.values(h.kernels.nprResidual(x, { scale: false }));
      expectClose(
        unscaled,
        Array.from(want.data, value => value * 1.5),
        { ...tolerances.nprResidual, absolute: 6e-7 },
      );
    });

    test('laplacianVariance', async () => {
      const got = await h.values(h.kernels.laplacianVariance(h.up(fixture<'f32'>('laplacianVariance.all.in'))));
      expectClose(got, fixture('laplacianVariance.all.out').data, tolerances.laplacianVariance);
    });

    test('thumbnail by area average', async () => {
      const result = h.keep(await h.kernels.thumbnail(h.up(fixture<'u8'>('thumbnail.all.in')), 12));
      expect(result.shape).toEqual([8, 12, 3]);
      expect(await h.kernels.read(result)).toEqual(fixture('thumbnail.all.out').data);
    });

    test('heatMap: ends, clamping and transparency', async () => {
      const plane = h.keep(h.kernels.tensor('f32', Float32Array.of(-5, 1, 3, Number.NaN), [2, 2]));
      const result = h.keep(await h.kernels.heatMap(plane, { map: 'inferno', low: 0, high: 1 }));
      expect(result.shape).toEqual([2, 2, 4]);
      const pixels = await h.kernels.read(result);
      expect(pixels.slice(0, 12)).toEqual(Uint8Array.of(0, 0, 4, 255, 252, 255, 164, 255, 252, 255, 164, 255));
      expect(pixels[15]).toBe(0);
    });
  });
}
