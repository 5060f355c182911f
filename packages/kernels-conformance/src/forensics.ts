import { describe, expect, test } from 'vitest';
import { expectClose } from './compare.js';
import { fixture, type Harness } from './harness.js';
import { tolerances } from './tolerances.js';

const MESSAGES = [
  ['sdxl', 48],
  ['sdv2', 32],
  ['odd', 5],
  ['plain', 48],
] as const;

/** Traces of watermarks and of earlier encodes; references are the published Python package and SciPy. */
export function testForensics(h: Harness): void {
  describe('forensics', () => {
    test.each(MESSAGES)('watermarkVotes of %s', async (name, length) => {
      const want = fixture(`watermarkVotes.${name}.out`);
      const result = h.keep(await h.kernels.watermarkVotes(h.up(fixture<'u8'>(`watermarkVotes.${name}.in`)), [length]));
      expect(result.shape).toEqual(want.shape);
      expectClose(await h.kernels.read(result), want.data, tolerances.watermarkVotes);
    });

    test('watermarkVotes of several lengths stand one after another', async () => {
      const image = h.up(fixture<'u8'>('watermarkVotes.sdxl.in'));
      const votes = async (...lengths: number[]) => Array.from(await h.values(h.kernels.watermarkVotes(image, lengths)));
      expect(await votes(48, 7)).toEqual([...(await votes(48)), ...(await votes(7))]);
    });

    test('gridFit finds table and place', async () => {
      const want = fixture('gridFit.moved.out');
      const result = h.keep(await h.kernels.gridFit(h.up(fixture<'f32'>('gridFit.moved.in')), h.up(fixture<'f32'>('gridFit.moved.in2'))));
      expect(result.shape).toEqual(want.shape);
      expectClose(await h.kernels.read(result), want.data, tolerances.gridFit);
    });

    test('gridFitMap', async () => {
      const want = fixture('gridFitMap.moved.out');
      const inputs = [h.up(fixture<'f32'>('gridFitMap.moved.in')), h.up(fixture<'f32'>('gridFitMap.moved.in2'))] as const;
      const result = h.keep(await h.kernels.gridFitMap(...inputs, { x: 5, y: 3 }));
      expect(result.shape).toEqual(want.shape);
      expectClose(await h.kernels.read(result), want.data, tolerances.gridFit);
    });
  });
}
