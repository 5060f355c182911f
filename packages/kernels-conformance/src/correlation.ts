import { describe, expect, test } from 'vitest';
import { expectClose } from './compare.js';
import { casesOf, fixture, type Harness } from './harness.js';
import { tolerances } from './tolerances.js';

/** Correlation and PCE against NumPy in float64. */
export function testCorrelation(h: Harness): void {
  describe('correlation', () => {
    test.each(casesOf('pcePairs'))('correlation and PCE of %s', async name => {
      const x = fixture<'f32'>(`pcePairs.${name}.in`);
      const [n, height, width] = x.shape as [number, number, number];
      const want = fixture<'f64'>(`pcePairs.${name}.out`).data;
      const residuals = h.up(x);
      const first = h.up({ dtype: 'f32', data: x.data.slice(0, height * width), shape: [1, height, width] });

      const surfaces = h.keep(await h.kernels.crossCorrelation(first, residuals));
      expect(surfaces.shape).toEqual(x.shape);
      expectClose(await h.kernels.read(surfaces), fixture(`crossCorrelation.${name}.out`).data, tolerances.crossCorrelation);
      const reports = await h.kernels.pce(first, residuals);
      expectClose(
        reports.map(report => report.pce),
        want.slice(0, n),
        tolerances.pce,
      );

      const spectra = h.keep(await h.kernels.pceSpectra(residuals));
      const size = { height, width };
      expectClose(await h.values(h.kernels.pcePairs([spectra, spectra], size)), want, tolerances.pce);
      const lower = want.map((value, i) => (i % n < Math.floor(i / n) ? value : 0));
      expectClose(await h.values(h.kernels.pcePairs(spectra, { ...size, from: 2 })), lower.slice(2 * n), tolerances.pce);

      const found = await h.kernels.pceAbove(spectra, { ...size, threshold: 1 });
      const above = Array.from(lower.keys()).filter(i => lower[i]! > 1);
      expect(Array.from(found.rows, (row, i) => row * n + found.columns[i]!)).toEqual(above);
      expectClose(
        found.values,
        above.map(i => want[i]!),
        tolerances.pce,
      );
    });

    test('merged spectra stand for merged residuals', async () => {
      const x = fixture<'f32'>('pcePairs.17x23.in');
      const residuals = h.up(x);
      const groups = [[1], [0, 3], [2, 4, 5]];
      const merged = h.keep(await h.kernels.groupSums(h.keep(await h.kernels.pceSpectra(residuals)), groups));
      const got = await h.values(h.kernels.pcePairs(merged, { height: 17, width: 23 }));
      const exact = await h.kernels.pceExact(residuals, [
        [groups[1]!, groups[0]!],
        [groups[2]!, groups[0]!],
        [groups[2]!, groups[1]!],
      ]);
      expectClose([got[3]!, got[6]!, got[7]!], exact, tolerances.pce);
    });

    test('a shift is found', async () => {
      const x = fixture<'f32'>('pcePairs.24x30.in');
      const [, height, width] = x.shape as [number, number, number];
      const plane = x.data.slice(0, height * width);
      const moved = plane.map((_, i) => plane[((Math.floor(i / width) + height - 2) % height) * width + (((i % width) + width - 3) % width)]!);
      const [a, b] = [plane, moved].map(data => h.up({ dtype: 'f32', data, shape: [height, width] })) as [Plane, Plane];
      const [report] = await h.kernels.pce(a, b, { down: 4, right: 4 });
      expect([report!.row, report!.column]).toEqual([2, 3]);
      expect(report!.pce).toBeGreaterThan(100);
      expect(report!.falseAlarm).toBeLessThan(1e-10);
    });

    test('refused: small planes, spectra of another size', async () => {
      const small = h.keep(h.kernels.tensor('f32', new Float32Array(110), [1, 10, 11]));
      await expect(h.kernels.pceSpectra(small)).rejects.toMatchObject({ code: 'KERNEL_SHAPE' });
      await expect(h.kernels.pce(small, small)).rejects.toMatchObject({ code: 'KERNEL_SHAPE' });
      const spectra = h.keep(await h.kernels.pceSpectra(h.keep(h.kernels.tensor('f32', new Float32Array(144), [1, 12, 12]))));
      await expect(h.kernels.pcePairs(spectra, { height: 40, width: 40 })).rejects.toMatchObject({ code: 'KERNEL_SHAPE' });
      await expect(h.kernels.pceAbove(spectra, { height: 12, width: 12, threshold: Number.NaN })).rejects.toMatchObject({ code: 'KERNEL_VALUE' });
    });
  });
}

type Plane = ReturnType<Harness['kernels']['tensor']> & { readonly dtype: 'f32' };
