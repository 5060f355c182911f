import { decode } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { jpegOf, makeTree, pngOf, ramp } from '../test/tree.js';
import { parsePerturbation, perturbedInput, recompress } from './perturbation.js';

describe('parsePerturbation', () => {
  it.each([
    ['jpeg:90', 90, '4:2:0'],
    ['jpeg:90:420', 90, '4:2:0'],
    ['jpeg:75:444', 75, '4:4:4'],
    ['jpeg:1', 1, '4:2:0'],
    ['jpeg:100:444', 100, '4:4:4'],
  ] as const)('%s encodes at that quality and subsampling', async (spec, quality, subsampling) => {
    const perturbation = parsePerturbation(spec);
    expect(perturbation.name).toBe(spec);
    const bytes = await perturbation.encode(await decode(await pngOf()));
    expect(bytes).toEqual(await jpegOf(quality, subsampling));
    expect((await decode(bytes)).source.jpeg).toMatchObject({ quality, subsampling, standardTables: true });
  });

  it.each(['', 'jpeg', 'jpeg:', 'jpeg:0', 'jpeg:101', 'jpeg:90.5', 'jpeg:-5', 'jpeg:90:422', 'jpeg:90:', 'JPEG:90', 'webp:90', 'jpeg:90 ', 'xjpeg:90'])(
    'refuses %j and says what is known',
    spec => {
      expect(() => parsePerturbation(spec)).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('jpeg:1…100') }));
    },
  );
});

describe('recompress', () => {
  it('gives the samples that a decoder sees after JPEG, under the same name', async () => {
    const image = await decode({ uri: 'a.png', data: await pngOf() });
    const again = await recompress(image, { quality: 60, subsampling: '4:2:0' });
    expect(again.source).toMatchObject({ uri: 'a.png', format: 'jpeg' });
    expect(again.data).toEqual((await decode(await jpegOf(60))).data);
    expect(again.data).not.toEqual(image.data);
  });

  it('keeps a grey picture grey', async () => {
    const image = await decode(await pngOf(24, 16, 1));
    expect(await recompress(image, { quality: 90, subsampling: '4:4:4' })).toMatchObject({ width: 24, height: 16, channels: 1 });
  });
});

describe('perturbedInput', () => {
  const jpeg = parsePerturbation('jpeg:60');

  it('reads, perturbs and encodes when it is read, under the name of the file', async () => {
    const root = makeTree({ 'a.png': await pngOf() });
    const image = await decode(perturbedInput(`${root}/a.png`, jpeg));
    expect(image.source).toMatchObject({ uri: `${root}/a.png`, format: 'jpeg' });
    expect(image.data).toEqual((await decode(await jpegOf(60))).data);
  });

  it.each([
    ['none.png', 'IMAGE_UNREADABLE'],
    ['text.png', 'IMAGE_FORMAT_UNKNOWN'],
    ['empty.png', 'IMAGE_EMPTY'],
  ])('%s fails on reading, with its own error and name', async (name, code) => {
    const root = makeTree({ 'text.png': 'no picture', 'empty.png': '' });
    const input = perturbedInput(`${root}/${name}`, jpeg);
    await expect(decode(input)).rejects.toMatchObject({ code, message: expect.stringContaining(name) });
  });

  it('keeps to the limits given', async () => {
    const root = makeTree({ 'a.png': await pngOf(ramp().width, ramp().height) });
    await expect(decode(perturbedInput(`${root}/a.png`, jpeg, { maxPixels: 100 }))).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });
});
