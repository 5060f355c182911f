import { type Image, logistic } from '@syntrace/core';
import { decode } from '@syntrace/image-io';
import { importFiles } from '@syntrace/model-runtime';
import { expect, it } from 'vitest';
import { openHost } from '../../../detector-frequency/test/kernels.js';
import { maskSimDetector } from '../../src/detector.js';
import type { GeneratorEvidence } from '../../src/evidence.js';
import { importableFiles } from '../../src/import/importable.js';
import { golden, runtime } from '../platform/node.js';
import { artifactWith, seededHead } from '../seeded-head.js';

interface Known {
  readonly eval_512: Readonly<Record<string, { readonly similarity_float64: number; readonly probability_float64: number }>>;
}

const host = openHost();
const ROUNDS = 3;
const say = (text: string) => console.log(text);
const picture = async (name: string): Promise<Image> => decode(await golden(`${name}.png`));

it('the similarity of the official network in float64 at 512×512', async () => {
  const models = runtime();
  const { eval_512 } = JSON.parse(new TextDecoder().decode(await golden('inference.json'))) as Known;
  const imported = await importFiles(new Map([['sample_128.ckpt', await golden('sample_128.ckpt')]]), 'sample_128.ckpt', importableFiles, models);
  const weights = await artifactWith(seededHead(478), 512, imported.artifact);
  const open = await maskSimDetector({ weights }).open({ ...host.context, models });
  for (const [name, { similarity_float64, probability_float64 }] of Object.entries(eval_512)) {
    const image = await picture(`${name}_512`);
    const started = performance.now();
    const [score] = await host.withRun(run => open.detect([image], run));
    const seconds = (performance.now() - started) / 1000;
    const [{ similarity, logit }] = score!.evidence.generators as [GeneratorEvidence];
    const [a, b] = [Math.abs(similarity - similarity_float64), Math.abs(logistic(logit) - probability_float64)];
    say(`| ${name} | similarity off by ${a.toExponential(1)}, probability by ${b.toExponential(1)} | ${seconds.toFixed(1)} s with the published denoiser |`);
    expect(a).toBeLessThan(5e-6);
  }
  await open.close();
  await models.close();
});

it('time of a picture at 512×512 with the shipped weights', async () => {
  const models = runtime();
  const told: string[] = [];
  const logger = { debug() {}, info: (text: string) => told.push(text), warn() {} };
  const open = await maskSimDetector().open({ ...host.context, models, logger });
  const image = await picture('fake_512');
  const times: number[] = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const started = performance.now();
    await host.withRun(run => open.detect([image], run));
    times.push((performance.now() - started) / 1000);
  }
  say(`told beforehand: ${told.join('; ')}; took ${Math.min(...times.slice(1)).toFixed(2)} s at best, ${times[0]!.toFixed(2)} s at first`);
  await open.close();
  await models.close();
});
