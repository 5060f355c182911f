import type { Image } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { fixture, loadAsset } from '../test/platform/node.js';
import { provenanceDetector } from './detector.js';

const image = (encoded: Uint8Array | null) => ({ width: 48, height: 32, channels: 3, source: { uri: 'x', encoded } }) as Image;
const run = { signal: new AbortController().signal } as never;

async function judge(encoded: Uint8Array | null) {
  const open = await provenanceDetector().open({ loadAsset } as never);
  const [score] = await open.detect([image(encoded)], run);
  await open.close();
  return score!;
}

describe('the detector', () => {
  it('calls synthetic what is declared so, with the strongest sign alone', async () => {
    const score = await judge(await fixture('both.webp'));
    expect(score).toMatchObject({ verdict: 'synthetic', score: 5, threshold: 0 });
    expect(score.probability).toBeCloseTo(1 / (1 + Math.exp(-5)), 9);
    expect(JSON.stringify(score)).not.toContain('lake"');
  });

  it.each([
    ['plain.jpg', 'PROVENANCE_NOTHING'],
    ['camera.jpg', 'PROVENANCE_NOTHING'],
    ['iptc-capture.jpg', 'PROVENANCE_CAPTURE'],
    ['comfyui-screenshot.png', 'PROVENANCE_UNDECIDED'],
  ])('abstains on %s with a reason, and never says real', async (name, code) => {
    const { score, probability, verdict, warnings } = await judge(await fixture(name));
    expect([score, probability, verdict]).toEqual([null, null, 'inconclusive']);
    expect(warnings[0]?.code).toBe(code);
  });

  it('shows what the camera side contradicts itself in, which decides nothing', async () => {
    const { score, statements } = await judge(await fixture('camera-differs.jpg'));
    expect(score).toBeNull();
    expect(statements?.join('; ')).toMatch(/names the camera NIKON D750.*of another maker than NIKON.*EXIF gives another size/);
  });

  it('abstains on pixels that never were a file', async () => {
    expect((await judge(null)).warnings).toMatchObject([{ code: 'PROVENANCE_NO_FILE' }]);
  });
});
