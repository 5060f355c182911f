import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abstaining, answer, collect, constant, errorOf, fakeDetector, fakePlugin, notANumber, throwingAlways, throwingOn } from '../../test/fakes.js';
import { fakeSession, names } from '../../test/session.js';
import { logistic, scoreOf } from '../artifact/verdict.js';
import type { Detector } from '../contract/detector.js';
import { SyntraceError } from '../errors.js';
import { isFailure } from '../run/outcome.js';
import { combineDetections } from './combine-detections.js';
import { ensembleDetector } from './detector.js';
import { type EnsembleSpec, equalEnsemble } from './spec.js';

const weighted = (weights: Record<string, number>, more: Partial<EnsembleSpec> = {}): EnsembleSpec => ({
  ...equalEnsemble([]),
  members: Object.entries(weights).map(([id, weight]) => ({ id, weight })),
  ...more,
});
const judge = (detectors: readonly Detector[], ensemble: EnsembleSpec) => fakeSession(detectors).session.detect('a', { ensemble });

describe('the mean', () => {
  it('is the weighted mean of the logits', async () => {
    const { score, probability, verdict, detectors } = await judge([constant('a', 2), constant('b', -1)], weighted({ a: 3, b: 1 }));
    expect(score).toBeCloseTo(1.25, 9);
    expect(probability).toBeCloseTo(logistic(1.25), 9);
    expect(verdict).toBe('synthetic');
    expect(detectors.map(detector => detector.id)).toEqual(['a', 'b']);
  });

  it('lies between its members, ignores the scale of the weights, and is theirs where they agree', async () => {
    const logits = fc.array(fc.tuple(fc.double({ min: -10, max: 10, noNaN: true }), fc.double({ min: 0.01, max: 10, noNaN: true })), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(logits, fc.double({ min: 0.1, max: 10, noNaN: true }), async (members, scale) => {
        const detectors = members.map(([score], i) => constant(`d${i}`, score));
        const weights = (factor: number) => weighted(Object.fromEntries(members.map(([, weight], i) => [`d${i}`, weight * factor])));
        const [one, scaled] = [await judge(detectors, weights(1)), await judge(detectors, weights(scale))];
        const scores = members.map(([score]) => score);
        expect(one.score!).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-6);
        expect(one.score!).toBeLessThanOrEqual(Math.max(...scores) + 1e-6);
        expect(scaled.score!).toBeCloseTo(one.score!, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('takes threshold, calibration, band and quantiles from its JSON', async () => {
    const more = { threshold: 3, calibration: { method: 'platt', slope: 0.5, intercept: 1 }, abstention: [1, 1.5], realScoreQuantiles: [0, 2, 4] } as const;
    expect(await judge([constant('a', 2)], weighted({ a: 1 }, more))).toMatchObject({
      verdict: 'real',
      threshold: 3,
      realShare: expect.closeTo(0.5, 6),
      probability: expect.closeTo(logistic(2), 6),
    });
    expect((await judge([constant('a', 1.2)], weighted({ a: 1 }, more))).verdict).toBe('inconclusive');
  });
});

describe('the stacker', () => {
  it('adds bias and weighted logits, negative ones too', async () => {
    const spec = weighted({ a: 0.5, b: -2 }, { combine: { method: 'stacker', bias: 0.25 } });
    expect((await judge([constant('a', 2), constant('b', 1)], spec)).score).toBeCloseTo(0.25 + 1 - 2, 6);
  });

  it('abstains when any member does', async () => {
    const spec = weighted({ a: 1, abstaining: 1 }, { combine: { method: 'stacker', bias: 0 } });
    expect(await judge([constant('a', 2), abstaining()], spec)).toMatchObject({ verdict: 'inconclusive', score: null, probability: null, threshold: null });
  });
});

describe('abstention', () => {
  it('is never read as 0.5: the mean is that of the others, whatever abstained', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 0.1, max: 100, noNaN: true }), async (score, weight) => {
        const alone = await judge([constant('a', score)], weighted({ a: 1 }));
        const both = await judge([constant('a', score), abstaining()], weighted({ a: 1, abstaining: weight }));
        expect(both.score).toBe(alone.score);
        expect(both.warnings.map(warning => warning.code)).toEqual(['FAKE_ABSTAINED']);
      }),
      { numRuns: 30 },
    );
  });

  it('of all members is one of the ensemble, with the reasons', async () => {
    const judgement = await judge([abstaining('a'), abstaining('b')], weighted({ a: 1, b: 1 }));
    expect(judgement).toMatchObject({ verdict: 'inconclusive', score: null, probability: null });
    expect(judgement.warnings.map(warning => warning.code)).toEqual(['FAKE_ABSTAINED', 'FAKE_ABSTAINED', 'ENSEMBLE_ABSTAINED']);
  });

  it('is what a score without a probability counts as', async () => {
    const raw = fakeDetector('raw', batch => batch.map(() => ({ ...answer(9), probability: null })));
    expect((await judge([constant('a', -1), raw], weighted({ a: 1, raw: 1 }))).score).toBeCloseTo(-1, 6);
  });

  it('leaves nothing when only members without weight answer', async () => {
    expect((await judge([abstaining(), constant('a')], weighted({ abstaining: 1, a: 0 }))).verdict).toBe('inconclusive');
  });
});

