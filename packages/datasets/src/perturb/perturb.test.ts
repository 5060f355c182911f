import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { describeGolden, goldenArray, goldenImage, greatest } from '../../test/golden.js';
import { openKernels } from '../../test/kernels.js';
import { makeTree, pngOf } from '../../test/tree.js';
import { imageTensor, pictureOf } from '../run/tensors.js';
import { applyChange, type Change } from './change.js';
import { type DrawOptions, drawChange } from './draw.js';
import { perturbFolder } from './perturb-folder.js';

const kernels = openKernels();
const draws = (options: Partial<DrawOptions>, count = 2000) =>
  Array.from({ length: count }, (_, i) => drawChange({ mode: 'combined', seed: 1, probability: 0.5, compat: false, ...options }, `${i}.png`, i));
const of = <K extends Change['kind']>(changes: readonly (Change | null)[], kind: K) =>
  changes.flatMap(c => (c?.kind === kind ? [c as Extract<Change, { kind: K }>] : []));

describe('drawChange', () => {
  it('changes a half, in the published ranges', () => {
    const noise = of(draws({ mode: 'noise' }), 'noise');
    expect(noise.length).toBeGreaterThan(900);
    expect(noise.length).toBeLessThan(1100);
    const deviations = noise.map(({ deviation }) => deviation);
    expect(Math.min(...deviations)).toBeGreaterThanOrEqual(5);
    expect(Math.min(...deviations)).toBeLessThan(5.2);
    expect(Math.max(...deviations)).toBeLessThan(20);
    expect(Math.max(...deviations)).toBeGreaterThan(19.8);
    expect(new Set(noise.map(({ stream }) => stream)).size).toBe(noise.length);
    const qualities = of(draws({ mode: 'jpeg' }), 'jpeg').map(({ quality }) => quality);
    expect([Math.min(...qualities), Math.max(...qualities)]).toEqual([10, 75]);
    expect(new Set(of(draws({ mode: 'blur' }), 'blur').map(({ taps }) => taps))).toEqual(new Set([3, 5, 7, 9]));
    const fractions = of(draws({ mode: 'crop' }), 'crop').map(({ fraction }) => fraction);
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0.05);
    expect(Math.max(...fractions)).toBeLessThan(0.2);
  });

  it('takes the kinds in turn when combined', () => {
    expect(draws({ probability: 1 }, 6).map(change => change?.kind)).toEqual(['noise', 'blur', 'jpeg', 'crop', 'noise', 'blur']);
  });

  it('depends on seed, mode and name alone', () => {
    expect(draws({})).toEqual(draws({}));
    expect(draws({ seed: 2 })).not.toEqual(draws({}));
    expect(draws({ probability: 0 }).every(change => change === null)).toBe(true);
  });

  it('does what the published script does when asked', () => {
    const compat = { compat: true, probability: 1 } as const;
    expect(draws({ ...compat, mode: 'jpeg' }, 1)[0]).toEqual({ kind: 'jpeg', quality: 95, subsampling: '4:2:0', swapped: true });
    expect(of(draws({ ...compat, mode: 'blur' }), 'blur').every(({ sigma, arithmetic }) => sigma === 4 && arithmetic === 'opencv')).toBe(true);
    expect(of(draws({ ...compat, mode: 'crop' }), 'crop').every(({ transposed }) => transposed === true)).toBe(true);
  });
});

describe('applyChange', () => {
  const image = async (width = 40, height = 20) => decode({ uri: 'a.png', data: await pngOf(width, height) });

  it('crops and comes back to the old size; transposed only when asked', async () => {
    const [crop, transposed] = [
      { kind: 'crop', fraction: 0.2 },
      { kind: 'crop', fraction: 0.2, transposed: true },
    ] as const;
    expect(await applyChange(await image(), crop, kernels())).toMatchObject({ width: 40, height: 20 });
    expect(await applyChange(await image(), transposed, kernels())).toMatchObject({ width: 20, height: 40 });
    await expect(applyChange(await image(40, 8), transposed, kernels())).rejects.toMatchObject({ code: 'IMAGE_TOO_SMALL' });
  });

  it('resizes by a factor', async () => {
    expect(await applyChange(await image(), { kind: 'resize', factor: 0.5 }, kernels())).toMatchObject({ width: 20, height: 10 });
  });

  it('adds noise of the deviation asked for', async () => {
    const flat = { ...(await image(64, 64)), data: new Uint8Array(64 * 64 * 3).fill(128) };
    const { data } = await applyChange(flat, { kind: 'noise', deviation: 10, seed: 1, stream: 5 }, kernels());
    const mean = data.reduce((sum, v) => sum + v, 0) / data.length;
    const deviation = Math.sqrt(data.reduce((sum, v) => sum + (v - mean) ** 2, 0) / data.length);
    // Truncation takes half a level.
    expect(Math.abs(mean - 127.5)).toBeLessThan(0.5);
    expect(Math.abs(deviation - 10)).toBeLessThan(0.3);
  });

  it.each([1, 3])('JPEG with red and blue exchanged, %i channels', async channels => {
    const picture = await decode(await pngOf(24, 16, channels));
    const [plain, swapped] = [
      await applyChange(picture, { kind: 'jpeg', quality: 95, subsampling: '4:2:0' }, kernels()),
      await applyChange(picture, { kind: 'jpeg', quality: 95, subsampling: '4:2:0', swapped: true }, kernels()),
    ];
    expect(swapped.data.length).toBe(plain.data.length);
    expect(Buffer.from(swapped.data).equals(Buffer.from(plain.data))).toBe(channels === 1);
  });
});

