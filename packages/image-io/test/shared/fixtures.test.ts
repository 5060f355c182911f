import { describe, expect, it } from 'vitest';
import { decode, filesIn, manifest, platform, readFixture } from '../platform/node.js';
import type { ImageFixture } from '../platform/types.js';
import { refusalOf, sha256 } from './helpers.js';

/** What the browser has no codec for, each with its reason. */
const unsupported = ({ format, needsNode }: ImageFixture): string | undefined => {
  if (platform === 'node') return undefined;
  return needsNode ? 'TIFF' : format === 'avif' ? 'AVIF' : undefined;
};

it('the folder and the manifest hold the same files', () => {
  expect(filesIn('images')).toEqual(Object.keys(manifest.images).sort());
  expect(filesIn('refused')).toEqual(Object.keys(manifest.refused).sort());
  expect(filesIn('images').length).toBeGreaterThan(100);
});

describe('samples as stored, equal to Pillow’s', () => {
  for (const name of filesIn('images')) {
    it(name, async () => {
      const expected = manifest.images[name]!;
      const bytes = await readFixture(`images/${name}`);
      const format = unsupported(expected);
      if (format) {
        const error = await refusalOf(decode({ uri: name, data: bytes }));
        expect(error.code).toBe('IMAGE_FORMAT_UNSUPPORTED');
        expect(error.message).toContain(format);
        expect(error.hint).toMatch(/Node/);
        return;
      }
      const image = await decode({ uri: name, data: bytes });
      const { width, height, channels, source } = image;
      expect({ width, height, channels, orientation: source.orientation, icc: source.icc, format: source.format, stored: source.stored }).toEqual({
        width: expected.width,
        height: expected.height,
        channels: expected.channels,
        orientation: expected.orientation,
        icc: expected.icc,
        format: expected.format,
        stored: expected.stored,
      });
      expect(image.warnings.map(({ code }) => code).sort()).toEqual(expected.warnings);
      if (expected.jpeg) expect(source.jpeg).toMatchObject(expected.jpeg);
      else expect(source.jpeg).toBeNull();
      expect(image.data.length).toBe(width * height * channels);
      if (expected.sha256) expect(await sha256(image.data)).toBe(expected.sha256);
      if (expected.sameAs) expect(image.data).toEqual((await decode(await readFixture(`images/${expected.sameAs}`))).data);
      expected.means?.forEach((mean, channel) => {
        const samples = image.data.filter((_, i) => i % channels === channel);
        expect(Math.abs(samples.reduce((sum, value) => sum + value, 0) / samples.length - mean)).toBeLessThan(1);
      });
      expect(source).toMatchObject({ uri: name, bytes: bytes.length, encoded: null });
    });
  }
});

describe('refused files', () => {
  for (const name of filesIn('refused')) {
    it(name, async () => {
      const { code, orElse = [], says = '' } = manifest.refused[name]!;
      const start = performance.now();
      const error = await refusalOf(decode({ uri: name, data: await readFixture(`refused/${name}`) }));
      expect([code, ...orElse]).toContain(error.code);
      expect(error.message).toContain(says);
      expect(error.message).toContain(name);
      expect(error.hint.length).toBeGreaterThan(0);
      expect(performance.now() - start).toBeLessThan(3000);
    });
  }
});
