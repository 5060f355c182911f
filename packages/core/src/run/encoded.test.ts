import { describe, expect, it } from 'vitest';
import { abstaining, collect, constant, fakeDetector, noAnswer } from '../../test/fakes.js';
import { fakeSession, names } from '../../test/session.js';
import { equalEnsemble } from '../ensemble/spec.js';

/** Notes whether each picture came with its file. */
function reader(id = 'reader') {
  const seen: (number | null)[] = [];
  const detector = fakeDetector(
    id,
    batch => {
      seen.push(...batch.map(image => image.source.encoded?.length ?? null));
      return batch.map(noAnswer);
    },
    { requires: { minimumSize: { width: 1, height: 1 }, encodedBytes: true } },
  );
  return Object.assign(detector, { seen });
}

describe('the encoded bytes', () => {
  it('reach a detector that requires them, and never a result', async () => {
    const detector = reader();
    const outcomes = await collect(fakeSession([detector]).session.detectAll(names(3)));
    expect(detector.seen).toEqual([100, 100, 100]);
    expect(JSON.stringify(outcomes)).not.toContain('encoded');
  });

  it('are kept for an ensemble with such a member, at any depth', async () => {
    const detector = reader();
    const { session } = fakeSession([constant('a'), detector]);
    await session.detect('x', { ensemble: { ...equalEnsemble(['a', 'reader']) } });
    await session.detect('x');
    expect(detector.seen).toEqual([100, 100]);
  });

  it('are not kept in a run without one', async () => {
    const kept: unknown[] = [];
    const plain = fakeDetector('plain', batch => {
      kept.push(...batch.map(image => image.source.encoded));
      return batch.map(noAnswer);
    });
    await fakeSession([plain, reader()]).session.detect('x', { detectors: ['plain'] });
    await fakeSession([plain, abstaining()]).session.detect('x');
    expect(kept).toEqual([null, null]);
  });
});
