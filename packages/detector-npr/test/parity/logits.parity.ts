import type { Image } from '@syntrace/core';
import { decode } from '@syntrace/image-io';
import { importCheckpoint } from '@syntrace/model-runtime';
import { expect, it } from 'vitest';
import { openHost } from '../../../detector-frequency/test/kernels.js';
import { nprDetector } from '../../src/detector.js';
import { golden, runtime } from '../platform/node.js';
import { importable } from '../seeded.js';

const PICTURES = ['photo_256', 'upblur_256', 'nearest2x_256', 'odd_161x213', 'tiny_8'];
const host = openHost();

/** Largest difference of a logit from the official network's. */
const ALLOWED = 1e-4;

it('logits on every provider', async () => {
  const { inference } = JSON.parse(new TextDecoder().decode(await golden('inference.json'))) as { inference: Record<string, { logit: number }> };
  const { artifact: weights } = await importCheckpoint(await golden('npr_seed100.pth'), 'npr_seed100.pth', importable!, runtime());
  for (const { id, availability } of await runtime('webgpu')
    .providers()
    .catch(() => runtime().providers())) {
    if (!availability.ok) {
      console.log(`${id}: ${availability.message}`);
      continue;
    }
    const models = runtime(id);
    const open = await nprDetector({ weights, look: 'whole' }).open({ ...host.context, models });
    for (const name of id === 'webgpu' ? PICTURES.slice(-1) : PICTURES) {
      const image: Image = await decode(await golden(`${name}.png`));
      const [score] = await host.withRun(run => open.detect([image], run));
      const difference = Math.abs(score!.score! - inference[name]!.logit);
      console.log(`| ${id} | ${name} | ${score!.score!.toFixed(6)} | ${difference.toExponential(1)} |`);
      expect(difference).toBeLessThan(ALLOWED);
    }
    await open.close();
    await models.close();
  }
});