describe('perturbFolder', () => {
  it('gives the same bytes whatever the threads, and a log of what was drawn', async () => {
    const pictures = Object.fromEntries(await Promise.all(Array.from({ length: 8 }, async (_, i) => [`${i}.png`, await pngOf(24 + i, 16)] as const)));
    const input = makeTree(pictures);
    const outs = [1, 4].map(() => join(makeTree({}), 'out'));
    const options = { mode: 'combined', seed: 3, probability: 0.5, compat: false } as const;
    for (const [i, out] of outs.entries()) await perturbFolder(input, out, options, kernels(), { concurrency: 1 + 3 * i });
    for (const name of ['files.csv', ...Object.keys(pictures)]) expect(await readFile(join(outs[0]!, name))).toEqual(await readFile(join(outs[1]!, name)));
    const log = await readFile(join(outs[0]!, 'files.csv'), 'utf8');
    expect(log.split('\n')[0]).toBe('source,output,change,deviation,stream,taps,sigma,quality,fraction,error');
    expect(log.match(/,none,/g)!.length).toBeGreaterThan(0);
    expect(log.match(/,(noise|blur|jpeg|crop),/g)!.length).toBeGreaterThan(0);
    const unchanged = /^(\d\.png),\1,none/m.exec(log)![1]!;
    expect((await decode(join(outs[0]!, unchanged))).data).toEqual((await decode(join(input, unchanged))).data);
  });
});

describe('perturbFolder with compat', () => {
  it('numbers its files as the published script does', async () => {
    const [input, out] = [makeTree({ 'b.png': await pngOf(), 'a.png': await pngOf(), 'sub/c.png': await pngOf() }), join(makeTree({}), 'out')];
    await perturbFolder(input, out, { mode: 'crop', seed: 1, probability: 0, compat: true }, kernels());
    expect(await readFile(join(out, 'files.csv'), 'utf8')).toMatch(/\na.png,cropping_000000.png,none[^\n]*\nb.png,cropping_000001.png,none[^\n]*\n$/);
  });
});

describeGolden('perturbations of the published code', () => {
  const photo = () => goldenImage('photo_001_128.png');
  const changed = async (change: Change, from = photo()) => (await applyChange(await from, change, kernels())).data;

  it.each([3, 5, 7, 9])('blur of %i taps: within a level', async taps => {
    const got = await changed({ kind: 'blur', taps, sigma: 4, arithmetic: 'opencv' });
    expect(greatest(got, (await goldenArray(`perturb/blur_k${taps}`)).data)).toBeLessThanOrEqual(1);
  });

  it.each([0.05, 0.1, 0.1999])('crop of %d: within a level', async fraction => {
    const got = await changed({ kind: 'crop', fraction });
    expect(greatest(got, (await goldenArray(`perturb/crop_p${fraction}`)).data)).toBeLessThanOrEqual(1);
  });

  it('crop of a picture that is not square, transposed as published', async () => {
    const got = await applyChange(await goldenImage('photo_200x130.png'), { kind: 'crop', fraction: 0.1, transposed: true }, kernels());
    const want = await goldenArray('perturb/crop_200x130_p0.1');
    expect([got.height, got.width, 3]).toEqual(want.shape);
    expect(greatest(got.data, want.data)).toBeLessThanOrEqual(1);
  });

  it('noise with the published field: within a level', async () => {
    const field = await goldenArray('perturb/noise_field');
    const [x, noise] = [imageTensor(kernels(), await photo()), kernels().tensor('f32', Float32Array.from(field.data), [128, 128, 3])];
    const { data } = await pictureOf(kernels(), await kernels().addNoise(x, noise, 12.5));
    expect(greatest(data, (await goldenArray('perturb/noise_s12.5')).data)).toBeLessThanOrEqual(1);
  });

  it('JPEG: quality 95 and exchanged colours whatever was drawn', async () => {
    const got = await changed({ kind: 'jpeg', quality: 95, subsampling: '4:2:0', swapped: true });
    expect(greatest(got, (await goldenArray('perturb/jpeg_official')).data)).toBeLessThanOrEqual(3);
  });

  it.each([10, 40, 75])('JPEG %i as meant, in both orders of colours', async quality => {
    const change = { kind: 'jpeg', quality, subsampling: '4:2:0' } as const;
    expect(greatest(await changed(change), (await goldenArray(`perturb/jpeg_rgb_q${quality}`)).data)).toBeLessThanOrEqual(4);
    expect(greatest(await changed({ ...change, swapped: true }), (await goldenArray(`perturb/jpeg_bgr_q${quality}`)).data)).toBeLessThanOrEqual(4);
  });
});
