import type { StoredTensor } from '../artifact/safetensors.js';
import type { Image, Warning } from './image.js';
import type { Importable, ImportableClassifiers, ImportableFiles } from './importing.js';
import type { ColourMap, Kernels } from './kernels.js';
import type { ModelRuntime } from './models.js';
import type { Network } from './network.js';
import type { NetworkTrainer, NetworkTraining } from './network-training.js';
import type { Tensor } from './tensor.js';
import type { Checkpoint, ModelCard, Trainable } from './training.js';

/** `inconclusive` is a verdict: the score lies inside the abstention band, or the detector abstained. */
export type Verdict = 'real' | 'synthetic' | 'inconclusive';

/** What a detector needs before it can judge. */
export interface Requirements {
  /** Least width and height in samples; smaller pictures get an abstention. */
  readonly minimumSize: { readonly width: number; readonly height: number };
  /** Whether the detector reads `source.encoded`. The bytes are kept from decoding until the picture is judged, and only in runs with such a detector. */
  readonly encodedBytes?: boolean;
}

/** What a detector says of one image. */
export interface Score<Evidence = unknown> {
  /** Raw score, higher is more synthetic; `null` when the detector abstains. Never NaN. */
  readonly score: number | null;
  /** Calibrated probability that the image is synthetic, or an honest `null`. */
  readonly probability: number | null;
  /** Score above which the verdict is `synthetic`; `null` when the detector abstains. */
  readonly threshold: number | null;
  readonly verdict: Verdict;
  /** Share of real photographs that score at least this high, from the model card. */
  readonly realShare: number | null;
  /** Why the detector abstained or what limits the answer. */
  readonly warnings: readonly Warning[];
  readonly evidence: Evidence;
  /** Sentences for people: what the answer rests on, beside what `explain` draws. Reports show them. */
  readonly statements?: readonly string[];
}

/** A score with the name of who gave it and what it cost. */
export interface Detection<Evidence = unknown> extends Score<Evidence> {
  readonly id: string;
  readonly version: string;
  /** Milliseconds spent for this image (a batch's time divided by its images). */
  readonly ms: number;
  /** Of a member: what it added to the score of its ensemble. */
  readonly added?: number;
}

/** Something that can be drawn: RGBA samples with words to them. */
export interface Explanation {
  readonly id: string;
  readonly title: string;
  /** One sentence: what to see in it. */
  readonly description: string;
  /** RGBA, row-major, 4 · width · height samples. */
  readonly picture: { readonly width: number; readonly height: number; readonly data: Uint8Array };
  /** Whole factor to enlarge by for display, without smoothing. Default 1. */
  readonly enlarge?: number;
  /** Meaning of the ends of the colour scale, if there is one. */
  readonly scale?: { readonly low: string; readonly high: string /** Its colours, for a legend. */; readonly map?: ColourMap };
}

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

/** Reads a file that ships with a plugin: the platform's business, so that a plugin imports no `node:` module. */
export type LoadAsset = (url: URL) => Promise<Uint8Array>;

/** Decodes a small picture out of the bytes of another file: the platform's business too. */
export type DecodeEmbedded = (bytes: Uint8Array) => Promise<Image>;

/** Learners that the host offers to `fit`; made by `@syntrace/training`. Two classes have one output, whose score is high for class 1; more have an output each. The
 *  biases are free unless said otherwise. Deterministic. */
export interface Learners {
  /** L2-penalised logistic regression: minimises Σ wᵢ·logloss(yᵢ, w·xᵢ + b) / Σ wᵢ + l2·|w|²/2; of several classes the loss of the softmax. */
  logistic(problem: LinearProblem): Promise<LinearModel>;
  /** Least squares on targets −1 and 1 with l2·|w|² (ridge regression proper, not what the frequency paper calls ridge). */
  ridge(problem: LinearProblem): Promise<LinearModel>;
  /** The same with l1·Σ|w| + l2·|w|²: the elastic net; with an l2 of 0 the lasso. */
  elastic(problem: LinearProblem & { readonly l1: number }): Promise<LinearModel>;
  /** Linear support vector machine with a squared hinge: Σ wᵢ·max(0, 1 − tᵢ·scoreᵢ)² / Σ wᵢ + l2·(|w|² + b²)/2, targets −1 and 1, the bias penalised too; of several
   *  classes one against the rest. LIBLINEAR's C is 1/(l2·n) where all weights are equal. */
  squaredHinge(problem: LinearProblem): Promise<LinearModel>;
  /** One-class support vector machine with a Gaussian kernel, as LIBSVM solves it. O(n²·f). */
  oneClass(problem: OneClassProblem): Promise<OneClassModel>;
  /** A network to train, its parameters drawn from the seed. @throws TRAINING_INVALID, TRAINING_UNAVAILABLE where the platform has none */
  network(network: Network, training: NetworkTraining): Promise<NetworkTrainer>;
}

export interface LinearProblem {
  /** float32 [n,f], row-major. */
  readonly x: Float32Array;
  /** Classes from 0, each at least once. */
  readonly y: Uint8Array;
  /** n, above 0. */
  readonly sampleWeights: Float64Array;
  readonly features: number;
  /** Default 2. */
  readonly classes?: number;
  readonly l2: number;
  readonly signal?: AbortSignal;
}

