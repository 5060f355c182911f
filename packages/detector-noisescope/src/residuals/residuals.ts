import { SyntraceError } from '@syntrace/core';

/** Noise residuals of one size in order, each row-major height · width. */
export interface Residuals {
  readonly height: number;
  readonly width: number;
  readonly maps: readonly Float32Array[];
}

/** Sides below which PCE has no lags outside its excluded block. */
export const LEAST_SIDE = 12;

/** @throws RESIDUAL_INVALID without residuals, or when they are too small or differ in size */
export function residualsOf(height: number, width: number, maps: readonly Float32Array[], names?: readonly string[]): Residuals {
  const refuse = (uri: string, detail: string): never => {
    throw new SyntraceError('RESIDUAL_INVALID', { uri, detail });
  };
  if (maps.length === 0) refuse('the collection', 'it holds no residual');
  if (Math.min(height, width) < LEAST_SIDE) refuse('the collection', `${width}×${height} is below ${LEAST_SIDE} samples a side`);
  const odd = maps.findIndex(map => map.length !== height * width);
  if (odd >= 0) refuse(names?.[odd] ?? `residual ${odd + 1}`, `${maps[odd]!.length} samples, expected ${width}×${height}`);
  return { height, width, maps };
}

/** One array [n, h, w] of some of the residuals, for a kernel. */
export function stacked({ maps, height, width }: Residuals, indices: readonly number[] = maps.map((_, i) => i)): Float32Array {
  const out = new Float32Array(indices.length * height * width);
  for (const [at, index] of indices.entries()) out.set(maps[index]!, at * height * width);
  return out;
}

export const subset = ({ height, width, maps }: Residuals, indices: readonly number[]): Residuals => ({
  height,
  width,
  maps: indices.map(index => maps[index]!),
});
