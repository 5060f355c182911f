import type { DetectorContext } from './detector.js';
import type { Image } from './image.js';
import type { Window } from './kernels.js';
import type { RecordedRun } from './models.js';

/** What training does to pictures, alike to both classes: JPEG as the common encoders write it, lossy WebP, a Gaussian blur of `sigma` samples, sides times `factor`
 *  (antialiased, linear), a window, left and right exchanged, normal noise of `deviation` levels from a seed and stream, or the middle part, `fraction` of the sides less,
 *  enlarged to the old size (bicubic). */
export type TrainingChange =
  | { readonly kind: 'jpeg'; readonly quality: number; readonly subsampling: '4:2:0' | '4:4:4' }
  | { readonly kind: 'webp'; readonly quality: number }
  | { readonly kind: 'crop'; readonly window: Window }
  | { readonly kind: 'mirror' }
  | { readonly kind: 'blur'; readonly sigma: number }
  | { readonly kind: 'resize'; readonly factor: number }
  | { readonly kind: 'noise'; readonly deviation: number; readonly seed: number; readonly stream: number }
  | { readonly kind: 'enlarge'; readonly fraction: number };

/** A labelled picture that can be opened as often as training needs. */
export interface TrainingSample {
  readonly uri: string;
  /** 0 = real, 1 = synthetic. */
  readonly label: 0 | 1;
  /** The dataset it came from. */
  readonly set: string;
  /** The generator or family it belongs to; real pictures carry their set's name. */
  readonly group: string;
  /** The picture as stored, or after these changes, one after the other. `stored`: what it gave as stored before, so that it is not decoded again. */
  open(changes?: readonly TrainingChange[], stored?: Image): Promise<Image>;
}

export interface TrainingData {
  readonly name: string;
  readonly train: readonly TrainingSample[];
  /** For choosing and calibrating only. */
  readonly validation: readonly TrainingSample[];
}

/** Files of a trained model: open formats beside a model card. */
export interface Artifact {
  readonly card: ModelCard;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** How a score becomes a probability: `platt` by sigmoid(slope·score + intercept), which temperature and a learnt shift are too; `isotonic` by lines between
 *  points, constant beyond them. */
export type Calibration =
  | { readonly method: 'platt'; readonly slope: number; readonly intercept: number }
  | { readonly method: 'isotonic'; readonly scores: readonly number[]; readonly probabilities: readonly number[] };

/** `model.json`: everything that a score's meaning rests on. */
export interface ModelCard {
  readonly format: 1;
  readonly detector: string;
  readonly version: string;
  readonly method: string;
  readonly preprocessing: Readonly<Record<string, unknown>>;
  readonly labels: readonly ['real', 'synthetic'];
  /** What a model that tells more than the two labels apart calls its outputs, in order; the first is real. */
  readonly classes?: readonly string[];
  /** Score above which the verdict is `synthetic`. */
  readonly threshold: number;
  /** Scores within [low, high] are `inconclusive`. */
  readonly abstention: readonly [low: number, high: number] | null;
  /** Fitted on validation scores. */
  readonly calibration: Calibration | null;
  /** Ascending quantiles of the scores of real photographs at equally spaced levels 0…1. */
  readonly realScoreQuantiles: readonly number[];
  readonly trainingData: readonly { readonly name: string; readonly real: number; readonly synthetic: number; readonly licence: string }[];
  readonly training: Readonly<Record<string, unknown>>;
  readonly measured: Readonly<Record<string, unknown>>;
  readonly licence: string;
  /** File name → sha256 in hex. */
  readonly files: Readonly<Record<string, string>>;
  /** An answer of the model, by which a session proves itself before it is used. */
  readonly recorded?: RecordedRun;
}

export interface TrainingProgress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  /** At the end of an epoch of a network's training. */
  readonly epoch?: TrainingEpoch;
}

/** What an epoch came to. */
export interface TrainingEpoch {
  /** From 1. */
  readonly epoch: number;
  /** Since the beginning. */
  readonly steps: number;
  /** Learning rate of its last step. */
  readonly rate: number;
  /** Mean over its steps, while training. */
  readonly loss: number;
  /** Mean norm of the gradient. */
  readonly gradient: number;
  /** Without validation. */
  readonly seconds: number;
  /** Seconds of those in which the trainer waited for pictures. */
  readonly waited: number;
  /** Validation pictures in each condition, e.g. `as stored`. */
  readonly validation: readonly ValidationScores[];
}

export interface ValidationScores {
  readonly condition: string;
  readonly loss: number;
  readonly labels: Uint8Array;
  readonly scores: Float32Array;
}

/** The half of a detector that learns. Options are the method's own, by name, checked by the method. */
export interface Trainable {
  readonly options: Readonly<Record<string, TrainingOption>>;
  fit(
    data: TrainingData,
    options: Readonly<Record<string, string | number | boolean>>,
    context: DetectorContext,
    progress?: (p: TrainingProgress) => void,
  ): Promise<Artifact>;
}

/** Finished parts of a training, of each key the last, kept by the host, so that an interrupted one goes on. Keys name everything that a part depends on but the detector's version. */
export interface Checkpoint {
  get(key: string): Promise<Uint8Array | null>;
  /** What was put is there after a crash. */
  put(key: string, bytes: Uint8Array): Promise<void>;
}

/** One option of a method, enough for `--help` and for checking. */
export interface TrainingOption {
  readonly type: 'string' | 'number' | 'boolean';
  readonly default: string | number | boolean;
  readonly description: string;
  readonly choices?: readonly string[];
}
