/// <reference path="./virtual.d.ts" />

import own from 'virtual:own-fixtures';
import type { DType, Kernels, Tensor } from '@syntrace/core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type NpyArray, parseNpy } from './npy.js';
import { takeErrors, watched } from './record.js';

/** How a suite gets its backend. */
export interface Factory {
  readonly name: string;
  readonly open: () => Promise<Kernels>;
}

/** Kernels opened once for a suite, and tensors that are freed after each test. */
export class Harness {
  #kernels: Kernels | undefined;
  #kept: Tensor[] = [];

  constructor({ open }: Factory) {
    beforeAll(async () => {
      this.#kernels = watched(await open());
    });
    afterEach(({ task }) => {
      task.meta.kernelErrors = takeErrors();
      this.#kernels?.free(...this.#kept);
      this.#kept = [];
    });
    afterAll(() => this.#kernels?.close());
  }

  get kernels(): Kernels {
    if (!this.#kernels) throw new Error('the backend did not open');
    return this.#kernels;
  }

  up<D extends DType>({ dtype, data, shape }: NpyArray<D>): Tensor<D> {
    return this.keep(this.kernels.tensor(dtype, data, shape));
  }

  keep<T extends Tensor>(tensor: T): T {
    this.#kept.push(tensor);
    return tensor;
  }

  /** Awaits a result, reads it, and frees it after the test. */
  async values(result: Promise<Tensor>): Promise<ArrayLike<number>> {
    return this.kernels.read(this.keep(await result));
  }
}

export function fixture<D extends DType = DType>(name: string): NpyArray<D> {
  const file = own.files[`${name}.npy`];
  if (!file) throw new Error(`there is no fixture ${name}: run the scripts of fixtures/`);
  return parseNpy(file) as NpyArray<D>;
}

/** The cases of an operation, from the names of the fixtures: adding a file adds a test. */
export function casesOf(op: string): string[] {
  const names = Object.keys(own.files).map(name => name.split('.'));
  return names.filter(([first, , role]) => first === op && role === 'in').map(([, name]) => name!);
}
