import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constant, errorOf } from '../../test/fakes.js';
import { SyntraceError } from '../errors.js';
import { ensembleDetector } from './detector.js';
import { equalEnsemble, parseEnsemble } from './spec.js';

const minimal = { format: 1, members: ['a', { id: 'b', weight: 2 }, { id: 'c' }] };

describe('parseEnsemble', () => {
  it('fills in the defaults', () => {
    expect(parseEnsemble(JSON.stringify(minimal))).toEqual({
      ...equalEnsemble([]),
      members: [
        { id: 'a', weight: 1 },
        { id: 'b', weight: 2 },
        { id: 'c', weight: 1 },
      ],
    });
  });

  it('gives back what an ensemble was written as', () => {
    const spec = {
      ...equalEnsemble(['x', 'y']),
      id: 'mine',
      combine: { method: 'stacker', bias: -0.5 },
      threshold: 1,
      abstention: [0, 2],
      realScoreQuantiles: [-1, 0, 0, 4],
    };
    expect(parseEnsemble(JSON.stringify(spec))).toEqual(spec);
  });

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', []],
    ['a number', '5'],
    ['another format', { ...minimal, format: 2 }],
    ['no format', { ...minimal, format: undefined }],
    ['no members', { format: 1, members: [] }],
    ['members that are no list', { format: 1, members: 'a' }],
    ['a member that is null', { format: 1, members: [null] }],
    ['a member that is a number', { format: 1, members: [5] }],
    ['a member without id', { format: 1, members: [{ weight: 1 }] }],
    ['a weight in words', { format: 1, members: [{ id: 'a', weight: '1' }] }],
    ['a weight beyond numbers', JSON.stringify({ format: 1, members: [{ id: 'a', weight: 5 }] }).replace('5', '1e999')],
    ['an unknown role', { format: 1, members: [{ id: 'a', role: 'judge' }] }],
    ['evidence of negative weight', { format: 1, members: ['a', { id: 'b', weight: -1, role: 'evidence' }] }],
    ['a member twice', { format: 1, members: ['a', { id: 'a' }] }],
    ['no id', { ...minimal, id: null }],
    ['no way to combine', { ...minimal, combine: null }],
    ['combine as a word', { ...minimal, combine: 'mean' }],
    ['an unknown way to combine', { ...minimal, combine: { method: 'median' } }],
    ['a cascade without its bands', { ...minimal, combine: { method: 'cascade' } }],
    [
      'a cascade with a band too many',
      {
        ...minimal,
        combine: {
          method: 'cascade',
          bands: [
            [0, 1],
            [0, 1],
            [0, 1],
          ],
        },
      },
    ],
    ['a band of a cascade the wrong way round', { format: 1, members: ['a', 'b'], combine: { method: 'cascade', bands: [[1, 0]] } }],
    ['a vote without weight', { format: 1, members: [{ id: 'a', weight: 0 }], combine: { method: 'vote' } }],
    ['an isotonic calibration that falls', { ...minimal, calibration: { method: 'isotonic', scores: [0, 1], probabilities: [1, 0] } }],
    ['an isotonic calibration beyond 1', { ...minimal, calibration: { method: 'isotonic', scores: [0, 1], probabilities: [0, 2] } }],
    ['an isotonic calibration with too few points', { ...minimal, calibration: { method: 'isotonic', scores: [0, 1], probabilities: [0] } }],
    ['a stacker without bias', { ...minimal, combine: { method: 'stacker' } }],
    ['a mean with a negative weight', { format: 1, members: [{ id: 'a', weight: -1 }, 'b'] }],
    ['a mean without weight', { format: 1, members: [{ id: 'a', weight: 0 }] }],
    ['a threshold in words', { ...minimal, threshold: '0' }],
    ['a threshold of null', { ...minimal, threshold: null }],
    ['a band of words', { ...minimal, abstention: ['a', 'b'] }],
    ['a band as a word', { ...minimal, abstention: 'ab' }],
    ['a band with null', { ...minimal, abstention: [null, null] }],
    ['a band the wrong way round', { ...minimal, abstention: [1, 0] }],
    ['a calibration in words', { ...minimal, calibration: 'platt' }],
    ['another calibration', { ...minimal, calibration: { method: 'isotonic', slope: 1, intercept: 0 } }],
    ['half a calibration', { ...minimal, calibration: { method: 'platt', slope: 1 } }],
    ['quantiles that are no list', { ...minimal, realScoreQuantiles: {} }],
    ['quantiles of words', { ...minimal, realScoreQuantiles: ['a'] }],
    ['quantiles that fall', { ...minimal, realScoreQuantiles: [1, 0] }],
  ])('refuses %s', async (_, value) => {
    expect((await errorOf(() => parseEnsemble(typeof value === 'string' ? value : JSON.stringify(value)))).code).toBe('ENSEMBLE_INVALID');
  });

  it('refuses by a typed error, or gives a spec that can be used, whatever it reads', () => {
    const source = { detector: (id: string) => constant(id), versionOf: () => '1.0.0' };
    const anything = fc.json();
    const field = fc.jsonValue();
    const near = fc.record(
      { format: fc.constant(1), id: field, members: field, combine: field, calibration: field, threshold: field, abstention: field, realScoreQuantiles: field },
      { requiredKeys: ['format'] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          near.map(value => JSON.stringify({ ...minimal, ...value })),
        ),
        text => {
          try {
            ensembleDetector(parseEnsemble(text), source);
          } catch (error) {
            expect(SyntraceError.is(error, 'ENSEMBLE_INVALID')).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