describe('evidence', () => {
  const spec = (weight = 1, more: Partial<EnsembleSpec> = {}): EnsembleSpec => ({
    ...weighted({ a: 1, b: 1 }, more),
    members: [
      { id: 'a', weight: 1 },
      { id: 'b', weight: 1 },
      { id: 'declared', weight, role: 'evidence' },
    ],
  });

  it('is added to the mean of the votes, which it does not dilute', async () => {
    expect((await judge([constant('a', -3), constant('b', -1), constant('declared', 6)], spec())).score).toBeCloseTo(4, 6);
    expect((await judge([constant('a', -3), constant('b', -1), constant('declared', 6)], spec(0.5))).score).toBeCloseTo(1, 6);
  });

  it('changes nothing where it abstains, and says so on its own detection only', async () => {
    const { score, warnings, detectors } = await judge([constant('a', -3), constant('b', -1), abstaining('declared')], spec());
    expect(score).toBeCloseTo(-2, 6);
    expect(warnings).toEqual([]);
    expect(detectors[2]).toMatchObject({ id: 'declared', score: null, warnings: [{ code: 'FAKE_ABSTAINED' }] });
  });

  it('does not make a stacker abstain, and speaks alone where the stacker does', async () => {
    const stacker = spec(1, { combine: { method: 'stacker', bias: 0.5 } });
    expect((await judge([constant('a', 1), constant('b', 1), abstaining('declared')], stacker)).score).toBeCloseTo(2.5, 6);
    expect((await judge([constant('a', 1), abstaining('b'), constant('declared', 3)], stacker)).score).toBeCloseTo(3, 6);
  });

  it('that is silent leaves a single vote its own threshold, band and share', async () => {
    const meaning = { threshold: 1, abstention: [2, 4], calibration: { method: 'platt', slope: 2, intercept: 0 }, realScoreQuantiles: [0, 4] } as const;
    const vote = fakeDetector('vote', batch => batch.map(() => scoreOf(3, meaning, null)));
    const ensemble = {
      ...weighted({ vote: 1 }),
      members: [
        { id: 'vote', weight: 1 },
        { id: 'declared', weight: 1, role: 'evidence' as const },
      ],
    };
    expect(await judge([vote, abstaining('declared')], ensemble)).toMatchObject({
      score: 3,
      threshold: 1,
      verdict: 'inconclusive',
      realShare: expect.closeTo(0.25, 6),
    });
    expect(await judge([vote, constant('declared', 2)], ensemble)).toMatchObject({
      score: expect.closeTo(8, 6),
      threshold: 0,
      verdict: 'synthetic',
      realShare: null,
    });
    expect((await judge([vote, abstaining('declared')], { ...ensemble, threshold: 7 })).verdict).toBe('real');
    expect((await judge([abstaining('vote'), abstaining('declared')], ensemble)).warnings).toHaveLength(1);
  });

  it('abstains with all others, with every reason', async () => {
    const judgement = await judge([abstaining('a'), abstaining('b'), abstaining('declared')], spec());
    expect(judgement.score).toBeNull();
    expect(judgement.warnings).toHaveLength(4);
  });

  it('that fails is a warning, not silence', async () => {
    const judgement = await judge([constant('a', 1), constant('b', 1), throwingAlways('declared')], spec());
    expect(judgement.score).toBeCloseTo(1, 6);
    expect(judgement.warnings.map(warning => warning.code)).toEqual(['DETECTOR_FAILED']);
  });

  it('is what a detector that rests on a declaration is by default', async () => {
    const declared = Object.assign(constant('declared', 6), { restsOn: 'declaration' as const });
    expect((await fakeSession([constant('a', -3), constant('b', -1), declared]).session.detect('a')).score).toBeCloseTo(4, 6);
    expect((await fakeSession([constant('a', -3), constant('b', -1), declared]).session.detect('a', { detectors: ['a', 'declared'] })).score).toBeCloseTo(3, 6);
  });
});

