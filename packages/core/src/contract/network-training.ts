import type { StoredTensor } from '../artifact/safetensors.js';

/** How gradients become steps. Adam (Kingma and Ba 2015): `betas` 0.9 and 0.999, `epsilon` 1e-8 beside the root of the second moment, which is corrected before
 *  epsilon is added (`corrected`, as PyTorch has it; Keras adds it before); `decay` shrinks weights by rate·decay a step (decoupled), 0 by default.
 *  `descent`: rate·gradient, without momentum. */
export type TrainingMethod =
  | { readonly kind: 'adam'; readonly betas?: readonly [number, number]; readonly epsilon?: number; readonly corrected?: boolean; readonly decay?: number }
  | { readonly kind: 'descent' };

/** How a network is trained. */
export interface NetworkTraining {
  /** `binary`: one logit, labels 0 and 1. `softmax`: a logit a class, labels are classes. Both are means over the batch. */
  readonly loss: 'binary' | 'softmax';
  /** Learning rate of the first step. */
  readonly rate: number;
  /** Of the parameters to begin with, and of dropout. */
  readonly seed: number;
  /** Default: Adam as PyTorch has it. */
  readonly method?: TrainingMethod;
  /** Parameters to begin with. `he-fan-out` (default): convolutions normal with variance 2/(out·kernel²), linear layers as PyTorch's; `glorot`: uniform in ±√(6/(fan in + fan
   *  out)), biases 0, as Keras has them. */
  readonly initial?: 'he-fan-out' | 'glorot';
  /** By a parameter's name, e.g. `fc1.weight`: l1·Σ|w| + l2·Σw², added to the loss. */
  readonly penalties?: Readonly<Record<string, { readonly l1: number; readonly l2: number }>>;
  /** Default: all cores. */
  readonly threads?: number;
}

/** What one step did; all of it before the step. */
export interface TrainedStep {
  /** With penalties. */
  readonly loss: number;
  /** L2 norm of the whole gradient. */
  readonly gradient: number;
  /** [n, k], flat. */
  readonly logits: Float32Array;
}

/** A network on its way, in float32: the same seed, batches and threads give the same weights on one kind of processor.
 *  A batch's arrays must be left alone until its promise is kept. Calls may be made ahead: they are done in turn, beside the caller's thread. */
export interface NetworkTrainer {
  /** Steps so far. */
  readonly steps: number;
  /** A step on [n, channels, h, w]. O(batch · multiply-adds of the network), memory about three times its activations. @throws TRAINING_INVALID also for a loss that is not finite */
  step(batch: StoredTensor<'f32'>, labels: Uint8Array): Promise<TrainedStep>;
  /** Logits [n, k], flat, as in use: running statistics, no dropout. @throws TRAINING_INVALID */
  evaluate(batch: StoredTensor<'f32'>): Promise<Float32Array>;
  /** Learning rate of the steps to come. @throws TRAINING_INVALID */
  setRate(rate: number): void;
  /** Copies of all parameters, for `writeSafetensors` and for an export. */
  state(): ReadonlyMap<string, StoredTensor<'f32'>>;
  /** Takes parameters from elsewhere; those that are not named stay. @throws TRAINING_INVALID */
  load(state: ReadonlyMap<string, StoredTensor<'f32'>>): void;
  /** Parameters, moments of the optimiser and the count of steps, as safetensors. */
  checkpoint(): Uint8Array;
  /** Goes on where a checkpoint was written. @throws TRAINING_INVALID, ARTIFACT_INVALID */
  resume(checkpoint: Uint8Array): void;
}
