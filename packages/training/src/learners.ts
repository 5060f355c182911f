import type { Learners } from '@syntrace/core';
import { fit, fitOneClass } from './fit.js';
import { moduleAddress } from './wasm-module.js';
import { compile, type ReadAddress, type WasmSource } from './wasm-source.js';

export interface LearnersOptions {
  /** Where the WebAssembly module comes from; by default the file beside this package, read in Node and fetched elsewhere. */
  readonly wasmSource?: WasmSource | Promise<WasmSource>;
}

/** Learners on the WebAssembly module, with what trains networks on this platform. */
export async function learnersOf({ wasmSource }: LearnersOptions, read: ReadAddress, network: Learners['network']): Promise<Learners> {
  const module = await compile((await wasmSource) ?? moduleAddress(), read);
  return {
    logistic: problem => fit(module, 'logistic', problem),
    ridge: problem => fit(module, 'ridge', problem),
    elastic: problem => fit(module, 'elastic', problem),
    squaredHinge: problem => fit(module, 'squaredHinge', problem),
    oneClass: problem => fitOneClass(module, problem),
    network,
  };
}
