import { type Kernels, SyntraceError, seededRandom, type TrainingData } from '@syntrace/core';
import { trainingSamples } from '@syntrace/datasets';
import { expandInputs } from '../inputs.js';

/** Share of the pictures that are trained on; the others are for choosing (MaskSim's published split). */
const TRAINED = 0.9;

/** Training data with the pictures of a folder as one more generator, split 90 to 10 by the seed. @throws USAGE for fewer than two pictures */
export async function withGenerator(data: TrainingData, name: string, folder: string, seed: number, kernels: Kernels): Promise<TrainingData> {
  const { sources } = await expandInputs([folder]);
  const paths = seededRandom(seed, `add/${name}`).shuffle(sources.filter(source => typeof source === 'string').toSorted());
  if (paths.length < 2) throw new SyntraceError('USAGE', { detail: `--add: ${folder} holds ${paths.length} pictures; two are the least` });
  const count = Math.min(paths.length - 1, Math.max(1, Math.round(TRAINED * paths.length)));
  const samples = trainingSamples(
    name,
    paths.map(path => ({ path, label: 1 as const, group: name })),
    kernels,
  );
  return { ...data, train: [...data.train, ...samples.slice(0, count)], validation: [...data.validation, ...samples.slice(count)] };
}
