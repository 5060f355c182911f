import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.js';

const draws = (random: { next(): number }, n: number) => Array.from({ length: n }, () => random.next());
const words = (random: { next(): number }, n: number) => draws(random, n).map(x => x * 2 ** 32);

describe('seededRandom', () => {
  it('gives the numbers of an independent sfc32 seeded by FNV-1a', () => {
    // Made with a few lines of Python (integers masked to 32 bits).
    expect(words(seededRandom(0), 5)).toEqual([2737057440, 680896599, 3699138087, 1562125416, 1791716508]);
    expect(words(seededRandom(42), 5)).toEqual([466542505, 15821596, 108546565, 1131243986, 1836272314]);
    expect(words(seededRandom(42).fork('train'), 5)).toEqual([2161408672, 1285311075, 3897699195, 1754057618, 3700037432]);
  });

  it('is uniform: 64 bins of 64 000 draws stay within a chi-square of p = 1e-6', () => {
    for (const seed of [0, 1, 2, 12345]) {
      const bins = new Array<number>(64).fill(0);
      for (const x of draws(seededRandom(seed), 64_000)) bins[Math.floor(x * 64)]!++;
      const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
      expect(chiSquare).toBeGreaterThan(24);
      expect(chiSquare).toBeLessThan(130);
    }
  });

  it('stays in range', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 31 }), (seed, n) => {
        const random = seededRandom(seed);
        const x = random.next();
        const i = random.below(n);
        return x >= 0 && x < 1 && Number.isInteger(i) && i >= 0 && i < n;
      }),
    );
  });

  it('shuffles into a permutation, in a copy, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer()), (seed, items) => {
        const before = [...items];
        const shuffled = seededRandom(seed).shuffle(items);
        expect(items).toEqual(before);
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
        expect(seededRandom(seed).shuffle(items)).toEqual(shuffled);
      }),
    );
  });

  it('shuffles fairly: each of 24 orders of four items comes up', () => {
    const random = seededRandom(7);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.shuffle([0, 1, 2, 3]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(Math.min(...counts.values())).toBeGreaterThan(850);
    expect(Math.max(...counts.values())).toBeLessThan(1150);
  });

  it('forks independently of what was drawn, and of other forks', () => {
    const parent = seededRandom(3);
    const early = draws(parent.fork('a'), 5);
    draws(parent, 100);
    expect(draws(parent.fork('a'), 5)).toEqual(early);
    expect(draws(parent.fork('b'), 5)).not.toEqual(early);
    expect(draws(parent.fork('a').fork('b'), 5)).not.toEqual(draws(parent.fork('a/b'), 5));
    expect(draws(parent.fork('a~1b'), 5)).not.toEqual(draws(parent.fork('a/b'), 5));
  });

  it('forks without correlation', () => {
    const n = 20_000;
    const [a, b] = [draws(seededRandom(1).fork('left'), n), draws(seededRandom(1).fork('right'), n)];
    const correlation = a.reduce((sum, x, i) => sum + (x - 0.5) * (b[i]! - 0.5), 0) / n / (1 / 12);
    expect(Math.abs(correlation)).toBeLessThan(0.035);
  });
});
