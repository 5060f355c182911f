import { readSafetensors, SyntraceError, type TrainingEpoch, writeSafetensors } from '@syntrace/core';
import { type Heads, readHeads, wholeHeads } from '../model/heads.js';

/** A generator's trained mask with its epochs, which are told without their validation scores. */
export interface TrainedGenerator {
  readonly heads: Heads;
  readonly epochs: readonly TrainingEpoch[];
}

const [NAME, TOLD] = ['kept', 'told'];

/** As bytes for a checkpoint. */
export function keepable({ heads, epochs }: TrainedGenerator): Uint8Array {
  const told = new TextEncoder().encode(
    JSON.stringify(epochs.map(each => ({ ...each, validation: each.validation.map(({ condition, loss }) => ({ condition, loss })) }))),
  );
  return writeSafetensors(new Map([...wholeHeads(NAME, heads), [TOLD, { dtype: 'u8', shape: [told.length], data: told }] as const]));
}

/** @throws ARTIFACT_INVALID */
export function keptGenerator(bytes: Uint8Array, side: number): TrainedGenerator {
  const refuse = (detail: string): never => {
    throw new SyntraceError('ARTIFACT_INVALID', { file: 'the checkpoint', detail });
  };
  const tensors = readSafetensors(bytes, 'the checkpoint');
  const told = tensors.get(TOLD)?.data;
  if (!(told instanceof Uint8Array)) return refuse('it does not tell of its epochs');
  const epochs = (JSON.parse(new TextDecoder().decode(told)) as readonly TrainingEpoch[]).map(each => ({
    ...each,
    validation: each.validation.map(({ condition, loss }) => ({ condition, loss, labels: new Uint8Array(), scores: new Float32Array() })),
  }));
  return { heads: readHeads(tensors, NAME, side, refuse), epochs };
}
