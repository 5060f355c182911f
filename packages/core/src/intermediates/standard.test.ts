import { describe, expect, it } from 'vitest';
import { fakeImage } from '../../test/fakes.js';
import type { Run } from '../contract/detector.js';
import type { Tensor } from '../contract/tensor.js';
import { SyntraceError } from '../errors.js';
import { standardIntermediates, windowsOption } from './standard.js';

const planes = standardIntermediates.find(({ id }) => id === 'planes')!;

/** A run whose kernels pass on what was uploaded. */
function watchingRun() {
  const uploads: { data: Uint8Array; shape: readonly number[] }[] = [];
  const kernels = {
    tensor: (_: string, data: Uint8Array, shape: readonly number[]) => {
      uploads.push({ data, shape });
      return {} as Tensor;
    },
    colour: async () => ({}) as Tensor,
    free: () => {},
  };
  return { uploads, run: { kernels } as unknown as Run };
}

const image = { ...fakeImage('numbered', 0, 6), data: Uint8Array.from({ length: 36 }, (_, i) => i) };

describe('planes', () => {
  it('uploads the windows alone, each row after row', async () => {
    const { uploads, run } = watchingRun();
    const windows = [
      { x: 1, y: 0, width: 2, height: 2 },
      { x: 4, y: 4, width: 2, height: 2 },
    ];
    await planes.compute([image], { space: 'bt601', windows: windowsOption(windows) }, run);
    expect(uploads).toEqual([{ data: Uint8Array.of(1, 2, 7, 8, 28, 29, 34, 35), shape: [2, 2, 2, 1] }]);
  });

  it('uploads the whole image where no window is asked for', async () => {
    const { uploads, run } = watchingRun();
    await planes.compute([image], { space: 'bt601' }, run);
    expect(uploads).toEqual([{ data: image.data, shape: [1, 6, 6, 1] }]);
  });

  it.each([
    ['beyond the border', '5,0,2,2'],
    ['of two sizes', '0,0,2,2;0,0,3,2'],
    ['without size', '0,0,0,2'],
    ['that are no numbers', 'a,b,c,d'],
    ['at half a sample', '0.5,0,2,2'],
  ])('refuses windows %s', async (_, windows) => {
    const failure = await Promise.resolve(planes.compute([image], { space: 'bt601', windows }, watchingRun().run)).catch((error: unknown) => error);
    expect(SyntraceError.is(failure, 'KERNEL_VALUE')).toBe(true);
  });
});
