import { type ImportableClassifiers, type ModelRuntime, parametersOf, SyntraceError, sha256 } from '@syntrace/core';
import { networkOf, readSavedModel } from '../checkpoint/saved-model/read-saved-model.js';
import { type PublishedStatistics, statisticsFor } from '../checkpoint/saved-model/statistics.js';
import type { Imported } from './import-checkpoint.js';
import { exportRecorded, MODEL_FILE, prove } from './prove.js';

/** A published classifier as it lies in its folder. */
export interface ClassifierFiles {
  /** What errors and the card call it. */
  readonly folder: string;
  /** By their path in the folder, with `/`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Absent for a classifier of pixels. */
  readonly statistics?: PublishedStatistics;
}

/** Turns a SavedModel folder of a published classifier into `model.onnx`, the files beside it and the card. The detector says which of its networks it is;
 *  that network with seeded weights must first answer here as another implementation of it does. O(parameters)
 *  @throws CHECKPOINT_INVALID, CHECKPOINT_MISMATCH, DATA_INVALID for statistics that do not fit, IMPORT_PROOF, and whatever opening a model throws */
export async function importClassifier(
  { folder, files, statistics }: ClassifierFiles,
  importable: ImportableClassifiers,
  models: ModelRuntime,
): Promise<Imported> {
  const { found, state, version } = readSavedModel(files, folder);
  const recognised = importable.recognise(found);
  if (typeof recognised === 'string') throw new SyntraceError('CHECKPOINT_MISMATCH', { file: folder, network: 'a published classifier', detail: recognised });
  const { network, finish } = recognised;
  const names = parametersOf(network).map(({ name }) => name);
  const own = new Map(parametersOf(networkOf(found)).map(({ name }, i) => [names[i]!, state.get(name)!]));
  const parts = { state: own, ...(statistics && { statistics: statisticsFor(found.input, statistics) }) };
  const proof = await prove(recognised.proof.network, recognised.proof, models);
  const layout = `SavedModel, Keras ${version}`;
  const { card, files: beside } = await finish({ file: folder, sha256: await sha256OfAll(files), layout }, parts);
  const { channels, height, width } = found.input;
  const { recorded, ...model } = await exportRecorded(network, own, [2, channels, height, width], models);
  const sums = { [MODEL_FILE]: model.sha256, ...card.files };
  return { artifact: { card: { ...card, files: sums, recorded }, files: new Map([[MODEL_FILE, model.bytes], ...beside]) }, layout, proof };
}

/** Of the lines that `sha256sum` prints for the files, by their paths in order. */
async function sha256OfAll(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const lines = await Promise.all([...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(async ([name, bytes]) => `${await sha256(bytes)}  ${name}\n`));
  return sha256(new TextEncoder().encode(lines.join('')));
}
