import type { StorageType } from './pickle/globals.js';
import { type PickleValue, TensorReference } from './pickle/values.js';
import type { Refuse } from './refuse.js';

/** An array of a checkpoint, not yet read: `bytes` is a view of the file. */
export interface CheckpointTensor {
  readonly dtype: StorageType['dtype'];
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** The bytes that a tensor describes. @throws the refusal when they lie outside its storage, or not in row order */
export function tensorOf(
  name: string,
  { storage, offset, shape, strides }: TensorReference,
  storages: ReadonlyMap<string, Uint8Array>,
  refuse: Refuse,
): CheckpointTensor {
  const { key, type, count } = storage;
  const bytes = storages.get(key) ?? refuse(`${name} lies in storage ${key}, which is not there`);
  if (bytes.length !== count * type.bytes) refuse(`storage ${key} has ${bytes.length} bytes, ${count} elements of ${type.bytes} are said to be in it`);
  const size = shape.reduce((a, b) => a * b, 1);
  if (!(offset + size <= count)) refuse(`${name} with sizes [${shape.join(', ')}] does not fit into storage ${key} of ${count} elements`);
  if (!isRowOrder(shape, strides)) refuse(`${name} is not in row order (strides [${strides.join(', ')}]); save it with .contiguous()`);
  return { dtype: type.dtype, shape, bytes: bytes.subarray(offset * type.bytes, (offset + size) * type.bytes) };
}

/** Sizes of 1 may have any stride. */
function isRowOrder(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] !== 1 && strides[i] !== expected) return false;
    expected *= shape[i]!;
  }
  return true;
}

export const isTensor = (value: PickleValue | undefined): value is TensorReference => value instanceof TensorReference;
