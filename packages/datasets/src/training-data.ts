import { type Image, type Kernels, SyntraceError, type TrainingChange, type TrainingData, type TrainingSample, withTensors } from '@syntrace/core';
import { decode, encodeWebp, mirrored, type Picture } from '@syntrace/image-io';
import { type Dataset, type DatasetItem, splitOf } from './dataset.js';
import { contentHash } from './hash.js';
import { applyChange } from './perturb/change.js';
import { imageTensor, pictureOf } from './run/tensors.js';

/** `train` and `val` of several datasets as one problem; changes are made by `kernels`. @throws DATASET_INVALID when a dataset lacks one of them, or two have the same name */
export function trainingDataOf(datasets: readonly Dataset[], kernels: Kernels): TrainingData {
  const twin = datasets.find(({ name }, i) => datasets.findIndex(other => other.name === name) < i);
  if (twin) throw new SyntraceError('DATASET_INVALID', { path: twin.root, detail: `another one is called "${twin.name}" too, and weights go by the name` });
  const samples = (split: 'train' | 'val') => datasets.flatMap(dataset => trainingSamples(dataset.name, splitOf(dataset, split), kernels));
  return { name: datasets.map(dataset => dataset.name).join(' + '), train: samples('train'), validation: samples('val') };
}

/** Pictures as samples of a set; changes are made by `kernels`. */
export const trainingSamples = (set: string, items: readonly Pick<DatasetItem, 'path' | 'label' | 'group'>[], kernels: Kernels): readonly TrainingSample[] =>
  items.map(item => sampleOf(set, item, kernels));

const sampleOf = (set: string, { path, label, group }: Pick<DatasetItem, 'path' | 'label' | 'group'>, kernels: Kernels): TrainingSample => ({
  uri: path,
  label,
  set,
  group,
  async open(changes = [], stored) {
    let image: Image = stored ?? (await decode(path));
    for (const change of changes) {
      const { width, height, data } = await changed(image, change, kernels);
      image = { ...image, width, height, data };
    }
    return image;
  },
});

async function changed(image: Image, change: TrainingChange, kernels: Kernels): Promise<Picture> {
  switch (change.kind) {
    case 'webp':
      return decode(await encodeWebp(image, change));
    case 'mirror':
      return mirrored(image);
    case 'crop':
      return withTensors(kernels, async keep => pictureOf(kernels, await kernels.crop(keep(imageTensor(kernels, image)), [change.window])));
    case 'enlarge':
      return applyChange(image, { kind: 'crop', fraction: change.fraction }, kernels);
    case 'blur':
      return applyChange(image, { ...change, arithmetic: 'exact' }, kernels);
    default:
      return applyChange(image, change, kernels);
  }
}

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
