import { definePlugin, type Image, type TrainingData, type TrainingSample } from '@syntrace/core';
import wasm from '@syntrace/kernels-wasm/inline';
import { pluginTests } from '@syntrace/testkit';
import { createLearners } from '@syntrace/training';
import { describe, it } from 'vitest';
import { generated, photograph } from '../../../detector-frequency/test/pictures.js';
import { baselineDetector, METHODS, type MethodId } from '../../src/index.js';

const sampleOf = (label: 0 | 1, image: Image, group: string): TrainingSample => ({
  uri: image.source.uri,
  label,
  set: 'tiny',
  group,
  open: async () => image,
});
const pair = (seed: number) => [sampleOf(0, photograph(seed, 48), 'tiny'), sampleOf(1, generated(seed + 100, 48), 'up-sampled')];
const seeds = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
const data: TrainingData = { name: 'tiny', train: seeds(1, 8).flatMap(pair), validation: seeds(40, 4).flatMap(pair) };

const backend = wasm.kernels![0]!;
const learners = await createLearners();
const kernels = await backend.open({ threads: 1 });
const context = { kernels, learners, loadAsset: async () => Promise.reject(new Error('none')), logger: console, signal: new AbortController().signal };
const ids = Object.keys(METHODS) as MethodId[];
const options = (id: MethodId) => ({ ...(id === 'csd-svm' ? {} : { size: 32 }), ...(id === 'knn' && { n_neighbors: 3 }) });
const weights = await Promise.all(ids.map(id => baselineDetector(id).trainable!.fit(data, options(id), context)));
await kernels.close();

const trained = definePlugin({
  name: 'baselines-of-a-test',
  version: '1.0.0',
  contract: 1,
  detectors: ids.map((id, i) => baselineDetector(id, { weights: weights[i]! })),
});

describe('the rules of the contract, trained', () => {
  for (const { title, leftOut, run } of pluginTests(trained, { backend, learners, pictures: 40 })) it.skipIf(leftOut !== undefined)(title, run);
});