describe('a failing member', () => {
  it.each([throwingAlways('bad'), notANumber('bad')])('is left out with a warning that names it', async bad => {
    const judgement = await judge([constant('a', 1), bad], weighted({ a: 1, bad: 1 }));
    expect(judgement.score).toBeCloseTo(1, 6);
    expect(judgement.warnings).toEqual([{ code: 'DETECTOR_FAILED', message: expect.stringContaining('detector bad failed at detect on a') }]);
    expect(judgement.detectors[1]).toMatchObject({ id: 'bad', score: null, verdict: 'inconclusive' });
  });

  it('is left out for its bad image only', async () => {
    const { session } = fakeSession([constant('a'), throwingOn('image-2', 'bad')]);
    const outcomes = await collect(session.detectAll(names(4), { batch: 4 }));
    expect(outcomes.map(outcome => (isFailure(outcome) ? null : outcome.warnings.length))).toEqual([0, 0, 1, 0]);
  });

  it('makes a failure of the image when no other is left', async () => {
    const { session } = fakeSession([throwingAlways('a'), throwingOn('image-1', 'b')]);
    const outcomes = await collect(session.detectAll(names(3), { batch: 3 }));
    expect(outcomes.map(isFailure)).toEqual([false, true, false]);
    expect(outcomes[1]).toMatchObject({ error: { code: 'DETECTOR_FAILED', message: expect.stringContaining('always') } });
  });

  it('that breaks while it opens is left out with a warning, unless no other is left', async () => {
    const broken = { ...constant('b'), open: () => Promise.reject(new Error('not today')) };
    const judgement = await judge([constant('a', 2), broken], equalEnsemble(['a', 'b']));
    expect(judgement.score).toBeCloseTo(2, 6);
    expect(judgement.warnings).toMatchObject([{ code: 'DETECTOR_FAILED', message: expect.stringMatching(/b failed at open.*not today/) }]);
    const alone = await errorOf(() => judge([broken, { ...broken, id: 'c' }], equalEnsemble(['b', 'c'])));
    expect(alone).toMatchObject({ code: 'DETECTOR_FAILED', message: expect.stringContaining('at open') });
  });

  it('that says what it lacks is refused, and the members before it are closed', async () => {
    const first = constant('a');
    const missing = new SyntraceError('MODEL_MISSING', { id: 'b', remedy: 'Import some.' });
    const lacking = { ...constant('b'), open: () => Promise.reject(missing) };
    expect((await errorOf(() => judge([first, lacking], equalEnsemble(['a', 'b'])))).code).toBe('MODEL_MISSING');
    expect(first.calls).toMatchObject({ open: 1, close: 1 });
  });
});

