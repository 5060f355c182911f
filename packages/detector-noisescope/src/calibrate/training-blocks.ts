import type { Random } from '@syntrace/core';

/** Groups of reference pictures whose fingerprints train the outlier model: each round shuffles all and cuts blocks that start below n − size;
 *  when n is a multiple of the size the last whole block is left out, as published (spec section 7.3). */
export function trainingBlocks(pictures: number, size: number, shuffles: number, random: Random): readonly (readonly number[])[] {
  const all = Array.from({ length: pictures }, (_, i) => i);
  return Array.from({ length: shuffles }, () => {
    const order = random.shuffle(all);
    return Array.from({ length: blocksPerShuffle(pictures, size) }, (_, block) => order.slice(block * size, (block + 1) * size));
  }).flat();
}

export const blocksPerShuffle = (pictures: number, size: number): number => Math.max(0, Math.ceil((pictures - size) / size));

const PUBLISHED_SHUFFLES = 5;
const ENOUGH_VECTORS = 100;

/** The published five rounds, and more until there are 100 vectors. */
export const enoughShuffles = (pictures: number, size: number): number =>
  Math.max(PUBLISHED_SHUFFLES, Math.ceil(ENOUGH_VECTORS / Math.max(1, blocksPerShuffle(pictures, size))));

/** Reference pictures below which `neighbours` neighbours are more than the published rounds have vectors. */
export const leastForNeighbours = (neighbours: number, size: number): number => size * Math.ceil((neighbours + 1) / PUBLISHED_SHUFFLES) + 1;
