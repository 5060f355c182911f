import type { Artifact, BackendReport, Detection, EnsembleSpec, Explanation, JpegInfo, ProviderReport, Verdict, Warning } from '@syntrace/core';
import type { Change } from '@syntrace/datasets/change';
import type { Measurement } from 'syntrace/bench';

/** What page and workers say to each other. Everything here can be cloned. */

/** A listener on the other side. Waiting for it keeps the order of what is said, and lets a worker hear that it is to stop. */
export type Report<T> = (value: T) => void | Promise<void>;

/** A server that judges in place of this machine; `key` is '' where it asks for none. */
export interface ServerAddress {
  readonly address: string;
  readonly key: string;
}

export interface EngineSettings {
  /** `auto`, or a backend's id. */
  readonly backend: string;
  /** Execution provider of models: `auto`, `webgpu`, `wasm`. */
  readonly provider: string;
  /** `null`: this machine judges. */
  readonly server: ServerAddress | null;
}

/** An error in the user's words. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** What the user adds to the detectors that are there; each worker is told. */
export type Addition =
  | { readonly kind: 'plugin'; readonly name: string; readonly address: string }
  | { readonly kind: 'weights'; readonly name: string; readonly artifact: Artifact }
  | { readonly kind: 'fingerprints'; readonly name: string; readonly bytes: Uint8Array };

export interface DetectorInfo {
  readonly id: string;
  readonly version: string;
  readonly plugin: string;
  readonly description: string;
  readonly unit: 'image' | 'collection';
  readonly restsOn: 'pixels' | 'declaration';
  readonly byDefault: boolean;
  /** Takes published checkpoints. */
  readonly importable: boolean;
}

/** What judges in a session. */
export interface Registered {
  readonly detectors: readonly DetectorInfo[];
  /** What judges when the user composed nothing; `null`: equal weights over all that judge by default. */
  readonly ensemble: EnsembleSpec | null;
}

export interface Named {
  readonly name: string;
  readonly file: Blob;
}

/** How a picture was stored and read. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  readonly format: string;
  readonly bytes: number;
  readonly decoder: string;
  readonly jpeg: JpegInfo | null;
  readonly warnings: readonly Warning[];
}

export interface JudgeJob extends Named {
  readonly job: string;
  readonly detectors: readonly string[];
  /** Longer side of the small copy, or 0 where one is there already. */
  readonly preview: number;
}

/** Progress of one picture. `ms` counts from the start of the job. */
export type JudgeEvent =
  | { readonly type: 'decoded'; readonly facts: PictureFacts; readonly ms: number }
  | { readonly type: 'detection'; readonly detection: Detection; readonly ms: number }
  | { readonly type: 'preview'; readonly picture: Uint8Array };

/** The drawings of one detector, or of a look that needs no detector. */
export interface EvidenceGroup {
  readonly id: string;
  /** The detector's id, or what the look is called. */
  readonly title: string;
  readonly explanations: readonly Explanation[];
}

export interface InspectionSection {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What is known about a file, by the code behind `syntrace inspect`. */
export interface Inspected {
  readonly declared: string;
  readonly sections: readonly InspectionSection[];
}

export interface BackendsReport {
  readonly inUse: string;
  readonly backends: readonly BackendReport[];
  readonly providers: readonly ProviderReport[];
  readonly isolated: boolean;
  readonly cores: number;
}

/** One point of a robustness curve. */
export interface ChangedScore {
  readonly score: number | null;
  readonly probability: number | null;
  readonly threshold: number | null;
  readonly verdict: Verdict;
  readonly width: number;
  readonly height: number;
  readonly problem: string | null;
}

export type { Change, Measurement };

/** A picture as RGBA for display. */
export type Drawing = Explanation['picture'];

export interface PileJob {
  readonly pictures: readonly Named[];
  /** Photographs known to be real; empty: pictures are only clustered. */
  readonly reference: readonly Named[];
  /** Side of the middle window that is compared, or `null`: whole pictures, which must be of one size. */
  readonly window: number | null;
  /** PCE above which clusters merge, or `null`: the calibrated, else a published one. */
  readonly mergeThreshold: number | null;
  readonly minimumCluster: number;
}

export interface PileProgress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
}

export interface PilePicture {
  readonly name: string;
  readonly verdict: Verdict;
  readonly thumbnail: Uint8Array | null;
  /** Why it was left out, or what the answer rests on. */
  readonly said: readonly string[];
}

export interface PileCluster {
  readonly id: string;
  readonly verdict: Verdict;
  /** Places in `pictures`. */
  readonly members: readonly number[];
  readonly evidence: readonly Explanation[];
}

export interface PileResult {
  readonly pictures: readonly PilePicture[];
  readonly clusters: readonly PileCluster[];
  /** Places of pictures alike to none other. */
  readonly alone: readonly number[];
  readonly left: readonly { readonly name: string; readonly reason: string }[];
  readonly warnings: readonly Warning[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly judged: boolean;
  readonly seconds: number;
}
