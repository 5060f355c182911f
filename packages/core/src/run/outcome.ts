import type { Detection, Explanation, RunProgress, Verdict } from '../contract/detector.js';
import type { ImageSource, Warning } from '../contract/image.js';
import type { SyntraceError } from '../errors.js';

/** The answer for one image, with its evidence. */
export interface Judgement {
  /** Position in the input. */
  readonly index: number;
  readonly uri: string;
  readonly width: number;
  readonly height: number;
  readonly source: Omit<ImageSource, 'encoded'>;
  readonly verdict: Verdict;
  readonly probability: number | null;
  readonly score: number | null;
  readonly threshold: number | null;
  /** Share of real photographs that score at least this high, where it is known. */
  readonly realShare: number | null;
  /** The detectors behind the answer; an ensemble's members, not the ensemble. */
  readonly detectors: readonly Detection[];
  readonly warnings: readonly Warning[];
  /** Present when asked for. */
  readonly explanations?: readonly Explanation[];
  /** Small RGB or grey copy for display, present when asked for. */
  readonly thumbnail?: { readonly width: number; readonly height: number; readonly channels: 1 | 3; readonly data: Uint8Array };
}

/** An input that could not be judged. */
export interface Failure {
  readonly index: number;
  readonly uri: string;
  readonly error: SyntraceError;
}

export type Outcome = Judgement | Failure;

export const isFailure = (outcome: Outcome): outcome is Failure => 'error' in outcome;

/** Progress of a run; names are noun-verb. */
export type RunEvent =
  | { readonly type: 'image-start'; readonly index: number; readonly uri: string }
  | { readonly type: 'image-decode'; readonly index: number; readonly uri: string; readonly ms: number }
  | { readonly type: 'batch-start'; readonly size: number }
  | { readonly type: 'batch-end'; readonly size: number; readonly ms: number }
  | ({ readonly type: 'collection-progress' } & RunProgress)
  | { readonly type: 'image-end'; readonly index: number; readonly outcome: Outcome };
