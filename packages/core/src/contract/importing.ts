import type { StoredTensor } from '../artifact/safetensors.js';
import type { ModelFile, RecordedRun } from './models.js';
import type { Layer, Network } from './network.js';
import type { Artifact, ModelCard } from './training.js';

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

/** An array of a checkpoint, not yet converted: little-endian bytes, a view of the file. */
export interface CheckpointTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** How far a seeded network was from its official implementation on this machine. */
export interface Proof {
  readonly provider: string;
  readonly difference: number;
  readonly allowed: number;
}

/** What reading files may use; `@syntrace/model-runtime` makes it. */
export interface ImportTools {
  /** The state in a checkpoint, and how the file wraps it; nothing in it is executed. @throws CHECKPOINT_INVALID, CHECKPOINT_UNSAFE */
  read(bytes: Uint8Array, file: string): { readonly tensors: ReadonlyMap<string, CheckpointTensor>; readonly layout: string };
  /** A network's complete state out of tensors that hold nothing else; a common prefix is cut. @throws CHECKPOINT_MISMATCH */
  fit(tensors: ReadonlyMap<string, CheckpointTensor>, network: Network, file: string): ReadonlyMap<string, StoredTensor<'f32'>>;
  /** Lets a network with its weights answer here. @throws IMPORT_PROOF when it does not answer as recorded */
  prove(network: Network, state: ReadonlyMap<string, StoredTensor<'f32'>>, run: RecordedRun): Promise<Proof>;
  /** A network with its weights as an ONNX file, with its answer to an input of that shape. */
  exported(
    network: Network,
    state: ReadonlyMap<string, StoredTensor<'f32'>>,
    shape: readonly number[],
  ): Promise<ModelFile & { readonly recorded: RecordedRun }>;
}

/** The half of a detector that takes published files which are more than the state of one network: one file, or a folder of them with tables beside. */
export interface ImportableFiles {
  /** Whether a file of a folder is read, by its path in it, with `/`. */
  reads(path: string): boolean;
  /** @throws CHECKPOINT_INVALID, CHECKPOINT_UNSAFE, CHECKPOINT_MISMATCH, DATA_INVALID, IMPORT_PROOF */
  take(
    files: ReadonlyMap<string, Uint8Array>,
    name: string,
    tools: ImportTools,
  ): Promise<{ readonly artifact: Artifact; readonly layout: string; readonly proof: Proof }>;
}
