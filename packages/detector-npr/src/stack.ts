import type { StoredTensor } from '@syntrace/core';

/** Residuals of one size as one batch. */
export function stacked(parts: readonly StoredTensor<'f32'>[]): StoredTensor<'f32'> {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  parts.reduce((at, part) => {
    data.set(part.data, at);
    return at + part.data.length;
  }, 0);
  return { dtype: 'f32', shape: [parts.reduce((sum, { shape }) => sum + shape[0]!, 0), ...first!.shape.slice(1)], data };
}

/** Places of residuals of one size. */
export function groupsOf(residuals: readonly StoredTensor[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  residuals.forEach(({ shape }, i) => {
    const size = shape.slice(1).join();
    groups.set(size, [...(groups.get(size) ?? []), i]);
  });
  return [...groups.values()];
}
