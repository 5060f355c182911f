import { describe, expect, it } from 'vitest';
import { decode, encodePng, encodeThumbnail, inspectImage } from '../platform/node.js';

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
