import { expect, it } from 'vitest';
import { exceedance } from './exceedance.js';

it('is the tail of the beta-binomial distribution (SciPy: sum of betabinom.pmf(k, pictures, a + 1, b + 1))', () => {
  expect(exceedance(0, 10, 1, 99)).toBeCloseTo(1, 10);
  expect(exceedance(10, 400, 2, 300)).toBeCloseTo(VALUES[0]!, 10);
  expect(exceedance(40, 400, 2, 300) / VALUES[1]!).toBeCloseTo(1, 8);
  expect(exceedance(3, 5, 0, 20)).toBeCloseTo(VALUES[2]!, 12);
});

const VALUES = [0.05496392534411654, 1.4008020294855063e-8, 0.0038461538461539435];
