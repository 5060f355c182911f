import { assetsOf } from '../options.js';
import { must, type Rule, within } from '../rule.js';
import { collectionOf, type DetectorSubject, usualPictures, withDetector } from './subject.js';

/** How long a detector may go on after it was told to stop. */
const STOP_MS = 10_000;
const PICTURES = 200;
const BATCH = 8;

/** How a detector opens, stops, keeps house and closes. */
export const lifeRules: readonly Rule<DetectorSubject>[] = [
  {
    id: 'detector/opens',
    promise: '`open` gives `detect` and `close` (and `detectCollection` for collections)',
    check: subject =>
      withDetector(subject, async bench => {
        const { open } = bench;
        must(typeof open.detect === 'function' && typeof open.close === 'function', 'detect or close is missing');
        if (subject.detector.unit === 'collection') collectionOf(bench);
      }),
  },
  {
    id: 'detector/abort',
    promise: 'a batch whose run was stopped ends soon, and holds nothing',
    check: subject =>
      withDetector(subject, async bench => {
        const idle = bench.live();
        const controller = new AbortController();
        const work = bench.detect(usualPictures(subject, BATCH), controller.signal).catch(() => undefined);
        controller.abort(new Error('stopped by the kit'));
        await within(STOP_MS, work, `it still works ${STOP_MS / 1000} s after it was stopped`);
        await within(
          STOP_MS,
          bench.detect(usualPictures(subject, 1), controller.signal).catch(() => undefined),
          'it never answers a run that is over',
        );
        must(bench.live() === idle, () => `${bench.live() - idle} tensors are left`);
      }),
  },
  {
    id: 'detector/memory',
    promise: 'many pictures leave no tensors behind',
    check: subject =>
      withDetector(subject, async bench => {
        const count = subject.options.pictures ?? PICTURES;
        const images = usualPictures(subject, BATCH);
        await bench.detect(images);
        const idle = bench.live();
        for (let done = 0; done < count; done += BATCH) await bench.detect(images.slice(0, Math.min(BATCH, count - done)));
        must(bench.live() === idle, () => `${bench.live() - idle} tensors are left of ${count} pictures`);
      }),
  },
  {
    id: 'detector/close',
    promise: 'closing gives back every tensor, closing twice is harmless, and it can be opened again',
    check: async subject => {
      const left = await withDetector(subject, async bench => {
        await bench.detect(usualPictures(subject, 1));
        await bench.open.close();
        const { live } = bench;
        await bench.open.close();
        return live();
      });
      must(left === 0, `${left} tensors are left`);
      await withDetector(subject, bench => bench.detect(usualPictures(subject, 1)));
    },
  },
  {
    id: 'detector/no-globals',
    promise: 'nothing is left on the global object',
    check: async subject => {
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      await withDetector(subject, bench => bench.detect(usualPictures(subject, 1)));
      const added = Object.getOwnPropertyNames(globalThis).filter(name => !before.has(name));
      must(added.length === 0, `new on globalThis: ${added.join(', ')}`);
    },
  },
  {
    id: 'detector/card',
    promise: 'the model card, if there is one, explains the scores',
    leftOut: ({ detector }) => (detector.card ? undefined : 'it has no model'),
    check: subject =>
      withDetector(subject, async bench => {
        const card = await subject.detector.card!({ loadAsset: assetsOf(subject.options) });
        must(card.detector === subject.detector.id, `the card is of ${card.detector}`);
        must(card.licence !== '' && card.method !== '' && card.trainingData.length > 0, 'the card lacks licence, method or training data');
        if (subject.detector.unit === 'collection') return;
        const [answer] = await bench.detect(usualPictures(subject, 1));
        must(answer!.score === null || answer!.threshold === card.threshold, `answers have the threshold ${answer!.threshold}, the card ${card.threshold}`);
      }),
  },
];
