import magick from '@imagemagick/magick-wasm/magick.wasm?url';
import { describe, expect, it } from 'vitest';
import { avifCodec } from '../../src/avif/index.js';
import checksums from '../fixtures/avif-in-node.json' with { type: 'json' };
import { decode, filesIn, manifest, readFixture } from '../platform/browser.js';
import { refusalOf, sha256 } from '../shared/helpers.js';

const codecs = [avifCodec(magick)];
const names = filesIn('images').filter(name => name.endsWith('.avif'));

describe('AVIF by the codec that is handed in', () => {
  it('a module that is not there says so, and harms no later one', async () => {
    const bytes = await readFixture('images/avif-444.avif');
    expect((await refusalOf(decode(bytes, { codecs: [avifCodec('/fixtures/none.wasm')] }))).code).toBe('IMAGE_DECODER_UNAVAILABLE');
  });

  for (const name of names)
    it(`${name}: the samples of Node`, async () => {
      const image = await decode(await readFixture(`images/${name}`), { codecs });
      expect(await sha256(image.data)).toBe(checksums[name as keyof typeof checksums]);
      expect(image.source).toMatchObject({ decoder: 'libheif (@imagemagick/magick-wasm)', orientation: manifest.images[name]!.orientation });
      expect(image.warnings.map(({ code }) => code).sort()).toEqual(manifest.images[name]!.warnings);
    });

  it('damaged data is refused, and the next picture read', async () => {
    const bytes = await readFixture('images/avif-444.avif');
    const damaged = bytes.slice();
    damaged.fill(0x55, bytes.length - 300);
    expect((await refusalOf(decode(damaged, { codecs }))).code).toBe('IMAGE_CORRUPT');
    expect((await decode(bytes, { codecs })).width).toBe(64);
  });
});
