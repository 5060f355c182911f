import { readSafetensors, type StoredTensor, writeSafetensors } from '../artifact/safetensors.js';
import type { Checkpoint, TrainingEpoch } from '../contract/training.js';
import { SyntraceError } from '../errors.js';

type State = ReadonlyMap<string, StoredTensor<'f32'>>;

/** A network's training between two epochs. */
export interface KeptTraining {
  readonly epochs: readonly TrainingEpoch[];
  /** As `NetworkTrainer.checkpoint` wrote it. */
  readonly trainer: Uint8Array;
  /** Weights of the best epoch so far. */
  readonly best: State;
  readonly bestLoss: number;
}

const FILE = 'the checkpoint';

/** Keeps a training in one record, so that its parts belong together after a crash. */
export async function keepTraining(checkpoint: Checkpoint | undefined, key: string, { epochs, trainer, best, bestLoss }: KeptTraining): Promise<void> {
  const plain = epochs.map(each => ({ ...each, validation: each.validation.map(v => ({ ...v, labels: [...v.labels], scores: [...v.scores] })) }));
  const parts = { trainer, best: writeSafetensors(best), told: new TextEncoder().encode(JSON.stringify({ bestLoss, epochs: plain })) };
  const entries = Object.entries(parts).map(([name, data]): [string, StoredTensor<'u8'>] => [name, { dtype: 'u8', shape: [data.length], data }]);
  await checkpoint?.put(key, writeSafetensors(new Map(entries)));
}

/** What was kept, or nothing. @throws ARTIFACT_INVALID */
export async function keptTraining(checkpoint: Checkpoint | undefined, key: string): Promise<KeptTraining | null> {
  const record = await checkpoint?.get(key);
  if (!record) return null;
  const tensors = readSafetensors(record, FILE);
  const part = (name: string): Uint8Array => {
    const data = tensors.get(name)?.data;
    if (data instanceof Uint8Array) return data;
    throw new SyntraceError('ARTIFACT_INVALID', { file: FILE, detail: `it has no ${name}` });
  };
  const told = JSON.parse(new TextDecoder().decode(part('told'))) as { readonly bestLoss: number; readonly epochs: readonly TrainingEpoch[] };
  const epochs = told.epochs.map(each => ({
    ...each,
    validation: each.validation.map(v => ({ ...v, labels: Uint8Array.from(v.labels), scores: Float32Array.from(v.scores) })),
  }));
  return { epochs, trainer: part('trainer'), best: readSafetensors(part('best'), FILE) as State, bestLoss: told.bestLoss };
}
