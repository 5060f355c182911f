import { describe, expect, it } from 'vitest';
import { answer, collectionDetector, constant, errorOf, type FakeSource, unhandledDuring } from '../../test/fakes.js';
import { fakeSession, names } from '../../test/session.js';

const sources: FakeSource[] = [
  { name: 'a', value: 1 },
  { name: 'bad', fail: new Error('cut') },
  { name: 'b', value: 3, delay: 5 },
  { name: 'c', value: 5 },
];

describe('a collection', () => {
  it('is judged as a whole; what cannot be decoded comes back beside it', async () => {
    const { session, live } = fakeSession([collectionDetector()]);
    const { scores, failures, finding } = await session.detectCollection(sources, 'collection');
    expect(scores.map(({ index, uri, score }) => [index, uri, score.score])).toEqual([
      [0, 'a', -2],
      [2, 'b', 0],
      [3, 'c', 2],
    ]);
    expect(failures).toMatchObject([{ index: 1, uri: 'bad', error: { code: 'IMAGE_CORRUPT' } }]);
    expect(finding.clusters[0]!.images).toEqual([0, 1, 2]);
    expect(live()).toBe(0);
  });

  it('loses only the image whose score is not a number', async () => {
    const scores = (n: number) => Array.from({ length: n }, (_, i) => (i === 1 ? { ...answer(0), score: Number.NaN } : answer(i)));
    const result = await fakeSession([collectionDetector('collection', { scores })]).session.detectCollection(sources, 'collection');
    expect(result.scores.map(score => score.uri)).toEqual(['a', 'c']);
    expect(result.failures.map(failure => [failure.uri, failure.error.code])).toEqual([
      ['bad', 'IMAGE_CORRUPT'],
      ['b', 'DETECTOR_FAILED'],
    ]);
  });

  it.each([
    ['throws', { thrown: new TypeError('oops') }],
    ['forgets an image', { scores: () => [answer(1)] }],
  ])('fails with a typed error when its detector %s', async (_, more) => {
    const { session } = fakeSession([collectionDetector('collection', more)]);
    expect(await errorOf(() => session.detectCollection(sources, 'collection'))).toMatchObject({ code: 'DETECTOR_FAILED', details: { id: 'collection' } });
  });

  it('is never judged by halves: an abort ends it, and closes the source', async () => {
    const controller = new AbortController();
    let closed = false;
    async function* endless() {
      try {
        for (let i = 0; ; i++) {
          if (i === 20) controller.abort();
          yield `image-${i}`;
        }
      } finally {
        closed = true;
      }
    }
    const unhandled = await unhandledDuring(async () => {
      const { session } = fakeSession([collectionDetector()]);
      expect((await errorOf(() => session.detectCollection(endless(), 'collection', { signal: controller.signal }))).code).toBe('ABORTED');
    });
    expect(closed).toBe(true);
    expect(unhandled).toEqual([]);
  });

  it('passes on what the source throws', async () => {
    async function* broken() {
      yield 'a';
      throw new Error('the folder is gone');
    }
    expect((await errorOf(() => fakeSession([collectionDetector()]).session.detectCollection(broken(), 'collection'))).message).toBe('the folder is gone');
  });

  it('is refused to a detector of single images, and an ensemble refuses a collection detector', async () => {
    const { session } = fakeSession([constant(), collectionDetector()]);
    expect((await errorOf(() => session.detectCollection(names(2), 'constant'))).code).toBe('USAGE');
    expect((await errorOf(() => session.detect('a', { detectors: ['constant', 'collection'] }))).code).toBe('ENSEMBLE_INVALID');
  });

  it('detectors are left out of the default ensemble', async () => {
    const { session } = fakeSession([constant(), collectionDetector()]);
    expect((await session.detect('a')).detectors.map(detector => detector.id)).toEqual(['constant']);
  });
});
