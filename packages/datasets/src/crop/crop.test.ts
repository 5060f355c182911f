import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, encodePng } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { describeGolden, goldenArray, goldenImage, greatest } from '../../test/golden.js';
import { openKernels } from '../../test/kernels.js';
import { jpegOf, makeTree, pngOf, ramp } from '../../test/tree.js';
import { type Crop, cropFolder, cropPicture, cropWindow } from './crop.js';

const kernels = openKernels();

describe('cropWindow', () => {
  it.each<[Crop, number, number, readonly [number, number, number, number] | null]>([
    [{ kind: 'celeba' }, 178, 218, [25, 57, 128, 128]],
    [{ kind: 'celeba' }, 200, 130, [25, 2, 128, 128]],
    [{ kind: 'celeba' }, 140, 140, [12, 12, 128, 128]],
    [{ kind: 'celeba' }, 127, 300, null],
    [{ kind: 'lsun' }, 341, 256, [42, 0, 256, 256]],
    [{ kind: 'lsun' }, 256, 341, [0, 42, 256, 256]],
    [{ kind: 'lsun', compat: true }, 341, 256, [128, 0, 84, 256]],
    [{ kind: 'lsun', compat: true }, 178, 218, [0, 89, 178, 40]],
    [{ kind: 'lsun', compat: true }, 257, 256, null],
    [{ kind: 'lsun', compat: true }, 256, 256, [0, 0, 256, 256]],
    [{ kind: 'centre', width: 10, height: 4 }, 21, 9, [5, 2, 10, 4]],
    [{ kind: 'centre', width: 10, height: 10 }, 21, 9, null],
    [{ kind: 'window', x: 3, y: 2, width: 5, height: 7 }, 8, 9, [3, 2, 5, 7]],
    [{ kind: 'window', x: 4, y: 2, width: 5, height: 7 }, 8, 9, null],
  ])('%j of %i×%i', (crop, width, height, want) => {
    expect(cropWindow(crop, { width, height })).toEqual(want && { x: want[0], y: want[1], width: want[2], height: want[3] });
  });
});

describe('cropPicture', () => {
  it('keeps samples as they are', async () => {
    const image = await decode(await pngOf(24, 16));
    const { width, height, data } = await cropPicture(image, { kind: 'window', x: 2, y: 3, width: 4, height: 5 }, kernels());
    expect([width, height]).toEqual([4, 5]);
    const want = Array.from({ length: 60 }, (_, i) => ramp().data[(3 + Math.floor(i / 12)) * 72 + 6 + (i % 12)]);
    expect([...data]).toEqual(want);
  });

  it('says what is too small', async () => {
    const image = await decode({ uri: 'small.png', data: await pngOf(24, 16) });
    await expect(cropPicture(image, { kind: 'celeba' }, kernels())).rejects.toMatchObject({
      code: 'IMAGE_TOO_SMALL',
      message: expect.stringContaining('small.png is 24×16'),
    });
  });
});

describe('cropFolder', () => {
  const crop: Crop = { kind: 'centre', width: 8, height: 8 };
  const tree = async () =>
    makeTree({
      'a.jpg': await jpegOf(90),
      'b/a.png': await pngOf(),
      'c.png': await pngOf(4, 4),
      'd.png': 'no picture',
      'e.jpg': await jpegOf(80),
      'e.png': await pngOf(),
    });

  it('writes PNG under the same names, a log, and goes on after what fails', async () => {
    const [input, out] = [await tree(), join(makeTree({}), 'out')];
    const { written, failed } = await cropFolder(input, out, crop, kernels());
    expect(written).toBe(4);
    expect(failed.map(({ code }) => code)).toEqual(['IMAGE_TOO_SMALL', 'IMAGE_FORMAT_UNKNOWN']);
    expect((await readdir(out, { recursive: true })).sort()).toEqual(['a.png', 'b', 'b/a.png', 'e.jpg.png', 'e.png.png', 'files.csv', 'run.json']);
    expect(await readFile(join(out, 'files.csv'), 'utf8')).toBe(
      'source,output,error\na.jpg,a.png,\nb/a.png,b/a.png,\nc.png,,IMAGE_TOO_SMALL\nd.png,,IMAGE_FORMAT_UNKNOWN\ne.jpg,e.jpg.png,\ne.png,e.png.png,\n',
    );
    const from = await decode(join(input, 'a.jpg'));
    expect(await readFile(join(out, 'a.png'))).toEqual(Buffer.from(await encodePng(await cropPicture(from, crop, kernels()))));
  });

  it('goes on only when asked, with the same settings, and leaves what is there', async () => {
    const [input, out] = [await tree(), join(makeTree({}), 'out')];
    await cropFolder(input, out, crop, kernels());
    const before = await stat(join(out, 'a.png'));
    await expect(cropFolder(input, out, crop, kernels())).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('--resume') });
    await expect(cropFolder(input, out, { kind: 'celeba' }, kernels(), { resume: true })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('other settings'),
    });
    await expect(cropFolder(input, input, crop, kernels())).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('something else') });
    await cropFolder(input, out, crop, kernels(), { resume: true });
    expect((await stat(join(out, 'a.png'))).mtimeMs).toBe(before.mtimeMs);
  });

  it('stops at once when told to, and ends with the same files', async () => {
    const [input, out, whole] = [await tree(), join(makeTree({}), 'out'), join(makeTree({}), 'out')];
    const stop = new AbortController();
    const first = cropFolder(input, out, crop, kernels(), { concurrency: 1, signal: stop.signal, onProgress: () => stop.abort(new Error('stop')) });
    await expect(first).rejects.toThrow('stop');
    await cropFolder(input, out, crop, kernels(), { resume: true });
    await cropFolder(input, whole, crop, kernels());
    for (const name of ['a.png', 'b/a.png', 'e.png.png', 'files.csv', 'run.json'])
      expect(await readFile(join(out, name))).toEqual(await readFile(join(whole, name)));
  });
});

describeGolden('crops of the published code', () => {
  it.each(['178x218', '200x130'])('CelebA of %s: the same samples', async size => {
    const { data } = await cropPicture(await goldenImage(`photo_${size}.png`), { kind: 'celeba' }, kernels());
    expect(greatest(data, (await goldenArray(`crop/celeba_${size}`)).data)).toBe(0);
  });

  it.each(['341x256', '178x218', '256'])('LSUN of %s: within a level', async size => {
    const { data } = await cropPicture(await goldenImage(`photo_${size}.png`), { kind: 'lsun', compat: true }, kernels());
    expect(greatest(data, (await goldenArray(`crop/lsun_${size}`)).data)).toBeLessThanOrEqual(1);
  });
});
