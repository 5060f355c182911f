import { parametersOf } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { confusionOf } from './confusion.js';
import { probabilitiesOf, scoreOfLogits } from './meaning.js';
import { ARCHITECTURES, classifierNetwork, LEAST_SIZE } from './networks.js';

describe('scoreOfLogits', () => {
  it('is the log-odds of not real', () => {
    expect(scoreOfLogits([1.5])).toBe(1.5);
    expect(scoreOfLogits([0.2, 1.7])).toBeCloseTo(1.5);
    const [real, ...others] = probabilitiesOf([1, 2, 0.5]);
    expect(scoreOfLogits([1, 2, 0.5])).toBeCloseTo(Math.log(others.reduce((a, b) => a + b, 0) / real!));
    expect(scoreOfLogits([-1000, 1000, 999])).toBeCloseTo(2000 + Math.log(1 + Math.exp(-1)), 6);
  });
});

describe('probabilitiesOf', () => {
  it('is a softmax, of one logit the sigmoid', () => {
    expect(probabilitiesOf([0])).toEqual([0.5, 0.5]);
    expect(probabilitiesOf([800])[1]).toBe(1);
    expect(probabilitiesOf([1, 1, 1]).map(p => p.toFixed(3))).toEqual(['0.333', '0.333', '0.333']);
  });
});

describe('classifierNetwork', () => {
  const count = (architecture: (typeof ARCHITECTURES)[number], outputs: number) =>
    parametersOf(classifierNetwork(architecture, { size: 128, channels: 3, outputs }))
      .map(({ shape }) => shape.reduce((a, b) => a * b, 1))
      .reduce((a, b) => a + b, 0);

  // Specification, section 10.
  it.each<[(typeof ARCHITECTURES)[number], number, number]>([
    ['linear', 49_153, 245_765],
    ['nn', 6_291_713, 6_292_229],
    ['cnn', 38_885, 169_961],
    ['resnet', 816_897, 817_925],
  ])('%s has the published number of parameters', (architecture, one, five) => {
    expect([count(architecture, 1), count(architecture, 5)]).toEqual([one, five]);
  });

  it('has a least size below which nothing is left', () => {
    for (const architecture of ARCHITECTURES) expect(LEAST_SIZE[architecture]).toBeGreaterThan(0);
  });
});

describe('confusionOf', () => {
  it('counts what was taken for what', () => {
    expect(
      confusionOf(
        [0, 1, 2, 2],
        [
          [3, 1, 0],
          [0, 2, 1],
          [0, 2, 1],
          [0, 0, 4],
        ],
        ['real', 'a', 'b'],
      ),
    ).toEqual({
      classes: ['real', 'a', 'b'],
      counts: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 1, 1],
      ],
      accuracy: 0.75,
    });
    expect(confusionOf([0, 1], [[0], [0.1]], ['real', 'synthetic']).accuracy).toBe(1);
  });
});
