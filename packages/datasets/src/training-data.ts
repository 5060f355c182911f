import { SyntraceError, type TrainingData, type TrainingSample } from '@syntrace/core';
import { decode } from '@syntrace/image-io';
import { type Dataset, type DatasetItem, splitOf } from './dataset.js';
import { contentHash } from './hash.js';
import { recompress } from './perturbation.js';

/** `train` and `val` of several datasets as one problem. @throws DATASET_INVALID when a dataset lacks one of them, or two have the same name */
export function trainingDataOf(datasets: readonly Dataset[]): TrainingData {
  const twin = datasets.find(({ name }, i) => datasets.findIndex(other => other.name === name) < i);
  if (twin) throw new SyntraceError('DATASET_INVALID', { path: twin.root, detail: `another one is called "${twin.name}" too, and weights go by the name` });
  const samples = (split: 'train' | 'val') => datasets.flatMap(dataset => splitOf(dataset, split).map(item => sampleOf(dataset.name, item)));
  return { name: datasets.map(dataset => dataset.name).join(' + '), train: samples('train'), validation: samples('val') };
}

const sampleOf = (set: string, { path, label, group }: DatasetItem): TrainingSample => ({
  uri: path,
  label,
  set,
  group,
  async open(perturbation) {
    const image = await decode(path);
    return perturbation ? recompress(image, { quality: perturbation.jpegQuality, subsampling: perturbation.subsampling }) : image;
  },
});

/** Pictures of `validation` whose file bytes also stand in `train`: they would make the figures too good. */
export async function leakage({ train, validation }: TrainingData): Promise<readonly { readonly uri: string; readonly same: string }[]> {
  const known = new Map<string, string>();
  for (const { uri } of train) known.set(await contentHash(uri), uri);
  const found: { uri: string; same: string }[] = [];
  for (const { uri } of validation) {
    const same = known.get(await contentHash(uri));
    if (same) found.push({ uri, same });
  }
  return found;
}