export interface LinearModel {
  /** [outputs, features], row-major. */
  readonly weights: Float64Array;
  /** One for each output. */
  readonly bias: Float64Array;
  readonly iterations: number;
  /** Largest gradient component at the end; with an l1, by how much a subgradient misses nought. */
  readonly gradient: number;
}

/** Rows of one class. */
export interface OneClassProblem {
  /** float32 [n,f], row-major. */
  readonly x: Float32Array;
  readonly features: number;
  /** Bound of the share of rows that are left outside, 0…1. */
  readonly nu: number;
  /** Of the kernel exp(−gamma·|a − b|²). */
  readonly gamma: number;
  /** Largest violation of the optimality conditions. Default 1e-3, as LIBSVM has it. */
  readonly tolerance?: number;
  readonly signal?: AbortSignal;
}

/** Decision of x: Σ coefficientₖ·exp(−gamma·|x − rowₖ|²) − offset, at least 0 inside. */
export interface OneClassModel {
  /** Rows of the problem, ascending. */
  readonly support: readonly number[];
  readonly coefficients: Float64Array;
  readonly offset: number;
}

/** What a detector is given; all of the outside world that it sees. */
export interface DetectorContext {
  readonly kernels: Kernels;
  readonly loadAsset: LoadAsset;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Decodes a picture that lies inside a file, such as an EXIF thumbnail, of at most 4 megapixels. Absent where the host cannot. @throws the IMAGE_ errors */
  readonly decodeEmbedded?: DecodeEmbedded;
  /** Absent where the host runs no models. */
  readonly models?: ModelRuntime;
  /** Absent unless the host was made for training. */
  readonly learners?: Learners;
  /** For training only, when the user wants to go on later. */
  readonly checkpoint?: Checkpoint;
  /** For training only: weights to begin with, those of {@link Importable.network}. */
  readonly initial?: ReadonlyMap<string, StoredTensor<'f32'>>;
}

/** How far a phase of a run has come, in the phase's own steps. */
export interface RunProgress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
}

/** One batch's way through the detectors: shared results and cancellation. */
export interface Run {
  readonly signal: AbortSignal;
  readonly kernels: Kernels;
  readonly logger: Logger;
  /** Says how far a long piece of work has come; whoever started the run may show it. */
  progress?(progress: RunProgress): void;
  /** A named intermediate of each image, computed once per image and options whoever asks. The run owns the tensors: don't free them. */
  intermediate(id: string, images: readonly Image[], options?: IntermediateOptions): Promise<readonly Tensor<'f32'>[]>;
}

/** Options of an intermediate; equal options (by their JSON) share one result. */
export type IntermediateOptions = Readonly<Record<string, string | number | boolean>>;

/** A named result that several detectors can share, e.g. `luma`, `dct2.log`, `residual.npr`. */
export interface Intermediate {
  readonly id: string;
  /** What it computes: shape, units, source. */
  readonly description: string;
  compute(images: readonly Image[], options: IntermediateOptions, run: Run): Promise<readonly Tensor<'f32'>[]>;
}

/** A detection method. `unit` tells whether it judges images one by one or a collection at once. */
export interface Detector<Evidence = unknown> {
  readonly id: string;
  /** What it looks at, in a sentence for people. */
  readonly description: string;
  readonly unit: 'image' | 'collection';
  readonly requires: Requirements;
  /** What its answers rest on. `pixels` (default): one of several looks at the same samples, which ensembles average.
   *  `declaration`: something apart from the samples, whose log-odds an ensemble adds; it abstains where nothing is declared. */
  readonly restsOn?: 'pixels' | 'declaration';
  /** `false`: judges only when it is named, as one that has no weights yet. Default true. */
  readonly byDefault?: boolean;
  open(context: DetectorContext): Promise<OpenDetector<Evidence>>;
  /** The model card behind its answers, checksums verified; absent when it has no model. */
  card?(context: Pick<DetectorContext, 'loadAsset'>): Promise<ModelCard>;
  readonly trainable?: Trainable;
  readonly importable?: Importable;
  readonly importableClassifiers?: ImportableClassifiers;
  readonly importableFiles?: ImportableFiles;
}

export interface OpenDetector<Evidence = unknown> {
  /** Scores in the order of the batch. */
  detect(batch: readonly Image[], run: Run): Promise<readonly Score<Evidence>[]>;
  explain?(image: Image, run: Run): Promise<readonly Explanation[]>;
  close(): Promise<void>;
}

/** What a collection detector found beside its scores. */
export interface CollectionFinding {
  readonly clusters: readonly { readonly id: string; readonly images: readonly number[]; readonly verdict: Verdict }[];
  readonly explanations: readonly Explanation[];
  /** What limits the finding as a whole. */
  readonly warnings?: readonly Warning[];
  /** Results in open formats by file name, for whoever keeps them: logs, tables, arrays. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
}

/** A detector that judges a collection at once implements this beside `detect`. */
export interface OpenCollectionDetector<Evidence = unknown> extends OpenDetector<Evidence> {
  detectCollection(images: AsyncIterable<Image>, run: Run): Promise<{ scores: readonly Score<Evidence>[]; finding: CollectionFinding }>;
}
