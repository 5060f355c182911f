import type { Run } from '@syntrace/core';

/** Mean of rows of `length` values. */
export async function averageRows(rows: Float32Array, length: number, { kernels }: Pick<Run, 'kernels'>): Promise<Float32Array> {
  const x = kernels.tensor('f32', rows, [rows.length / length, length]);
  const { mean } = await kernels.moments(null, x);
  kernels.free(x);
  return Float32Array.from(mean);
}
