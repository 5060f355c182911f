import { describe, expect, it } from 'vitest';
import { checkCanvas } from '../../src/browser/canvas-honesty.js';
import { decode, readFixture } from '../platform/browser.js';

const both = async (name: string) => {
  const data = await readFixture(`images/${name}`);
  return { fast: await decode({ uri: name, data }, { decoder: 'fast' }), exact: await decode({ uri: name, data }) };
};

describe('the browser’s own decoder', () => {
  for (const [name, most] of [
    ['q90-444.jpg', 4],
    // Whoever applies the profile changes every sample by far more.
    ['icc-swapped.jpg', 4],
    ['grey.jpg', 2],
    ['rgb-8.png', 0],
    ['icc-swapped.png', 0],
    ['gamma-1.png', 0],
    ['lossless.webp', 0],
    ['interlaced.gif', 0],
  ] as const) {
    it(`${name}: at most ${most} levels from the exact one`, async () => {
      const { fast, exact } = await both(name);
      expect(fast.source.decoder).toBe('browser (createImageBitmap)');
      expect(exact.source.decoder).not.toBe(fast.source.decoder);
      expect([fast.width, fast.height, fast.channels]).toEqual([exact.width, exact.height, exact.channels]);
      expect(fast.data.reduce((largest, value, i) => Math.max(largest, Math.abs(value - exact.data[i]!)), 0)).toBeLessThanOrEqual(most);
    });
  }

  it('reads AVIF, which has no exact decoder here', async () => {
    const image = await decode(await readFixture('images/avif-444.avif'), { decoder: 'fast' });
    expect([image.width, image.height, image.source.decoder]).toEqual([64, 48, 'browser (createImageBitmap)']);
  });

  for (const name of ['rgba-8.png', 'exif-orientation-6.jpg', 'rgb-16.png'])
    it(`${name}: the exact decoder steps in and says so`, async () => {
      const { fast, exact } = await both(name);
      expect(fast.data).toEqual(exact.data);
      expect(fast.source.decoder).toBe(exact.source.decoder);
      expect(fast.warnings.map(({ code }) => code)).toContain('IMAGE_DECODED_EXACTLY');
      expect(exact.warnings.map(({ code }) => code)).not.toContain('IMAGE_DECODED_EXACTLY');
    });

  it('notices a canvas that adds noise', async () => {
    expect(await checkCanvas()).toBe(true);
    const original = OffscreenCanvasRenderingContext2D.prototype.getImageData;
    OffscreenCanvasRenderingContext2D.prototype.getImageData = function (this: OffscreenCanvasRenderingContext2D, ...args) {
      const picture = original.apply(this, args);
      picture.data[5] = picture.data[5]! ^ 1;
      return picture;
    };
    try {
      expect(await checkCanvas()).toBe(false);
    } finally {
      OffscreenCanvasRenderingContext2D.prototype.getImageData = original;
    }
  });
});
