import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abstaining, answer, constant, fakeDetector, throwingAlways } from '../../test/fakes.js';
import { fakeSession } from '../../test/session.js';
import { logit } from '../artifact/verdict.js';
import type { Detection, Detector } from '../contract/detector.js';
import { combineDetections } from './combine-detections.js';
import { type Combine, type EnsembleSpec, equalEnsemble } from './spec.js';

const spec = (combine: Combine, weights: readonly number[], more: Partial<EnsembleSpec> = {}): EnsembleSpec => ({
  ...equalEnsemble([]),
  members: weights.map((weight, i) => ({ id: `d${i}`, weight })),
  combine,
  ...more,
});
const constants = (...scores: readonly number[]): Detector[] => scores.map((score, i) => constant(`d${i}`, score));
const judge = (detectors: readonly Detector[], ensemble: EnsembleSpec) => fakeSession(detectors).session.detect('a', { ensemble });
const detection = (id: string, score: number): Detection => ({ ...answer(score), id, version: '1.0.0', ms: 1 });

describe('max', () => {
  it('is the highest logit of those that answer', async () => {
    const judgement = await judge([...constants(-1, 2), abstaining('d2')], spec({ method: 'max' }, [1, 1, 1]));
    expect([judgement.score, judgement.verdict]).toEqual([expect.closeTo(2, 6), 'synthetic']);
    expect(judgement.detectors.map(({ added }) => added)).toEqual([undefined, expect.closeTo(2, 6), undefined]);
    expect((await judge([abstaining('d0')], spec({ method: 'max' }, [1]))).score).toBeNull();
  });
});

describe('vote', () => {
  it('counts verdicts, not how sure they are; what is undecided has no vote', async () => {
    const undecided = fakeDetector('d3', batch => batch.map(() => ({ ...answer(9), verdict: 'inconclusive' as const })));
    const judgement = await judge([...constants(9, -0.1, -0.1), undecided], spec({ method: 'vote' }, [1, 1, 1, 1]));
    expect([judgement.score, judgement.verdict]).toEqual([expect.closeTo(Math.log(1.5 / 2.5), 9), 'real']);
    expect(judgement.detectors.map(({ added }) => added)).toEqual([1 / 3, -1 / 3, -1 / 3, undefined]);
  });

  it('weighs votes, and takes them of members that have no probability', async () => {
    const bare = fakeDetector('d0', batch => batch.map(() => ({ ...answer(1), probability: null })));
    expect((await judge([bare, constant('d1', -5)], spec({ method: 'vote' }, [3, 1]))).score).toBeCloseTo(Math.log(4 / 2), 9);
    expect((await judge([abstaining('d0'), constant('d1', -5)], spec({ method: 'vote' }, [3, 1]))).score).toBeCloseTo(Math.log(0.5 / 1.5), 9);
    expect((await judge([abstaining('d0')], spec({ method: 'vote' }, [3]))).score).toBeNull();
  });
});

describe('a cascade', () => {
  const cascade = spec({ method: 'cascade', bands: [[-1, 1], [-0.5, 0.5]] }, [1, 1, 1]); // biome-ignore format: bands
  const counting = (scores: Record<string, readonly number[]>) => {
    const asked: Record<string, number> = {};
    const detectors = Object.entries(scores).map(([id, values]) =>
      fakeDetector(id, batch => {
        asked[id] = (asked[id] ?? 0) + batch.length;
        return batch.map(image => answer(values[image.data[0]!]!));
      }),
    );
    return { detectors, asked };
  };

  it('asks the next member only about pictures that are still undecided', async () => {
    const { detectors, asked } = counting({ d0: [3, 0.5, 0.5], d1: [9, 2.5, -0.5], d2: [9, 9, 0.6] });
    const { session } = fakeSession(detectors);
    const outcomes = [];
    const sources = [0, 1, 2].map(value => ({ name: String(value), value }));
    for await (const outcome of session.detectAll(sources, { ensemble: cascade })) outcomes.push(outcome);
    expect(asked).toEqual({ d0: 3, d1: 2, d2: 1 });
    expect(outcomes).toMatchObject([
      { score: expect.closeTo(3, 5), detectors: [{ id: 'd0' }] },
      { score: expect.closeTo(1.5, 5), detectors: [{ id: 'd0' }, { id: 'd1' }] },
      { score: expect.closeTo(0.2, 5), detectors: [{ id: 'd0' }, { id: 'd1' }, { id: 'd2' }] },
    ]);
  });

  it('goes on after a member that abstains or fails', async () => {
    const judgement = await judge([abstaining('d0'), throwingAlways('d1'), constant('d2', 2)], cascade);
    expect([judgement.score, judgement.detectors.length]).toEqual([expect.closeTo(2, 6), 3]);
  });

  it('asks evidence at once', async () => {
    const { detectors, asked } = counting({ d0: [3], d1: [9], d2: [-4] });
    const members = [
      { id: 'd0', weight: 1 },
      { id: 'd1', weight: 1 },
      { id: 'd2', weight: 0.5, role: 'evidence' as const },
    ];
    const ensemble = { ...cascade, members, combine: { method: 'cascade', bands: [[-1, 1]] } } as const;
    expect((await fakeSession(detectors).session.detect({ name: 'x', value: 0 }, { ensemble })).score).toBeCloseTo(3 - 2, 5);
    expect(asked).toEqual({ d0: 1, d2: 1 });
  });

  it('on answers that are there is what it is when it judges', async () => {
    const logits = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(logits, async scores => {
        const live = await judge(constants(...scores), cascade);
        const { score, evidence } = combineDetections(
          cascade,
          scores.map((value, i) => detection(`d${i}`, value)),
        );
        expect(score).toBeCloseTo(live.score!, 9);
        expect(evidence.members.map(({ id, added }) => [id, added])).toEqual(live.detectors.map(({ id, added }) => [id, added]));
      }),
      { numRuns: 50 },
    );
  });
});

it('what members added makes up the score, in a mean, a stacker and a cascade', () => {
  const combines: readonly Combine[] = [{ method: 'mean' }, { method: 'stacker', bias: 0.7 }, { method: 'cascade', bands: [[-9, 9]] }];
  for (const combine of combines) {
    const given = [detection('d0', 1.5), detection('d1', -0.5)];
    const { score, evidence } = combineDetections(spec(combine, [2, 1]), given);
    const sum = evidence.members.reduce((total, { added }) => total + added!, combine.method === 'stacker' ? combine.bias : 0);
    expect(sum).toBeCloseTo(score!, 9);
    expect(evidence.members[0]!.added! / logit(given[0]!.probability!)).toBeCloseTo(combine.method === 'stacker' ? 2 : 2 / 3, 9);
  }
});

it('an isotonic calibration gives the probability between its points', async () => {
  const calibration = { method: 'isotonic', scores: [-1, 0, 0, 2], probabilities: [0.1, 0.2, 0.6, 0.8] } as const;
  const at = async (score: number) => (await judge(constants(score), spec({ method: 'mean' }, [1], { calibration }))).probability;
  expect([await at(-5), await at(-0.5), await at(1), await at(7)]).toEqual([0.1, 0.15, 0.7, 0.8].map(p => expect.closeTo(p, 6)));
});
