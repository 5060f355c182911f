import { SyntraceError } from '@syntrace/core';

/** Noise residuals of one size in order, each row-major height · width. They need not all lie in memory. */
export interface Residuals {
  readonly height: number;
  readonly width: number;
  readonly count: number;
  /** Those of the numbers, one after the other: [n, h, w]. @throws RESIDUAL_INVALID when one that was kept elsewhere is gone */
  stack(indices: readonly number[]): Promise<Float32Array>;
}

/** Residuals, or fingerprints, that lie in memory. */
export interface HeldResiduals extends Residuals {
  readonly maps: readonly Float32Array[];
}

/** Sides below which PCE has no lags outside its excluded block. */
export const LEAST_SIDE = 12;

/** @throws RESIDUAL_INVALID without residuals, or when they are too small or differ in size */
export function residualsOf(height: number, width: number, maps: readonly Float32Array[], names?: readonly string[]): HeldResiduals {
  checkSides(height, width, maps.length);
  const odd = maps.findIndex(map => map.length !== height * width);
  if (odd >= 0) refuse(names?.[odd] ?? `residual ${odd + 1}`, `${maps[odd]!.length} samples, expected ${width}×${height}`);
  return { maps, ...residualsBy(height, width, maps.length, async index => maps[index]!) };
}

/** Residuals that are fetched one by one. `fetch` gives height · width samples. @throws RESIDUAL_INVALID without residuals, or when they are too small */
export function residualsBy(height: number, width: number, count: number, fetch: (index: number) => Promise<Float32Array>): Residuals {
  checkSides(height, width, count);
  return {
    height,
    width,
    count,
    async stack(indices) {
      const out = new Float32Array(indices.length * height * width);
      for (let first = 0; first < indices.length; first += FETCHED_AT_ONCE) {
        const maps = await Promise.all(indices.slice(first, first + FETCHED_AT_ONCE).map(fetch));
        for (const [i, map] of maps.entries()) out.set(map, (first + i) * height * width);
      }
      return out;
    },
  };
}

const FETCHED_AT_ONCE = 32;

/** Some of the residuals as residuals of their own. */
export const subset = ({ height, width, stack }: Residuals, indices: readonly number[]): Residuals => ({
  height,
  width,
  count: indices.length,
  stack: inner => stack(inner.map(i => indices[i]!)),
});

/** Residuals one after the other; all of one size. */
export function joinedResiduals(parts: readonly [Residuals, ...Residuals[]]): Residuals {
  const [{ height, width }] = parts;
  const places = parts.flatMap((part, p) => Array.from({ length: part.count }, (_, i) => [p, i] as const));
  return residualsBy(height, width, places.length, async index => {
    const [part, at] = places[index]!;
    return parts[part]!.stack([at]);
  });
}

export const allOf = ({ count }: Pick<Residuals, 'count'>): readonly number[] => Array.from({ length: count }, (_, i) => i);

function checkSides(height: number, width: number, count: number): void {
  if (count === 0) refuse('the collection', 'it holds no residual');
  if (Math.min(height, width) < LEAST_SIDE) refuse('the collection', `${width}×${height} is below ${LEAST_SIDE} samples a side`);
}

function refuse(uri: string, detail: string): never {
  throw new SyntraceError('RESIDUAL_INVALID', { uri, detail });
}
