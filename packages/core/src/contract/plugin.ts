import type { Detector, Intermediate } from './detector.js';
import type { KernelBackend } from './kernels.js';

/** Number of the plugin contract. A change that a plugin can notice makes a new number and a folder beside this one. */
export const PLUGIN_CONTRACT = 1;

/** What a plugin says that it can't do, each true unless given. The conformance kit (`@syntrace/testkit`) leaves those rules out and says so. */
export interface Supports {
  /** The same bits for the same picture. */
  readonly determinism?: boolean;
  /** Runs without Node's modules. */
  readonly browser?: boolean;
  /** Members of an ensemble. */
  readonly ensemble?: boolean;
  /** Pictures and answers pass between threads. */
  readonly worker?: boolean;
}

/** What a package offers to Syntrace. Importing it has no effect; `use(plugin)` registers it. */
export interface Plugin {
  readonly name: string;
  /** Semantic version of the package. */
  readonly version: string;
  readonly contract: typeof PLUGIN_CONTRACT;
  readonly detectors?: readonly Detector[];
  readonly kernels?: readonly KernelBackend[];
  readonly intermediates?: readonly Intermediate[];
  readonly supports?: Supports;
}
