import type { StoredTensor } from '@syntrace/core';

/** An array with its axes in another order: axis i of the result is axis `axes[i]` of the array. O(size) */
export function permute({ dtype, shape, data }: StoredTensor<'f32'>, axes: readonly number[]): StoredTensor<'f32'> {
  const sizes = axes.map(axis => shape[axis]!);
  const strides = axes.map(axis => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const place = axes.map(() => 0);
  const result = new Float32Array(data.length);
  let from = 0;
  for (let at = 0; at < result.length; at++) {
    result[at] = data[from]!;
    // One step along the last axis; a full axis starts again and the one before it steps.
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++place[axis]! < sizes[axis]!) break;
      from -= strides[axis]! * sizes[axis]!;
      place[axis] = 0;
    }
  }
  return { dtype, shape: sizes, data: result };
}
