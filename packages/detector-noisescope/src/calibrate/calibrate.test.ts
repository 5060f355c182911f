import { seededRandom } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { referenceGroups } from './groups.js';
import { mergeThresholdOf } from './merge-threshold.js';
import { blocksPerShuffle, enoughShuffles, leastForNeighbours, trainingBlocks } from './training-blocks.js';

describe('blocks of the outlier model', () => {
  it('are as published: 19 of 1000 pictures, the last whole one left out', () => {
    expect(blocksPerShuffle(1000, 50)).toBe(19);
    expect(trainingBlocks(1000, 50, 5, seededRandom(1))).toHaveLength(95);
    expect(leastForNeighbours(30, 50)).toBe(351);
    expect(5 * blocksPerShuffle(350, 50)).toBe(30);
    expect(5 * blocksPerShuffle(351, 50)).toBe(35);
  });

  it('hold different pictures of one shuffle, and are the same for the same seed', () => {
    const blocks = trainingBlocks(130, 50, 2, seededRandom(3));
    expect(blocks.map(block => block.length)).toEqual([50, 50, 50, 50]);
    expect(new Set([...blocks[0]!, ...blocks[1]!]).size).toBe(100);
    expect(trainingBlocks(130, 50, 2, seededRandom(3))).toEqual(blocks);
    expect(trainingBlocks(130, 50, 2, seededRandom(4))).not.toEqual(blocks);
  });

  it('are shuffled until there are 100', () => {
    expect(enoughShuffles(300, 50)).toBe(20);
    expect(enoughShuffles(5000, 50)).toBe(5);
  });
});

describe('T_merge', () => {
  it('comes from 40 groups of 20, or fewer when there are fewer pictures', () => {
    expect(referenceGroups(1000, 40, 20, seededRandom(1)).flat()).toHaveLength(800);
    const few = referenceGroups(130, 40, 20, seededRandom(1));
    expect(few.map(group => group.length)).toEqual([20, 20, 20, 20, 20, 20]);
    expect(new Set(few.flat()).size).toBe(120);
  });

  it('is the percentile of all pairs with linear interpolation, and its interval holds it', () => {
    const groups = 30;
    const random = seededRandom(2);
    const matrix = new Float64Array(groups * groups);
    const values: number[] = [];
    for (let row = 0; row < groups; row++)
      for (let column = 0; column < row; column++) {
        const value = random.next() ** 3 * 10;
        matrix[row * groups + column] = value;
        values.push(value);
      }
    values.sort((a, b) => a - b);
    const at = 0.995 * (values.length - 1);
    const { value, low, high } = mergeThresholdOf(matrix, groups, 99.5, seededRandom(1));
    expect(value).toBeCloseTo(values[431]! + (values[432]! - values[431]!) * (at - 431), 12);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
    expect(high - low).toBeGreaterThan(0);
  });
});
