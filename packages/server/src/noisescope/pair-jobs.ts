import { createHash } from 'node:crypto';
import type { Engine } from '../judge/messages.js';

/** A block of comparisons: spectra by their keys in the store. */
export interface PairJob {
  /** What is compared and how, hashed: the name of the result. */
  readonly block: string;
  readonly rows: readonly string[];
  /** `null`: the rows with one another. */
  readonly columns: readonly string[] | null;
  readonly height: number;
  readonly width: number;
  readonly threshold: number;
}

/** Where blocks wait: only for workers whose kernels give the same values, whatever detectors they have. */
export const pairQueue = ({ version, backend }: Pick<Engine, 'version' | 'backend'>): string => `pairs-${version}-${backend}`;

export const sha = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
export const bytesOf = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
export const spectrumKey = (id: string): string => `noisescope/${id.slice(0, 2)}/${id}`;

/** A job with the name that it has whoever makes it. */
export function pairJob(job: Omit<PairJob, 'block'>): PairJob {
  return { ...job, block: sha(JSON.stringify([job.rows, job.columns, job.height, job.width, job.threshold])) };
}

/** A UUID out of a hash, as the queue's id of a job. */
export const jobId = ({ block }: PairJob): string => block.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
