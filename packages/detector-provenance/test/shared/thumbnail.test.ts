import { decode } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { drawPixels } from '../../src/pixels/draw-pixels.js';
import { readPixels } from '../../src/pixels/read-pixels.js';
import { withPixels } from '../../src/pixels/with-pixels.js';
import { readProvenance } from '../../src/provenance.js';
import { contentWindow } from '../../src/thumbnail/shape.js';
import { openKernels } from '../kernels.js';
import { fixture } from '../platform/node.js';

const kernels = openKernels();
const decodeEmbedded = (data: Uint8Array) => decode({ uri: 'thumbnail', data });

async function look(name: string) {
  const data = await fixture(name);
  const image = await decode({ uri: name, data });
  const reading = await readPixels(image, data, { kernels: kernels(), decodeEmbedded });
  return { image, reading, said: withPixels(await readProvenance(data), reading) };
}

describe('the embedded thumbnail', () => {
  it.each([
    ['thumbnail-own.jpg', 'fits'],
    ['thumbnail-bars.jpg', 'fits'],
  ])('%s shows its picture, whatever was done to the brightness', async (name, verdict) => {
    const { said } = await look(name);
    expect(said.camera?.thumbnail).toMatchObject({ shapeFits: true, match: { verdict } });
    expect(said.camera?.thumbnail?.match?.correlation).toBeGreaterThan(0.95);
    expect(said.camera?.statements.join()).toMatch(/shows this picture/);
    expect(said.findings).toEqual([]);
  });

  it.each(['thumbnail-other.jpg', 'thumbnail-edited.jpg'])('%s shows something else, which declares nothing', async name => {
    const { said } = await look(name);
    expect(said.camera?.thumbnail?.match?.verdict).toBe('differs');
    expect([said.findings.map(finding => finding.code), said.declared]).toEqual([['THUMBNAIL_DIFFERS'], 'none']);
  });

  it('is drawn where it is compared, its differences bright', async () => {
    const { image, reading } = await look('thumbnail-edited.jpg');
    const [drawing, ...others] = await drawPixels(image, { earlierEncode: null, lastTable: null, thumbnail: reading.thumbnail }, kernels());
    expect(others).toEqual([]);
    expect(drawing).toMatchObject({ id: 'provenance.thumbnail', picture: { width: 96, height: 64 }, scale: { map: 'coolwarm' } });
    expect(drawing?.picture.data).toHaveLength(4 * 96 * 64);
  });

  it.each([
    ['is tiny', 'thumbnail.jpg'],
    ['has another shape', 'thumbnail-differs.jpg'],
    ['is not there', 'plain.jpg'],
  ])('that %s is not compared', async (_, name) => {
    expect((await look(name)).reading.thumbnail).toBeNull();
  });

  it('that claims to be huge is not decoded', async () => {
    const data = Uint8Array.from(await fixture('thumbnail-own.jpg'));
    // The size in the thumbnail's own frame header, 96 × 64.
    const at = data.findIndex((byte, i) => byte === 0xff && data[i + 1] === 0xc0 && data[i + 6] === 64 && data[i + 8] === 96);
    expect(at).toBeGreaterThan(0);
    for (const i of [5, 6, 7, 8]) data[at + i] = 0xff;
    const image = await decode({ uri: 'x', data });
    const limited = (thumbnail: Uint8Array) => decode({ uri: 'thumbnail', data: thumbnail }, { maxPixels: 1 << 22 });
    const reading = await readPixels(image, data, { kernels: kernels(), decodeEmbedded: limited });
    expect(reading.thumbnail).toBeNull();
  });

  it('that cannot be decoded is like none', async () => {
    const data = await fixture('thumbnail-own.jpg');
    const image = await decode({ uri: 'x', data });
    const broken = await readPixels(image, data, {
      kernels: kernels(),
      decodeEmbedded: () => decode({ uri: 'thumbnail', data: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9) }),
    });
    expect(broken.thumbnail).toBeNull();
    const failing = readPixels(image, data, { kernels: kernels(), decodeEmbedded: () => Promise.reject(new Error('no decoder')) });
    await expect(failing).rejects.toThrow('no decoder');
  });

  it('has bars only where a camera makes them', () => {
    const picture = { width: 3000, height: 2000 };
    expect(contentWindow({ width: 160, height: 107 }, picture)).toEqual({ x: 0, y: 0, width: 160, height: 107 });
    expect(contentWindow({ width: 160, height: 120 }, picture)).toEqual({ x: 0, y: 6, width: 160, height: 107 });
    expect(contentWindow({ width: 160, height: 120 }, { width: 2000, height: 3000 })).toBeNull();
    expect(contentWindow({ width: 100, height: 100 }, picture)).toBeNull();
  });
});
