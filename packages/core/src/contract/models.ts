import type { StoredTensor } from '../artifact/safetensors.js';
import type { Availability } from './kernels.js';
import type { Network } from './network.js';

/** Inputs or outputs of a model by name. */
export type ModelTensors = Readonly<Record<string, StoredTensor<'f32'>>>;

/** What a model must answer: its outputs for an input that every platform can make again. A session proves itself by it before it is used. */
export interface RecordedRun {
  /** The input holds numbers uniform in −1…1 of {@link recordedInput} with this seed. */
  readonly seed: number;
  readonly shape: readonly number[];
  /** The first output, flat. */
  readonly output: readonly number[];
  /** Largest absolute difference, of values that are far from 1 relative to their size. */
  readonly tolerance: number;
}

/** An ONNX model in memory. */
export interface ModelFile {
  /** What errors call it, e.g. `model.onnx`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Hex; other bytes are refused. */
  readonly sha256: string;
  readonly recorded?: RecordedRun;
}

/** Why an execution provider was or was not taken. */
export interface ProviderReport {
  readonly id: string;
  readonly chosen: boolean;
  readonly availability: Availability;
}

export interface ModelRuntimeOptions {
  /** Threads of a session, the same number that kernels get. */
  readonly threads: number;
  /** `auto`, or `cpu`, `cuda`, `webgpu`, `wasm`. An explicit choice is honoured or refused, never replaced. */
  readonly provider: string;
}

/** Runs ONNX models; made by `@syntrace/model-runtime`. */
export interface ModelRuntime {
  /** Opens a model, or shares the session that is open on the same bytes.
   *  @throws MODEL_RUNTIME_MISSING, PROVIDER_UNKNOWN, PROVIDER_UNAVAILABLE, MODEL_SELF_TEST, ARTIFACT_CHECKSUM,
   *  ARTIFACT_INVALID for data outside the file, sizes above the limit and what no provider can read */
  open(model: ModelFile): Promise<ModelSession>;
  /** A network with its weights, a complete state of it, as an ONNX file. `f16`: weights of convolutions and linear layers are kept in half precision and computed with in float32. */
  exported(network: Network, state: ReadonlyMap<string, StoredTensor<'f32'>>, precision?: 'f32' | 'f16'): Promise<Uint8Array>;
  /** Every provider that this platform knows, and whether it could be used. */
  providers(): Promise<readonly ProviderReport[]>;
  /** Frees what is still open. */
  close(): Promise<void>;
}

export interface ModelSession {
  /** The execution provider that computes. */
  readonly provider: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Runs rows of inputs (their first sizes are equal) and joins the outputs' rows. At most `batch` rows at once, so that memory is bounded.
   *  @throws MODEL_FAILED */
  run(inputs: ModelTensors, options?: { readonly batch?: number }): Promise<ModelTensors>;
  /** Gives the session back; it is freed when all who share it have. Twice is harmless. */
  close(): Promise<void>;
}
