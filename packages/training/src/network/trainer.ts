import { availableParallelism } from 'node:os';
import {
  messageOf,
  type Network,
  type NetworkTrainer,
  type NetworkTraining,
  parametersOf,
  readSafetensors,
  type StoredTensor,
  SyntraceError,
  writeSafetensors,
} from '@syntrace/core';
import type { AddonTrainer, LearnAddon } from './addon.js';

const STEPS = 'steps';
const [FIRST, SECOND] = ['first.', 'second.'];
const CHECKPOINT = 'the checkpoint';

/** A network behind the contract, on the addon's engine. @throws TRAINING_INVALID */
export function trainerOf({ Trainer }: LearnAddon, network: Network, training: NetworkTraining): NetworkTrainer {
  const parameters = parametersOf(network);
  const threads = training.threads ?? availableParallelism();
  const trainer = refusing(() => new Trainer(JSON.stringify(network), JSON.stringify(optionsOf(training)), threads));
  // Done in turn: what the thread pool begins first need not be what was asked first.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work).catch(refuse);
    turn = mine.catch(() => {});
    return mine;
  };
  const read = (name: string) => trainer.parameter(name)!;
  const state = () => new Map(parameters.map(({ name, shape }) => [name, stored(read(name), shape)] as const));
  const load = (given: ReadonlyMap<string, StoredTensor<'f32'>>) => {
    for (const [name, { data }] of given) refusing(() => trainer.setParameter(name, data));
  };
  return {
    get steps() {
      return trainer.steps();
    },
    step: ({ data, shape }, labels) => inTurn(() => trainer.step(data, [...shape], labels)),
    evaluate: ({ data, shape }) => inTurn(() => trainer.evaluate(data, [...shape])),
    setRate: rate => refusing(() => trainer.setRate(rate)),
    state,
    load,
    checkpoint() {
      const moments = parameters.flatMap(({ name, shape }) => {
        const both = trainer.moments(name);
        return both ? [[FIRST + name, stored(both[0], shape)] as const, [SECOND + name, stored(both[1], shape)] as const] : [];
      });
      const count: StoredTensor<'f64'> = { dtype: 'f64', shape: [1], data: Float64Array.of(trainer.steps()) };
      return writeSafetensors(new Map<string, StoredTensor>([[STEPS, count], ...state(), ...moments]));
    },
    resume(bytes) {
      const tensors = readSafetensors(bytes, CHECKPOINT);
      const taken = (name: string) => floats(tensors, name);
      load(new Map(parameters.map(({ name }) => [name, taken(name)] as const)));
      resumeMoments(
        trainer,
        tensors,
        parameters.map(({ name }) => name).filter(name => tensors.has(FIRST + name)),
        taken,
      );
    },
  };
}

function resumeMoments(trainer: AddonTrainer, tensors: ReadonlyMap<string, StoredTensor>, names: string[], taken: (name: string) => StoredTensor<'f32'>): void {
  const count = tensors.get(STEPS)?.data[0] ?? Number.NaN;
  if (!Number.isSafeInteger(count) || count < 0) invalid(`it does not tell its ${STEPS}`);
  const moments = (prefix: string) => names.map(name => taken(prefix + name).data);
  refusing(() => trainer.resume(count, names, moments(FIRST), moments(SECOND)));
}

function optionsOf({ loss, rate, seed, method = { kind: 'adam' }, initial = 'he-fan-out', penalties = {} }: NetworkTraining) {
  const adam = { betas: [0.9, 0.999], epsilon: 1e-8, corrected: true, decay: 0 };
  return { loss, rate, seed, initial, penalties, method: method.kind === 'adam' ? { ...adam, ...method } : method };
}

const stored = (data: Float32Array, shape: readonly number[]): StoredTensor<'f32'> => ({ dtype: 'f32', shape, data });

function floats(tensors: ReadonlyMap<string, StoredTensor>, name: string): StoredTensor<'f32'> {
  const tensor = tensors.get(name);
  return tensor?.dtype === 'f32' ? (tensor as StoredTensor<'f32'>) : invalid(`it has no ${name} in float32`);
}

const invalid = (detail: string): never => {
  throw new SyntraceError('ARTIFACT_INVALID', { file: CHECKPOINT, detail });
};

const refuse = (error: unknown): never => {
  throw new SyntraceError('TRAINING_INVALID', { detail: messageOf(error) }, error);
};

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    return refuse(error);
  }
}
