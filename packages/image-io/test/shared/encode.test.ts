import { describe, expect, it } from 'vitest';
import { decode, encodeJpeg, encodePng, encodeThumbnail, inspectImage, platform } from '../platform/node.js';

const samples = (length: number) => Uint8Array.from({ length }, (_, i) => (37 * i + (i >> 5)) & 255);

describe('encodePng', () => {
  for (const channels of [1, 3, 4]) {
    it(`${channels} channels come back exactly`, async () => {
      const data = samples(19 * 13 * channels);
      const image = await decode(await encodePng({ width: 19, height: 13, data }));
      const colours = Math.min(3, channels);
      const expected = data.filter((_, i) => i % channels < colours);
      expect([image.width, image.height]).toEqual([19, 13]);
      // The browser's encoder writes grey as RGB.
      const given = image.channels > colours ? image.data.filter((_, i) => i % 3 === 0) : image.data;
      expect(given).toEqual(expected);
    });
  }
});

it('encodeThumbnail gives a picture of the same size', async () => {
  const facts = inspectImage(await encodeThumbnail({ width: 64, height: 48, data: samples(64 * 48 * 3) }), 'thumbnail');
  expect(facts).toMatchObject({ format: 'webp', width: 64, height: 48 });
});

describe('encodeJpeg', () => {
  const [width, height] = [150, 100];
  const scene = Uint8Array.from({ length: 3 * width * height }, (_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % width, Math.floor(i / (3 * width)), i % 3];
    return Math.round(128 + 60 * Math.sin(x / (7 + c)) + 50 * Math.cos((x + 2 * y) / (9 + 2 * c))) + ((37 * i) & 15) - 8;
  });

  // The first letters of the samples' checksum, as Node gives them.
  it.each([
    [10, '197dd351600a8836'],
    [50, '1d93db9b1f6412b8'],
    [75, '5907df0e809878bd'],
    [90, '54334c3b36cf9181'],
    [99, '0313f4b2e6ea1236'],
  ])('of quality %i gives the same samples on either platform', async (quality, digest) => {
    const image = await decode(await encodeJpeg({ width, height, data: scene }, { quality, subsampling: '4:2:0' }));
    expect(image.source.jpeg).toMatchObject({ quality, standardTables: true, subsampling: '4:2:0' });
    const sum = await crypto.subtle.digest('SHA-256', image.data as Uint8Array<ArrayBuffer>);
    expect(Array.from(new Uint8Array(sum, 0, 8), byte => byte.toString(16).padStart(2, '0')).join('')).toBe(digest);
  });

  it('refuses in a browser what its encoder cannot do', async ({ skip }) => {
    if (platform === 'node') skip('the encoder of Node can');
    await expect(encodeJpeg({ width, height, data: scene }, { quality: 90, subsampling: '4:4:4' })).rejects.toMatchObject({ code: 'IMAGE_FORMAT_UNSUPPORTED' });
  });
});
