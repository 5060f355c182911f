import { type Learners, type LinearProblem, SyntraceError } from '@syntrace/core';
import { beforeAll, describe, expect, test } from 'vitest';
// Optima by scikit-learn of the problems below (crates/learn/fixtures/linear.py): a name and classes, weights, biases.
import fixture from '../../../crates/learn/fixtures/linear.txt?raw';
import oneClass from '../../../crates/learn/fixtures/one_class.txt?raw';
import type { LearnersOptions } from '../src/learners.js';

const SAMPLES = 60;

/** Uniform in −1…1: the same sequence as in the fixture's script. */
function numbers(count: number, seed: number): number[] {
  let h = seed;
  return Array.from({ length: count }, () => {
    h = (Math.imul(h, 1664525) + 1013904223) >>> 0;
    return (h >>> 8) / 2 ** 23 - 1;
  });
}

export function problemOf(features: number, classes = 2): LinearProblem & { readonly l1: number } {
  const x = Float32Array.from(numbers(SAMPLES * features, 1));
  const noise = numbers(SAMPLES, 2);
  const classOf = (noise: number, i: number) => {
    const [a, b] = [x[i * features]!, x[i * features + 1]!];
    if (classes === 2) return Number(a + 0.5 * noise > 0);
    const score = a + 0.5 * b + 0.3 * noise;
    return Number(score > -0.4) + Number(score > 0.4);
  };
  const y = Uint8Array.from(noise, classOf);
  return { x, y, sampleWeights: Float64Array.from(numbers(SAMPLES, 3), v => v + 1.5), features, classes, l1: 0.1, l2: 0.01 };
}

