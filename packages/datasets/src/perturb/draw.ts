import { type Random, seededRandom } from '@syntrace/core';
import type { TableRow } from '../formats/table.js';
import type { Change } from './change.js';

/** Kinds in the order of the published rotation. */
export const ROTATION = ['noise', 'blur', 'jpeg', 'crop'] as const;
export type PerturbMode = (typeof ROTATION)[number] | 'combined';

/** How perturbations are drawn.
 *  `compat` does what the published script does where that is not what it says: blur with deviation 4 whatever the taps, in OpenCV's arithmetic; JPEG always
 *  at quality 95 with red and blue exchanged; crops that exchange width and height; files listed and numbered as there. */
export interface DrawOptions {
  readonly mode: PerturbMode;
  readonly seed: number;
  /** Share of the pictures that are changed. Published: 0.5. */
  readonly probability: number;
  readonly compat: boolean;
}

/** The change of a picture, or `null` where it stays. `combined` takes the kinds in turn. Depends on seed, mode, name and index alone.
 *  Published ranges: noise of deviation 5…20 levels, 3, 5, 7 or 9 taps, quality 10…75, 5…20 % of the sides. */
export function drawChange({ mode, seed, probability, compat }: DrawOptions, name: string, index: number): Change | null {
  const random = seededRandom(seed, 'perturb').fork(mode).fork(name);
  if (random.next() >= probability) return null;
  const kind = mode === 'combined' ? ROTATION[index % ROTATION.length]! : mode;
  return DRAW[kind](random, seed, compat);
}

const between = (random: Random, low: number, high: number): number => low + (high - low) * random.next();

const DRAW: Readonly<Record<(typeof ROTATION)[number], (random: Random, seed: number, compat: boolean) => Change>> = {
  noise: (random, seed) => ({ kind: 'noise', deviation: between(random, 5, 20), seed, stream: random.below(2 ** 32) }),
  blur: (random, _, compat) => {
    const taps = 3 + 2 * random.below(4);
    return compat ? { kind: 'blur', taps, sigma: 4, arithmetic: 'opencv' } : { kind: 'blur', taps, arithmetic: 'exact' };
  },
  jpeg: (random, _, compat) => {
    const quality = 10 + random.below(66);
    return compat ? { kind: 'jpeg', quality: 95, subsampling: '4:2:0', swapped: true } : { kind: 'jpeg', quality, subsampling: '4:2:0' };
  },
  crop: (random, _, compat) => ({ kind: 'crop', fraction: between(random, 0.05, 0.2), ...(compat && { transposed: true }) }),
};

/** Columns that tell what was drawn. */
export const CHANGE_COLUMNS = ['change', 'deviation', 'stream', 'taps', 'sigma', 'quality', 'fraction'] as const;

export function changeRow(change: Change | null): TableRow {
  const drawn: Partial<Record<string, string | number | boolean>> = change ?? {};
  const cells = CHANGE_COLUMNS.slice(1).map(name => [name, (drawn[name] as number | undefined) ?? null] as const);
  return { change: change?.kind ?? 'none', ...Object.fromEntries(cells) };
}
