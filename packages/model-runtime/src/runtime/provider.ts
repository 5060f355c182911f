import type { Availability } from '@syntrace/core';
import type * as Ort from 'onnxruntime-common';

/** The part of ONNX Runtime that its Node and browser packages share. */
export type OrtModule = Pick<typeof Ort, 'InferenceSession' | 'Tensor'>;

/** An execution provider of this platform. */
export interface Provider {
  readonly id: string;
  /** `auto` takes the first that works of those that are not `onlyNamed`. */
  readonly onlyNamed: boolean;
  /** Cheap question whether sessions can work. Never throws. */
  probe(): Promise<Availability>;
  /** @throws MODEL_RUNTIME_MISSING */
  load(threads: number): Promise<OrtModule>;
  sessionOptions(threads: number): Ort.InferenceSession.SessionOptions;
}

export const unavailable = (code: string, message: string, hint: string): Availability => ({ ok: false, code, message, hint });
