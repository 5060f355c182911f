import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors, SyntraceError } from '@syntrace/core';
import { decodeExample } from '../formats/example.js';
import { type NpyData, readNpy } from '../formats/npy.js';
import { readFrames } from '../formats/tfrecord.js';

/** One prepared picture. */
export interface PreparedPicture {
  readonly shape: readonly number[];
  readonly data: NpyData;
  readonly label: number;
}

/** Reads a TFRecord file of Examples, one at a time. @throws DATA_INVALID */
export async function* readRecords(path: string): AsyncGenerator<PreparedPicture> {
  for await (const payload of readFrames(path)) {
    const { image, label, shape } = decodeExample(payload, path);
    yield { data: image, label, shape };
  }
}

/** Reads the published layout, numbered .npy files with `labels.npy` (text or whole numbers), one at a time. @throws DATA_INVALID */
export async function* readPublished(folder: string): AsyncGenerator<PreparedPicture> {
  const labels = await readLabels(join(folder, 'labels.npy'));
  const files = (await readdir(folder)).filter(name => /^\d+\.npy$/.test(name)).sort();
  if (files.length !== labels.length) throw new SyntraceError('DATA_INVALID', { file: folder, detail: `${files.length} arrays and ${labels.length} labels` });
  for (const [i, name] of files.entries()) {
    const array = await readNpy(join(folder, name));
    if (array.kind === 'text') throw new SyntraceError('DATA_INVALID', { file: join(folder, name), detail: 'it holds text' });
    yield { shape: array.shape, data: array.data, label: labels[i]! };
  }
}

/** Labels of a .npy file, text or whole numbers. @throws DATA_INVALID */
export async function readLabels(file: string): Promise<readonly number[]> {
  const array = await readNpy(file);
  const labels = array.kind === 'text' ? array.text.map(Number) : [...array.data].map(Number);
  if (!labels.every(Number.isSafeInteger)) throw new SyntraceError('DATA_INVALID', { file, detail: 'a label is no whole number' });
  return labels;
}

/** Reads a shard of features and labels. @throws DATA_INVALID, ARTIFACT_INVALID */
export async function* readShard(file: string): AsyncGenerator<PreparedPicture> {
  const tensors = readSafetensors(await readFile(file).catch(error => Promise.reject(SyntraceError.from(error, 'DATA_INVALID', { file }))), file);
  const [features, labels] = [tensors.get('features'), tensors.get('labels')];
  if (!features || !labels || features.shape[0] !== labels.data.length)
    throw new SyntraceError('DATA_INVALID', { file, detail: 'it is no shard of features and labels' });
  const shape = features.shape.slice(1);
  const size = shape.reduce((a, b) => a * b, 1);
  for (const [i, label] of labels.data.entries()) yield { shape, data: features.data.slice(i * size, (i + 1) * size), label };
}
