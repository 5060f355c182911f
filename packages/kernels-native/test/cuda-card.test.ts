import { type Kernels, SyntraceError, type Tensor } from '@syntrace/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cudaKernels, nativeKernels } from '../src/index.js';
import { loadCudaAddon } from '../src/load-addon.js';

// What only a card shows: its memory, its queue, and batches that are cut into shares. The processor's kernels are the reference.
const backend = cudaKernels({ transforms: 'own' });
const availability = await backend.probe();
const found = loadCudaAddon();
const emulated = availability.ok && availability.detail.startsWith('emulated');

/** Noise of 0…1 without a lattice (mulberry32): no coefficient of its transforms is close to 0 by rule, where logarithms would differ. */
function noise(count: number): Float32Array<ArrayBuffer> {
  let state = 1;
  return Float32Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  });
}

function worst(got: ArrayLike<number>, want: ArrayLike<number>): number {
  let [difference, largest] = [0, 0];
  for (let i = 0; i < want.length; i++) {
    difference = Math.max(difference, Number.isFinite(got[i]!) ? Math.abs(got[i]! - want[i]!) : Number.POSITIVE_INFINITY);
    largest = Math.max(largest, Math.abs(want[i]!));
  }
  return got.length === want.length ? difference / largest : Number.POSITIVE_INFINITY;
}

describe('on a card', () => {
  let cuda: Kernels;
  let cpu: Kernels;
  beforeEach(({ skip }) => {
    if (!availability.ok) skip(availability.message);
  });
  beforeAll(async () => {
    if (!availability.ok) return;
    cuda = await backend.open({ threads: 2 });
    // The addon of the cards holds the processor's kernels too.
    cpu = await nativeKernels({ load: () => found }).open({ threads: 2 });
  });
  afterAll(async () => {
    await cuda?.close();
    await cpu?.close();
  });

  /** The same operation on both; both results are read and freed. */
  async function both(data: Float32Array<ArrayBuffer>, shape: readonly number[], run: (kernels: Kernels, x: Tensor<'f32'>) => Promise<Tensor>) {
    const [got, want] = await Promise.all(
      [cuda, cpu].map(async kernels => {
        const x = kernels.tensor('f32', data, shape);
        const y = await run(kernels, x);
        const values = await kernels.read(y);
        kernels.free(x, y);
        return values;
      }),
    );
    return worst(got!, want!);
  }

  // Powers of two, mixed radices, a direct prime and Bluestein's; planes enough for several shares.
  const sizes = emulated ? [[5, 16, 24], [3, 67, 34], [2, 9, 134]] : [[700, 256, 256], [100, 512, 1024], [64, 224, 300], [40, 37, 41], [9, 1009, 1000], [3, 2048, 4096], [2, 4099, 64]]; // biome-ignore format: a list
  test.each(sizes)('transforms of %s planes of %s × %s', async (count, h, w) => {
    const data = noise(count! * h! * w!);
    const shape = [count!, h!, w!];
    expect(await both(data, shape, (k, x) => k.dct2(x))).toBeLessThan(2e-6);
    expect(await both(data, shape, (k, x) => k.rfft2(x))).toBeLessThan(2e-6);
    const back = await both(data, shape, async (k, x) => {
      const spectrum = await k.rfft2(x);
      const plane = await k.irfft2(spectrum, w!);
      k.free(spectrum);
      return plane;
    });
    expect(back).toBeLessThan(4e-6);
  });

  test('a chain stays on the card, and two runs give the same bits', async () => {
    const [count, side] = emulated ? [2, 40] : [64, 512];
    const data = noise(count * side * side);
    const run = async () => {
      const x = cuda.tensor('f32', data, [count, side, side]);
      const dct = await cuda.dct2(x);
      const log = await cuda.logAbs(dct, 1e-6);
      const rings = await cuda.radialMean(log, { origin: 'corner', bins: side });
      const { mean, deviation } = await cuda.tileLogDct(x, { tile: 8, stride: 4, eps: 1e-3 });
      const sharpness = await cuda.laplacianVariance(x);
      const all = await Promise.all([log, rings, mean, deviation, sharpness].map(tensor => cuda.read(tensor)));
      cuda.free(x, dct, log, rings, mean, deviation, sharpness);
      return all;
    };
    expect(await run()).toEqual(await run());
  });

  test('statistics over tiles and rows equal those of the processor', async () => {
    const [count, side] = emulated ? [2, 130] : [8, 1024];
    for (const [tile, stride] of [
      [8, 8],
      [16, 5],
      [33, 33],
      [64, 64],
    ] as const) {
      const difference = await both(
        noise(count * side * side),
        [count, side, side],
        async (k, x) => (await k.tileLogDct(x, { tile, stride, eps: 0.1 })).deviation,
      );
      expect(difference, `tiles of ${tile}, ${stride} apart`).toBeLessThan(2e-4);
    }
    const features = emulated ? 500 : 300_000;
    const data = noise(20 * features);
    const layer = (k: Kernels) => [k.tensor('f32', noise(3 * features), [3, features]), k.tensor('f32', noise(3), [3])] as const;
    expect(await both(data, [20, features], (k, x) => k.linear(x, ...layer(k)))).toBeLessThan(1e-6);
    expect(await both(data, [20, features], (k, x) => k.concat([x, x, x]))).toBe(0);
  });

  test('memory that the card does not have is refused with its size, and the backend works on', async () => {
    const tiny = cuda.tensor('u8', Uint8Array.of(1, 2, 3), [1, 1, 1, 3]);
    const side = emulated ? 4_000 : 37_000;
    const kept: Tensor[] = [];
    const fill = async () => {
      for (let i = 0; i < 200; i++) kept.push(await cuda.padReflect(tiny, { width: side, height: side }));
    };
    const error = await fill().catch((caught: unknown) => caught);
    expect(error).toSatisfy((caught: unknown) => SyntraceError.is(caught, 'KERNEL_VALUE'));
    expect(String(error)).toContain(`no memory for ${3 * side * side} bytes on the device`);
    expect(kept.length).toBeGreaterThan(2);
    cuda.free(...kept);
    const again = await cuda.padReflect(tiny, { width: side, height: side });
    cuda.free(tiny, again);
  });

  test('many calls at once give each its own result', async () => {
    const sides = Array.from({ length: 24 }, (_, i) => 90 + i);
    const means = sides.map(async side => {
      const x = cuda.tensor('f32', new Float32Array(side * side).fill(side), [side, side]);
      const y = await cuda.dct2(x);
      const [first] = await cuda.read(y);
      cuda.free(x, y);
      return first! / side;
    });
    for (const [i, mean] of (await Promise.all(means)).entries()) expect(mean).toBeCloseTo(sides[i]!, 3);
  });
});
