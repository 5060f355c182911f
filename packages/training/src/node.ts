import { readFile } from 'node:fs/promises';
import type { Learners } from '@syntrace/core';
import { type LearnersOptions, learnersOf } from './learners.js';
import { loadAddon } from './load-addon.js';
import { trainerOf } from './network/trainer.js';
import { fromResponse } from './wasm-source.js';

export type { LearnersOptions } from './learners.js';
export type { WasmSource } from './wasm-source.js';

/** The learners that a host gives to `fit`: `crates/learn` as WebAssembly SIMD, one thread, float64, deterministic.
 *  A fit holds the thread until it is done; its signal is looked at before and after. Networks are trained by the addon of this platform, on all cores.
 *  @throws TRAINING_INVALID if the module cannot be loaded */
export const createLearners = (options: LearnersOptions = {}): Promise<Learners> =>
  learnersOf(
    options,
    async url => (url.protocol === 'file:' ? new Uint8Array(await readFile(url)) : fromResponse(await fetch(url))),
    async (network, training) => trainerOf(loadAddon(), network, training),
  );