describe('nesting', () => {
  /** A session with `inner` registered as a detector of its own. */
  function nested(detectors: readonly Detector[], inner: EnsembleSpec) {
    const { session } = fakeSession(detectors);
    session.use(fakePlugin('inner', { detectors: [ensembleDetector(inner, session.registry)] }));
    return session;
  }

  it('counts an ensemble as one member and shows the detectors within', async () => {
    const session = nested([constant('a', 2), constant('b', 4), constant('c', -1)], { ...equalEnsemble(['a', 'b']), id: 'inner' });
    const judgement = await session.detect('x', { ensemble: weighted({ inner: 1, c: 1 }) });
    expect(judgement.score).toBeCloseTo((3 - 1) / 2, 6);
    expect(judgement.detectors.map(detector => detector.id)).toEqual(['a', 'b', 'c']);
  });

  it('does not take an inner ensemble for failed because one of its members did', async () => {
    const session = nested([constant('a', 2), throwingAlways('b')], { ...equalEnsemble(['a', 'b']), id: 'inner' });
    const judgement = await session.detect('x', { ensemble: weighted({ inner: 1 }) });
    expect(judgement.score).toBeCloseTo(2, 6);
    expect(judgement.warnings.map(warning => warning.code)).toEqual(['DETECTOR_FAILED']);
  });

  it('takes an inner ensemble that abstains, of either kind, for no vote', async () => {
    const kinds = [{}, { combine: { method: 'stacker', bias: 3 } }] as const;
    for (const kind of kinds) {
      const inner = { ...weighted({ abstaining: 1 }, kind), id: 'inner' };
      expect(await nested([constant('a', 2), abstaining()], inner).detect('x', { ensemble: weighted({ inner: 5, a: 1 }) })).toMatchObject({
        score: expect.closeTo(2, 6),
        probability: expect.closeTo(logistic(2), 6),
      });
    }
  });

  it('leaves out an inner ensemble that fails as a whole', async () => {
    const session = nested([constant('a', 2), throwingAlways('b')], { ...equalEnsemble(['b']), id: 'inner' });
    expect((await session.detect('x', { ensemble: weighted({ inner: 5, a: 1 }) })).score).toBeCloseTo(2, 6);
  });
});

describe('an ensemble', () => {
  it('refuses members that are not there, and no members', async () => {
    expect((await errorOf(() => judge([constant('a')], equalEnsemble(['a', 'b'])))).code).toBe('DETECTOR_UNKNOWN');
    expect((await errorOf(() => judge([constant('a')], equalEnsemble([])))).code).toBe('ENSEMBLE_INVALID');
  });

  it('takes a detector that is named twice once', async () => {
    const detector = constant('a');
    await fakeSession([detector]).session.detect('x', { detectors: ['a', 'a'] });
    expect(detector.calls.batches).toEqual([['x']]);
  });

  it('is not seen in evidence that has members of another kind', async () => {
    const evidence = { members: [{ id: 'nearest photograph' }, 5] };
    const judgement = await judge([fakeDetector('knn', batch => batch.map(() => ({ ...answer(1), evidence })))], weighted({ knn: 1 }));
    expect(judgement.detectors).toMatchObject([{ id: 'knn', evidence }]);
  });

  it('is opened once however often it is used, and closed with the session', async () => {
    const [a, b] = [constant('a'), constant('b')];
    const { session } = fakeSession([a, b]);
    for (let i = 0; i < 3; i++) await session.detect('x');
    await session.close();
    expect([a.calls.open, a.calls.close, b.calls.open, b.calls.close]).toEqual([1, 1, 1, 1]);
  });
});

describe('detections that are there already', () => {
  it('combine to what the ensemble says when it judges', async () => {
    const detectors = [constant('a', 2), constant('b', -1), abstaining('c')];
    const specs = [
      weighted({ a: 1, b: 2, c: 1 }),
      weighted({ a: 0.5, b: -2 }, { combine: { method: 'stacker', bias: 0.25 } }),
      weighted({ a: 1, c: 1 }, { combine: { method: 'stacker', bias: 0 } }),
      {
        ...weighted({ a: 1 }),
        members: [
          { id: 'a', weight: 1 },
          { id: 'c', weight: 1, role: 'evidence' as const },
        ],
      },
      {
        ...weighted({}),
        members: [
          { id: 'a', weight: 1 },
          { id: 'b', weight: 3, role: 'evidence' as const },
        ],
      },
    ];
    for (const spec of specs) {
      const { verdict, probability, score, threshold, realShare, detectors: members } = await judge(detectors, spec);
      expect(combineDetections(spec, members)).toMatchObject({ verdict, probability, score, threshold, realShare });
    }
  });
});
