import { type DetectorContext, type Kernels, type StoredTensor, SyntraceError, type TrainingOption } from '@syntrace/core';
import type { Look } from './look.js';

/** A method's own numbers by their published names. */
export type Parameters = Readonly<Record<string, number>>;
export type Tensors = ReadonlyMap<string, StoredTensor>;

/** Labelled rows under a look, standardised where the look has a standard. */
export interface Part {
  /** float32 [n, values]. */
  readonly x: Float32Array;
  /** Classes from 0, real. */
  readonly y: Uint8Array;
  readonly classes: number;
  readonly look: Look;
}

/** A fitted method on its kernels. */
export interface Scorer {
  /** Of rows [n, values]: [n, classes]. The largest is the answer, the first of equals. */
  scores(x: Float32Array): Promise<Float64Array>;
  close(): void;
}

/** What a scorer is opened with. */
export interface Fitted {
  readonly tensors: Tensors;
  readonly parameters: Parameters;
  readonly look: Look;
  readonly classes: number;
}

/** A baseline: what it learns, and how it answers. */
export interface Method {
  readonly id: string;
  /** What it is, with its source, for cards. */
  readonly title: string;
  /** What it looks at, in a sentence for people. */
  readonly description: string;
  /** Learns from real pictures alone. */
  readonly realAlone?: true;
  /** Pictures that a set of parameters needs at least; absent: two. */
  needs?(parameters: Parameters): number;
  /** What it can be shown; the first is the default. */
  readonly inputs: readonly Look['input'][];
  readonly options: Readonly<Record<string, TrainingOption>>;
  /** Published values of its grid, by the parameter's name. */
  readonly grid: Readonly<Record<string, readonly number[]>>;
  /** @throws USAGE for a value out of range */
  check(parameters: Parameters): void;
  /** Settings that the fit itself chose are among those that it gives back. @throws TRAINING_INVALID */
  fit(part: Part, parameters: Parameters, context: DetectorContext): Promise<Pick<Fitted, 'tensors' | 'parameters'>>;
  /** @throws ARTIFACT_INVALID for tensors that are not its own */
  open(fitted: Fitted, kernels: Kernels): Scorer;
  /** Accuracies on `validation` in the order of the cells, sharing what they have in common; without it each is fitted by itself. */
  cells?(train: Part, validation: Part, cells: readonly Parameters[], context: DetectorContext): AsyncIterable<number>;
}

/** The published name of a point of a method's grid: `levels.3_sigma.0.8`. */
export const parameterKey = ({ grid }: Pick<Method, 'grid'>, parameters: Parameters): string =>
  Object.keys(grid)
    .map(name => `${name}.${parameters[name]}`)
    .join('_');

/** The class of each row: the largest score, the first of equals. */
export function predicted(scores: Float64Array, classes: number): Uint8Array {
  return Uint8Array.from({ length: scores.length / classes }, (_, i) => {
    const row = scores.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
}

export const accuracyOf = (found: Uint8Array, y: Uint8Array): number => found.reduce((sum, label, i) => sum + Number(label === y[i]), 0) / y.length;

/** A tensor of a model by its name. @throws ARTIFACT_INVALID for one of another type or number of sizes, or with numbers that are not finite */
export function tensorIn<D extends 'f32' | 'f64' | 'u8'>(tensors: Tensors, name: string, dtype: D, sides: number): StoredTensor<D> {
  const tensor = tensors.get(name);
  if (tensor?.dtype === dtype && tensor.shape.length === sides && tensor.data.every(Number.isFinite)) return tensor as StoredTensor<D>;
  throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.safetensors', detail: `${name} must be ${dtype} with ${sides} sizes and finite numbers` });
}

/** @throws USAGE */
export function checkNumber(name: string, value: number, holds: (value: number) => boolean, words: string): void {
  if (!holds(value)) throw new SyntraceError('USAGE', { detail: `${name} must be ${words}, received ${value}` });
}
