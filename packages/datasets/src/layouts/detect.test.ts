import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyTree } from '../../test/tree.js';
import { openDataset } from '../dataset.js';
import { LAYOUTS, layoutNamed } from './detect.js';

/** Trees as the sets are published or repackaged, and the groups that they must give: name → [real, synthetic]. */
const TREES: readonly (readonly [layout: string, paths: readonly string[], groups: Readonly<Record<string, readonly [number, number]>>])[] = [
  ['two-class', ['0_real/a.png', '1_fake/b.png'], { root: [1, 1] }],
  ['two-class', ['train/real/a.png', 'train/fake/b.png', 'test/real/c.png', 'test/fake/d.png'], { root: [2, 2] }],
  ['groups', ['car/0_real/a.png', 'car/1_fake/b.png', 'cat/0_real/a.png', 'cat/1_fake/b.png'], { car: [1, 1], cat: [1, 1] }],
  [
    'forensynths',
    [
      ...['progan/airplane', 'progan/cat', 'stylegan/bedroom', 'biggan', 'deepfake'].flatMap(at => [`test/${at}/0_real/a.png`, `test/${at}/1_fake/b.png`]),
      ...['car', 'cat'].flatMap(at => [`train/${at}/0_real/a.png`, `train/${at}/1_fake/b.png`]),
    ],
    { progan: [2, 2], stylegan: [1, 1], biggan: [1, 1], deepfake: [1, 1], car: [1, 1], cat: [1, 1] },
  ],
  [
    'gangen-detection',
    ['AttGAN', 'BEGAN', 'STGAN'].flatMap(at => [`${at}/0_real/a.png`, `${at}/1_fake/b.png`]),
    { AttGAN: [1, 1], BEGAN: [1, 1], STGAN: [1, 1] },
  ],
  [
    'diffusionforensics',
    ['adm', 'iddpm', 'sdv1_new'].flatMap(at => [`${at}/0_real/a.png`, `${at}/1_fake/b.png`]),
    { adm: [1, 1], iddpm: [1, 1], sdv1_new: [1, 1] },
  ],
  [
    'diffusionforensics',
    ['test/lsun_bedroom/real/a.png', 'test/lsun_bedroom/adm/b.png', 'test/lsun_bedroom/pndm/c.png', 'train/imagenet/real/d.png', 'train/imagenet/adm/e.png'],
    { adm: [0, 2], pndm: [0, 1], lsun_bedroom: [1, 0], imagenet: [1, 0] },
  ],
  [
    'universalfakedetect',
    ['guided/1_fake/a.png', 'ldm_200_cfg/1_fake/b.png', 'imagenet/0_real/c.png', 'laion/0_real/d.png'],
    { guided: [0, 1], ldm_200_cfg: [0, 1], imagenet: [1, 0], laion: [1, 0] },
  ],
  ['universalfakedetect', ['glide_50_27/a.png', 'dalle/b.png', 'laion/c.png'], { glide_50_27: [0, 1], dalle: [0, 1], laion: [1, 0] }],
  [
    'diffusion1kstep',
    ['DALLE', 'guided-diffusion', 'improved-diffusion'].flatMap(at => [`${at}/0_real/a.png`, `${at}/1_fake/b.png`]),
    { DALLE: [1, 1], 'guided-diffusion': [1, 1], 'improved-diffusion': [1, 1] },
  ],
  [
    'aigcdetectbenchmark',
    ['ProGAN/cat', 'StyleGAN/car', 'WFIR', 'ADM', 'Glide', 'Midjourney', 'DALLE2', 'Wukong'].flatMap(at => [
      `test/${at}/0_real/a.png`,
      `test/${at}/1_fake/b.png`,
    ]),
    { ProGAN: [1, 1], StyleGAN: [1, 1], WFIR: [1, 1], ADM: [1, 1], Glide: [1, 1], Midjourney: [1, 1], DALLE2: [1, 1], Wukong: [1, 1] },
  ],
  [
    'genimage',
    ['stable_diffusion_v_1_4/imagenet_ai_0419_sdv4', 'ADM/imagenet_ai_0508_adm', 'VQDM/imagenet_ai_0419_vqdm'].flatMap(at =>
      ['train', 'val'].flatMap(split => [`${at}/${split}/nature/a.JPEG`, `${at}/${split}/ai/b.png`]),
    ),
    { stable_diffusion_v_1_4: [2, 2], ADM: [2, 2], VQDM: [2, 2] },
  ],
  [
    'synthbuster',
    ['dalle2/a.png', 'midjourney-v5/b.png', 'stable-diffusion-xl/c.png', 'RAISE-1k/d.png'],
    { dalle2: [0, 1], 'midjourney-v5': [0, 1], 'stable-diffusion-xl': [0, 1], 'RAISE-1k': [1, 0] },
  ],
  [
    'masksim',
    ['raise/JPEG_Qrandom/a.jpg', 'firefly/JPEG_Qrandom/b.jpg', 'stable-diffusion-1-3/JPEG_Qrandom/c.jpg'],
    { raise: [1, 0], firefly: [0, 1], 'stable-diffusion-1-3': [0, 1] },
  ],
];

describe('layouts', () => {
  it.each(TREES)('%s is detected and read: %j', async (layout, paths, groups) => {
    const dataset = await openDataset(emptyTree(...paths));
    expect(dataset.layout.id).toBe(layout);
    const found = dataset.groups.map(({ group, real, synthetic }) => [group === basename(dataset.root) ? 'root' : group, [real, synthetic]]);
    expect(Object.fromEntries(found)).toEqual(groups);
    expect(dataset.items).toHaveLength(paths.length);
  });

  it('has a test for each', () => {
    expect(new Set(TREES.map(([layout]) => layout))).toEqual(new Set(LAYOUTS.map(({ id }) => id)));
  });

  it('reads splits wherever they stand', async () => {
    const dataset = await openDataset(emptyTree('ADM/imagenet_ai_0508_adm/val/nature/a.JPEG', 'BigGAN/imagenet_ai_0419_biggan/train/ai/b.png'));
    expect(dataset.items.map(({ group, split, label }) => [group, split, label])).toEqual([
      ['ADM', 'val', 0],
      ['BigGAN', 'train', 1],
    ]);
  });

  it('takes one known name among strange ones for a coincidence', async () => {
    const paths = ['mine', 'yours', 'glide'].flatMap(at => [`${at}/real/a.png`, `${at}/fake/b.png`]);
    expect((await openDataset(emptyTree(...paths))).layout.id).toBe('groups');
  });

  it('does what is asked for', async () => {
    const root = emptyTree('dalle2/a.png', 'RAISE-1k/d.png');
    expect((await openDataset(root, { layout: 'synthbuster' })).items).toHaveLength(2);
    await expect(openDataset(root, { layout: 'two-class' })).rejects.toMatchObject({ code: 'DATASET_INVALID' });
    expect(() => layoutNamed('genimag')).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('did you mean "genimage"') }));
  });
});
