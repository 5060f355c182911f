import type { RecordedRun } from './models.js';
import type { Network } from './network.js';
import type { ModelCard } from './training.js';

/** Where imported weights came from. */
export interface ImportedFrom {
  readonly file: string;
  readonly sha256: string;
  /** How the file wraps its state, e.g. `entry "model", prefix "module."`. */
  readonly layout: string;
}

/** The half of a detector that takes published weights; `@syntrace/model-runtime` reads, checks and exports them. */
export interface Importable {
  readonly network: Network;
  /** Beginnings of names that published files carry beside the state and that are not read. Any other extra name is refused. */
  readonly ignored: readonly string[];
  /** The network with the weights of `seededState(network, seed)`, run by its official implementation: an import first proves by it
   *  that this machine exports and computes the network rightly. */
  readonly proof: { readonly seed: number; readonly run: RecordedRun };
  /** The input of the answer that is recorded for the imported weights. */
  readonly recordedShape: readonly number[];
  card(from: ImportedFrom): Omit<ModelCard, 'files' | 'recorded'>;
}
