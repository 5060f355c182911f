import type { StoredTensor } from '../artifact/safetensors.js';
import type { RecordedRun } from './models.js';
import type { Layer, Network } from './network.js';
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
   *  that this machine exports and computes the network rightly. Of one that is too large a small one of the same layers, `network`. */
  readonly proof: { readonly network?: Network; readonly seed: number; readonly run: RecordedRun };
  /** Present when the network is an encoder of pictures that others trained: its state may lie in half precision, among parts that are not read, in a file of its
   *  own; or the user has it as ONNX already. */
  readonly head?: ImportableHead;
  /** The input of the answer that is recorded for the imported weights. */
  readonly recordedShape: readonly number[];
  card(from: ImportedFrom): Omit<ModelCard, 'files' | 'recorded'>;
}

/** What a method put behind an encoder: one linear layer to the logit of synthetic. */
export interface ImportableHead {
  /** Names of its weight [1, features] and bias [1] in published files: the first pair that is there. */
  readonly names: readonly (readonly [weight: string, bias: string])[];
  /** Values of the encoder's output. */
  readonly features: number;
  /** Name of the logit in the exported file. */
  readonly output: string;
}

/** A classifier as its folder describes it; layers carry the folder's names. */
export interface FoundClassifier {
  readonly layers: readonly Layer[];
  readonly input: { readonly channels: number; readonly height: number; readonly width: number };
  readonly outputs: number;
  /** What the published code made of the logits. */
  readonly activation: 'sigmoid' | 'softmax';
  /** Of the first layer that has one: l1·Σ|w| + l2·Σw² was added to the loss. */
  readonly penalty: { readonly l1: number; readonly l2: number };
}

/** A classifier that a detector recognised. */
export interface RecognisedClassifier {
  /** The found layers under the detector's own names. */
  readonly network: Network;
  /** A network of the same kind with the weights of `seededState(network, seed)`, run by another implementation. */
  readonly proof: { readonly network: Network; readonly seed: number; readonly run: RecordedRun };
  /** Card and files beside `model.onnx`. */
  finish(from: ImportedFrom, parts: ImportedParts): Promise<{ readonly card: Omit<ModelCard, 'recorded'>; readonly files: ReadonlyMap<string, Uint8Array> }>;
}

/** What a classifier comes with. */
export interface ImportedParts {
  /** Under the names of the recognised network. */
  readonly state: ReadonlyMap<string, StoredTensor<'f32'>>;
  /** Of the training pictures' log spectra, [channels, height, width], deviations above 0; absent for a classifier of pixels. */
  readonly statistics?: { readonly mean: StoredTensor<'f32'>; readonly deviation: StoredTensor<'f32'> };
}

/** The half of a detector that takes published classifiers as TensorFlow keeps them (SavedModel folders of Keras). */
export interface ImportableClassifiers {
  /** The classifier, or in words what keeps it from being one that was published. */
  recognise(found: FoundClassifier): RecognisedClassifier | string;
}
