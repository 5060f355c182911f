import { decode, encodePng } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { openKernels } from '../test/kernels.js';
import { jpegOf, makeTree, pngOf, ramp } from '../test/tree.js';
import { applyChange } from './perturb/change.js';
import { parsePerturbations, perturbedInput } from './perturbation.js';

const kernels = openKernels();

describe('parsePerturbations', () => {
  it.each([
    ['jpeg:90', { kind: 'jpeg', quality: 90, subsampling: '4:2:0' }],
    ['jpeg:90:420', { kind: 'jpeg', quality: 90, subsampling: '4:2:0' }],
    ['jpeg:75:444', { kind: 'jpeg', quality: 75, subsampling: '4:4:4' }],
    ['jpeg:1', { kind: 'jpeg', quality: 1, subsampling: '4:2:0' }],
    ['blur:1.5', { kind: 'blur', sigma: 1.5, arithmetic: 'exact' }],
    ['noise:5', { kind: 'noise', deviation: 5, seed: 1, stream: expect.any(Number) }],
    ['resize:0.5', { kind: 'resize', factor: 0.5 }],
    ['crop:0.1', { kind: 'crop', fraction: 0.1 }],
  ] as const)('%s', (spec, change) => {
    const [perturbation, ...more] = parsePerturbations(spec);
    expect(more).toEqual([]);
    expect(perturbation).toMatchObject({ name: spec, kind: change.kind, strength: Number(spec.split(':')[1]) });
    expect(perturbation!.changeOf('a.png')).toEqual(change);
  });

  it('several strengths are several perturbations', () => {
    expect(parsePerturbations('jpeg:95,75:444').map(({ name }) => name)).toEqual(['jpeg:95:444', 'jpeg:75:444']);
    expect(parsePerturbations('blur:0.5,1,2').map(({ strength }) => strength)).toEqual([0.5, 1, 2]);
  });

  it.each([
    ['jpeg:95..50', [95, 86, 77, 68, 59, 50]],
    ['jpeg:92..90', [92, 91, 90]],
    ['jpeg', [95, 86, 77, 68, 59, 50]],
    ['crop:0.1..0.2,0.5', [0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.5]],
    ['blur', [0.5, 1, 1.5, 2, 3]],
    ['noise', [1, 2, 4, 8, 16]],
    ['resize', [0.5, 0.75, 1.25, 1.5, 2]],
    ['crop', [0.1, 0.18, 0.26, 0.34, 0.42, 0.5]],
  ])('%s has the strengths %j', (spec, strengths) => {
    expect(parsePerturbations(spec).map(({ strength }) => strength)).toEqual(strengths);
  });

  it('noise differs from picture to picture and is the same again', () => {
    const [noise] = parsePerturbations('noise:5');
    expect(noise!.changeOf('a.png')).toEqual(noise!.changeOf('a.png'));
    expect(noise!.changeOf('a.png')).not.toEqual(noise!.changeOf('b.png'));
  });

  it.each([
    '',
    'jpeg:',
    'jpeg:95..',
    'jpeg:95..120',
    'jpeg:95...50',
    'jpeg:1..2..3',
    'jpeg:0',
    'jpeg:101',
    'jpeg:90.5',
    'jpeg:-5',
    'jpeg:90:422',
    'jpeg:90:',
    'JPEG:90',
    'webp:90',
    'jpeg:90 ',
    'xjpeg:90',
    'jpeg:90,',
    'blur:0',
    'blur:21',
    'blur:1:444',
    'noise:0',
    'resize:0.01',
    'crop:1',
    'toString:1',
  ])('refuses %j and says what is known', spec => {
    expect(() => parsePerturbations(spec)).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('jpeg:1…100') }));
  });
});

describe('perturbedInput', () => {
  const jpeg = parsePerturbations('jpeg:60')[0]!;

  it('reads, perturbs and encodes when it is read, under the name of the file', async () => {
    const root = makeTree({ 'a.png': await pngOf() });
    const image = await decode(perturbedInput(`${root}/a.png`, jpeg, kernels()));
    expect(image.source).toMatchObject({ uri: `${root}/a.png`, format: 'jpeg' });
    expect(image.data).toEqual((await decode(await jpegOf(60))).data);
  });

  it.each([
    ['none.png', 'IMAGE_UNREADABLE'],
    ['text.png', 'IMAGE_FORMAT_UNKNOWN'],
    ['empty.png', 'IMAGE_EMPTY'],
  ])('%s fails on reading, with its own error and name', async (name, code) => {
    const root = makeTree({ 'text.png': 'no picture', 'empty.png': '' });
    const input = perturbedInput(`${root}/${name}`, jpeg, kernels());
    await expect(decode(input)).rejects.toMatchObject({ code, message: expect.stringContaining(name) });
  });

  it('passes on what is no JPEG without loss', async () => {
    const root = makeTree({ 'a.png': await pngOf(40, 20) });
    const [blur] = parsePerturbations('blur:1');
    const image = await decode(perturbedInput(`${root}/a.png`, blur!, kernels()));
    expect(image.source.format).toBe('png');
    expect(image.data).toEqual((await decode(await encodePng(await applyChange(await decode(`${root}/a.png`), blur!.changeOf('a.png'), kernels())))).data);
  });

  it('keeps to the limits given', async () => {
    const root = makeTree({ 'a.png': await pngOf(ramp().width, ramp().height) });
    await expect(decode(perturbedInput(`${root}/a.png`, jpeg, kernels(), { maxPixels: 100 }))).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });
});
