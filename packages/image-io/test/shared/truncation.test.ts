import { SyntraceError } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { decode, filesIn, manifest, readFixture } from '../platform/node.js';
import { sha256 } from './helpers.js';

/** Cut lengths: every byte of the first 40, then steps, then every byte of the last 12. */
function cuts(length: number): number[] {
  const steps = Array.from({ length: 24 }, (_, i) => Math.round((length * (i + 1)) / 25));
  const ends = Array.from({ length: 12 }, (_, i) => length - 1 - i);
  return [...new Set([...Array(Math.min(40, length)).keys(), ...steps, ...ends])].filter(cut => cut >= 0 && cut < length);
}

describe('a cut file is refused, or it gives the whole picture', () => {
  for (const name of filesIn('images')) {
    it(name, async () => {
      const bytes = await readFixture(`images/${name}`);
      const { sha256: whole, format } = manifest.images[name]!;
      for (const cut of cuts(bytes.length)) {
        const start = performance.now();
        const outcome = await decode({ uri: name, data: bytes.slice(0, cut) }).catch((error: unknown) => error);
        expect(performance.now() - start, `cut at ${cut}`).toBeLessThan(3000);
        if (outcome instanceof Error) {
          if (!SyntraceError.is(outcome)) throw outcome;
          // Of a few bytes one cannot say what they were the start of.
          const codes =
            cut < 16
              ? ['IMAGE_EMPTY', 'IMAGE_FORMAT_UNKNOWN', 'IMAGE_TRUNCATED', 'IMAGE_CORRUPT']
              : ['IMAGE_TRUNCATED', 'IMAGE_CORRUPT', 'IMAGE_FORMAT_UNSUPPORTED'];
          expect(codes, `cut at ${cut}: ${outcome.message}`).toContain(outcome.code);
          if (cut >= 16 && ['jpeg', 'png', 'webp', 'gif'].includes(format) && outcome.code !== 'IMAGE_FORMAT_UNSUPPORTED')
            expect(outcome.code, `cut at ${cut}`).toBe('IMAGE_TRUNCATED');
        } else if (whole) expect(await sha256((outcome as { data: Uint8Array }).data), `cut at ${cut}`).toBe(whole);
      }
    });
  }
});

describe('a damaged file gives an image or a typed error, in bounded time', () => {
  for (const name of filesIn('images')) {
    it(name, async () => {
      const bytes = await readFixture(`images/${name}`);
      let state = 12345;
      const random = (below: number) => {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0;
        return (state >>> 8) % below;
      };
      for (let round = 0; round < 20; round++) {
        const damaged = bytes.slice();
        for (let i = 0; i <= round % 3; i++) damaged[random(bytes.length)] = random(256);
        const start = performance.now();
        const outcome = await decode({ uri: name, data: damaged }, { maxPixels: 4_000_000 }).catch((error: unknown) => error);
        expect(performance.now() - start, `round ${round}`).toBeLessThan(3000);
        if (SyntraceError.is(outcome)) continue;
        if (outcome instanceof Error) throw outcome;
        const { width, height, channels, data } = outcome as { width: number; height: number; channels: number; data: Uint8Array };
        expect(data.length).toBe(width * height * channels);
      }
    });
  }
});
