import { describe, expect, it } from 'vitest';
import { constant, fakePlugin } from '../test/fakes.js';
import { fakeSession } from '../test/session.js';
import { type EnsembleSpec, equalEnsemble } from './ensemble/spec.js';

const named = (id: string, score: number) => ({ ...constant(id, score), byDefault: false });
const ensemble: EnsembleSpec = { ...equalEnsemble(['a', 'b']), combine: { method: 'max' } };

describe('the ensemble of a session', () => {
  it('judges when nothing is named, with members that judge only when named too', async () => {
    const { session } = fakeSession([constant('a', 1), named('b', 3)], { ensemble });
    expect(session.defaultEnsemble()).toBe(ensemble);
    expect(session.defaultDetectors()).toEqual(['a', 'b']);
    expect((await session.detect('x')).score).toBeCloseTo(3, 6);
    expect((await session.detect('x', { detectors: ['a'] })).score).toBeCloseTo(1, 6);
    expect((await session.detect('x', { ensemble: equalEnsemble(['a', 'b']) })).score).toBeCloseTo(2, 6);
  });

  it('steps aside where another detector judges by default', async () => {
    const { session } = fakeSession([constant('a', 1), named('b', 3)], { ensemble });
    session.use(fakePlugin('more', { detectors: [constant('c', 5)] }));
    expect(session.defaultEnsemble()).toMatchObject({ members: [{ id: 'a' }, { id: 'c' }], combine: { method: 'mean' } });
    expect((await session.detect('x')).score).toBeCloseTo(3, 6);
  });
});
