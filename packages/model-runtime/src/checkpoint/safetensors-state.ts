import { isCounter, readSafetensors } from '@syntrace/core';
import type { CheckpointState } from './state.js';

const DTYPES = { u8: 'uint8', f32: 'float32', f64: 'float64' } as const;

/** u64 length of the header, then its opening brace. */
export const isSafetensors = (bytes: Uint8Array): boolean => bytes.length > 8 && bytes[7] === 0 && bytes[6] === 0 && bytes[8] === 0x7b;

/** A state in safetensors. Counters of batches are whole numbers, which no inference reads. @throws ARTIFACT_INVALID */
export function readSafetensorsState(bytes: Uint8Array, file: string): CheckpointState {
  const tensors = [...readSafetensors(bytes, file, { skip: isCounter })].map(
    ([name, { dtype, shape, data }]) => [name, { dtype: DTYPES[dtype], shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }] as const,
  );
  return { tensors: new Map(tensors), wrapper: null };
}
