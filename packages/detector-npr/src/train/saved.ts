import { type Checkpoint, readSafetensors, type StoredTensor, SyntraceError, type TrainingEpoch, writeSafetensors } from '@syntrace/core';

/** A training between two epochs. */
export interface Saved {
  readonly epochs: readonly TrainingEpoch[];
  /** As `NetworkTrainer.checkpoint` wrote it. */
  readonly trainer: Uint8Array;
  /** Weights of the best epoch so far, as safetensors. */
  readonly best: Uint8Array;
  readonly bestLoss: number;
}

const FILE = 'the checkpoint';

/** Keeps a training in one record, so that its parts belong together after a crash. */
export async function save(checkpoint: Checkpoint | undefined, key: string, { epochs, trainer, best, bestLoss }: Saved): Promise<void> {
  const told = {
    bestLoss,
    epochs: epochs.map(each => ({ ...each, validation: each.validation.map(v => ({ ...v, labels: [...v.labels], scores: [...v.scores] })) })),
  };
  const bytes = (data: Uint8Array): StoredTensor<'u8'> => ({ dtype: 'u8', shape: [data.length], data });
  await checkpoint?.put(
    key,
    writeSafetensors(
      new Map([
        ['trainer', bytes(trainer)],
        ['best', bytes(best)],
        ['told', bytes(new TextEncoder().encode(JSON.stringify(told)))],
      ]),
    ),
  );
}

/** What was kept, or nothing. @throws ARTIFACT_INVALID */
export async function saved(checkpoint: Checkpoint | undefined, key: string): Promise<Saved | null> {
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
  return { epochs, trainer: part('trainer'), best: part('best'), bestLoss: told.bestLoss };
}
