import { type Learners, SyntraceError } from '@syntrace/core';
import { type LearnersOptions, learnersOf } from './learners.js';
import { fromResponse } from './wasm-source.js';

export type { LearnersOptions } from './learners.js';
export type { WasmSource } from './wasm-source.js';

/** The learners that a host gives to `fit`: `crates/learn` as WebAssembly SIMD, one thread, float64, deterministic.
 *  A fit holds the thread until it is done (use a worker for large ones); its signal is looked at before and after.
 *  @throws TRAINING_INVALID if the module cannot be loaded */
export const createLearners = (options: LearnersOptions = {}): Promise<Learners> =>
  learnersOf(
    options,
    async url => fromResponse(await fetch(url)),
    async () => missing(),
  );

const missing = (): never => {
  throw new SyntraceError('TRAINING_UNAVAILABLE', { detail: 'the engine is a Node addon', remedy: 'Train in Node; what comes out runs in a page.' });
};
