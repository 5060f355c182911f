import type { Row, SessionOptions } from 'syntrace/session';

/** What an engine is: equal fingerprints give equal answers. */
export interface Engine {
  /** Of all detectors, their versions and weights, and the versions of the packages behind them. */
  readonly fingerprint: string;
  /** Of `syntrace`. */
  readonly version: string;
  readonly backend: string;
  readonly detectors: readonly EngineDetector[];
  /** Ids of those that judge when none is named. */
  readonly defaults: readonly string[];
}

export interface EngineDetector {
  readonly id: string;
  readonly version: string;
  readonly description: string;
  readonly unit: 'image' | 'collection';
  readonly restsOn: 'pixels' | 'declaration';
  /** Why it cannot judge here, e.g. that it has no weights. */
  readonly card: Readonly<Record<string, unknown>> | null;
}

/** What is asked about each picture of a call. */
export interface Ask {
  /** Default: the operator's choice. */
  readonly detectors?: readonly string[];
  readonly explain?: boolean;
}

export interface Picture {
  readonly uri: string;
  readonly bytes: Uint8Array;
}

export interface Drawn {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly png: Uint8Array;
}

/** The answer for one picture: `row.error` where it could not be judged. */
export interface Answer {
  readonly row: Row;
  /** Maker and model, as the file declares them. */
  readonly camera: string | null;
  readonly explanations?: readonly Drawn[];
}

/** Packed spectra of noise residuals to compare: all pairs of `rows`, or each of `rows` with each of `columns`; rows one after the other. */
export interface SpectraBlock {
  readonly rows: Float32Array;
  readonly columns: Float32Array | null;
  /** Values of a row. */
  readonly length: number;
  readonly height: number;
  readonly width: number;
  readonly threshold: number;
}

/** Pairs above the threshold, by their places in the block. */
export interface BlockPairs {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly values: readonly number[];
}

/** To the child. */
export type Task =
  | { readonly type: 'open'; readonly options: SessionOptions }
  | { readonly type: 'judge'; readonly id: number; readonly pictures: readonly Picture[]; readonly ask: Ask }
  | { readonly type: 'compare'; readonly id: number; readonly block: SpectraBlock }
  | { readonly type: 'stop'; readonly id: number };

/** From the child; answers come in the order of the pictures. */
export type Report =
  | { readonly type: 'ready'; readonly engine: Engine }
  | { readonly type: 'refused'; readonly error: { readonly code: string; readonly message: string; readonly hint: string } }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly type: 'pairs'; readonly id: number; readonly pairs: BlockPairs }
  | { readonly type: 'end'; readonly id: number; readonly error?: { readonly code: string; readonly message: string; readonly hint: string } };
