import { describe, expect, it } from 'vitest';
import { answer, asking, collect, constant, fakeDetector, fakeIntermediate, pause, trapping } from '../../test/fakes.js';
import { fakeSession, names } from '../../test/session.js';
import { isFailure } from './outcome.js';

const codes = (outcomes: readonly object[]) => outcomes.map(outcome => ('error' in outcome ? (outcome.error as { code: string }).code : 'ok'));

describe('after a trap', () => {
  it.each([1, 4])('reopens the detector and judges the images again, in batches of %d', async batch => {
    const detector = trapping(1);
    const { session, live } = fakeSession([detector]);
    expect(codes(await collect(session.detectAll(names(4), { batch })))).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(detector.calls).toMatchObject({ open: 2, close: 1 });
    expect(live()).toBe(0);
  });

  it('tries a single image again', async () => {
    expect((await fakeSession([trapping(1)]).session.detect('a')).verdict).toBe('synthetic');
  });

  it('gives up on the one image that traps every time, and judges the others', async () => {
    const detector = trapping(Number.POSITIVE_INFINITY, 'trapping', 'image-2');
    const { session } = fakeSession([detector]);
    expect(codes(await collect(session.detectAll(names(5), { batch: 5 })))).toEqual(['ok', 'ok', 'KERNEL_TRAP', 'ok', 'ok']);
    expect(detector.calls.open - detector.calls.close).toBe(1);
  });

  it('reopens every detector of the session, for all their tensors are gone', async () => {
    const [other, bad] = [constant('other'), trapping(1)];
    const { session } = fakeSession([other, bad]);
    await session.detect('a', { detectors: ['other'] });
    await session.detect('a', { detectors: ['trapping'] });
    await session.detect('a', { detectors: ['other'] });
    expect(other.calls).toMatchObject({ open: 2, close: 1 });
  });

  it('lets an ensemble with a trapping member go on', async () => {
    const { session } = fakeSession([constant(), trapping(1)]);
    expect(codes(await collect(session.detectAll(names(3))))).toEqual(['ok', 'ok', 'ok']);
  });

  it('spares another run of the same session', async () => {
    // The weights of this detector are lost whenever one of its images traps, as with a real backend.
    let generation = 0;
    const detector = fakeDetector('weighty', batch => batch.map(() => answer(1)));
    const open: typeof detector.open = async () => {
      const mine = generation;
      return {
        async detect(batch) {
          await pause(3);
          if (batch.some(image => image.source.uri === 'trap') && generation === 0) {
            generation++;
            throw Object.assign(new (await import('../errors.js')).SyntraceError('KERNEL_TRAP', { op: 'x', backend: 'fake', detail: 'x' }));
          }
          if (mine !== generation) throw new Error('my weights are gone');
          return batch.map(() => answer(1));
        },
        close: async () => {},
      };
    };
    const { session } = fakeSession([{ ...detector, open }]);
    const [a, b] = await Promise.all([
      collect(session.detectAll([...names(6), 'trap', ...names(6)], { batch: 2 })),
      collect(session.detectAll(names(20), { batch: 2 })),
    ]);
    expect([...a, ...b].filter(isFailure)).toEqual([]);
  });

  it('gives back what was shared before it', async () => {
    const { session, live } = fakeSession([asking('asking'), trapping(1)], { intermediates: [fakeIntermediate()] });
    await collect(session.detectAll(names(10), { batch: 3 }));
    expect(live()).toBe(0);
  });
});