/** The same tests in Node and in Chromium. */
export function learnersSuite(createLearners: (options?: LearnersOptions) => Promise<Learners>): void {
  const methods = ['logistic', 'ridge', 'elastic', 'squaredHinge'] as const;
  const expected = new Map(
    fixture
      .trim()
      .split('\n')
      .map(line => [line.split(' ')[0]!, line.split(' ').slice(1).map(Number)]),
  );
  let learners: Learners;
  beforeAll(async () => {
    learners = await createLearners();
  });

  describe.each(methods)('%s', method => {
    test.each([2, 3])("finds scikit-learn's optimum of %i classes", async classes => {
      const model = await learners[method](problemOf(3, classes));
      const wanted = expected.get(`${method === 'squaredHinge' ? 'hinge' : method}${classes}`)!;
      expect(wanted).toHaveLength(classes === 2 ? 4 : 12);
      [...model.weights, ...model.bias].forEach((value, i) => {
        expect(Math.abs(value - wanted[i]!)).toBeLessThan(1e-5);
      });
    });

    test.each([3, 200])('the gradient at the end is nought, %i features', async features => {
      const model = await learners[method](problemOf(features));
      expect(model.weights).toHaveLength(features);
      expect(model.gradient).toBeLessThan({ logistic: 1e-6, ridge: 1e-12, elastic: 1e-7, squaredHinge: 1e-7 }[method]);
      if (method === 'ridge') expect(model.iterations).toBe(0);
      else expect(model.iterations).toBeGreaterThan(0);
    });

    test('the same problem gives the same bits, also from other learners', async () => {
      const [a, b] = [await learners[method](problemOf(200)), await (await createLearners())[method](problemOf(200))];
      expect(a).toEqual(b);
    });

    const good = problemOf(3);
    const penalty = method === 'elastic' ? /l1 must be above 0 and l2 not below/ : /l2 must be above 0/;
    const nought = method === 'elastic' ? { l1: 0 } : { l2: 0 };
    const wrong: readonly (readonly [string, Partial<LinearProblem & { readonly l1: number }>, RegExp])[] = [
      ['a feature count that does not fit', { features: 4 }, /180 values for 60 samples of 4 features/],
      ['too few sample weights', { sampleWeights: good.sampleWeights.slice(1) }, /59 sample weights for 60 samples/],
      ['one class', { y: new Uint8Array(SAMPLES).fill(1) }, /both classes/],
      ['a label that is no label', { y: new Uint8Array(SAMPLES).fill(2) }, /labels must be 0 or 1/],
      ['no penalty', nought, penalty],
      ['a penalty that is no number', { l2: Number.NaN }, penalty],
      ['a class without a sample', { classes: 3 }, /class 2 has no sample/],
      ['one class alone', { classes: 1 }, /2 to 256 classes, received 1/],
      ['a weight of nought', { sampleWeights: new Float64Array(SAMPLES) }, /above 0/],
      ['NaN among the features', { x: new Float32Array(SAMPLES * 3).fill(Number.NaN) }, /not finite/],
      ['nothing', { x: new Float32Array(), y: new Uint8Array(), sampleWeights: new Float64Array() }, /0 samples/],
      ['half a feature', { features: 2.5 }, /whole number above 0, received 2.5/],
      ['an ordinary array', { x: [1, 2, 3] as unknown as Float32Array }, /x as Float32Array/],
    ];
    test.each(wrong)('refuses %s', async (_, part, words) => {
      const error = await learners[method]({ ...good, ...part }).catch((caught: unknown) => caught);
      expect(SyntraceError.is(error, 'TRAINING_INVALID')).toBe(true);
      expect((error as SyntraceError).message).toMatch(words);
      // A refusal leaves the learners usable.
      await expect(learners[method](good)).resolves.toMatchObject({ weights: expect.any(Float64Array) });
    });

    test('stops when it was aborted', async () => {
      const controller = new AbortController();
      const pending = learners[method]({ ...good, signal: controller.signal });
      controller.abort();
      await expect(pending).rejects.toSatisfy((e: unknown) => SyntraceError.is(e, 'ABORTED'));
    });
  });

  describe('oneClass', () => {
    const rows = Float32Array.from(numbers(40 * 5, 1));
    const problem = { x: rows, features: 5, nu: 0.1, gamma: 0.5, tolerance: 1e-10 };
    const fixtureLine = (word: string) =>
      oneClass
        .split('\n')
        .find(line => line.startsWith(word))!
        .split(' ')
        .slice(1)
        .map(Number);

    test("finds scikit-learn's machine", async () => {
      const { support, coefficients, offset } = await learners.oneClass(problem);
      expect(support).toEqual(fixtureLine('support'));
      for (const [i, value] of fixtureLine('coefficients').entries()) expect(Math.abs(coefficients[i]! - value)).toBeLessThan(1e-6);
      expect(Math.abs(offset - fixtureLine('offset')[0]!)).toBeLessThan(1e-6);
    });

    test.each([
      ['a nu of nought', { nu: 0 }, /nu must be above 0/],
      ['rows that do not fit', { features: 7 }, /200 values for rows of 7/],
      ['no gamma', { gamma: undefined as unknown as number }, /gamma as a number/],
      ['NaN', { x: new Float32Array(5).fill(Number.NaN) }, /not finite/],
    ])('refuses %s', async (_, part, words) => {
      const refused = learners.oneClass({ ...problem, ...part });
      await expect(refused).rejects.toMatchObject({ code: 'TRAINING_INVALID', message: expect.stringMatching(words) });
    });
  });

  test('shifting a feature moves the bias alone', async () => {
    const [plain, shifted] = [problemOf(3), problemOf(3)];
    for (let i = 0; i < SAMPLES; i++) shifted.x[i * 3]! += 2;
    const [a, b] = [await learners.ridge(plain), await learners.ridge(shifted)];
    a.weights.forEach((weight, i) => {
      expect(b.weights[i]).toBeCloseTo(weight, 5);
    });
    expect(b.bias[0]).toBeCloseTo(a.bias[0]! - 2 * a.weights[0]!, 5);
  });
}
