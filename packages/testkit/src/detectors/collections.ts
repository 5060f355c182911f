import { type CollectionFinding, type Image, messageOf, type Score, SyntraceError } from '@syntrace/core';
import { must, type Rule, within } from '../rule.js';
import { difference } from '../same.js';
import { checkAnswer, checkExplanation } from './check-answer.js';
import { type Bench, collectionOf, type DetectorSubject, unless, usualPictures, withDetector } from './subject.js';

const COUNT = 12;
const STOP_MS = 10_000;

async function* streamOf(images: readonly Image[]): AsyncGenerator<Image> {
  yield* images;
}

const judged = (bench: Bench, images: readonly Image[], signal?: AbortSignal): Promise<{ scores: readonly Score[]; finding: CollectionFinding }> =>
  bench.withRun(run => collectionOf(bench).detectCollection(streamOf(images), run), signal);

/** What a detector of collections answers. */
export const collectionRules: readonly Rule<DetectorSubject>[] = [
  {
    id: 'collection/answers',
    promise: 'one answer for each picture, and clusters that name pictures which are there',
    check: subject =>
      withDetector(subject, async bench => {
        const { scores, finding } = await judged(bench, usualPictures(subject, COUNT));
        must(scores.length === COUNT, `${scores.length} answers for ${COUNT} pictures`);
        for (const [i, score] of scores.entries()) checkAnswer(score, `picture ${i}`);
        for (const { id, images, verdict } of finding.clusters) {
          must(images.length > 0 && images.every(i => Number.isInteger(i) && i >= 0 && i < COUNT), `cluster ${id} names pictures that are not there`);
          must(['real', 'synthetic', 'inconclusive'].includes(verdict), `cluster ${id} has the verdict ${String(verdict)}`);
        }
        const ids = finding.clusters.map(({ id }) => id);
        must(new Set(ids).size === ids.length, `two clusters have one id: ${ids.join(', ')}`);
        finding.explanations.forEach(checkExplanation);
      }),
  },
  {
    id: 'collection/small',
    promise: 'no picture, one and two have an answer or a typed refusal',
    check: subject =>
      withDetector(subject, async bench => {
        for (const count of [0, 1, 2]) {
          const judgement = await judged(bench, usualPictures(subject, count)).catch((error: unknown) => {
            must(SyntraceError.is(error), `${count} pictures: an error without a code: ${messageOf(error)}`);
          });
          must(!judgement || judgement.scores.length === count, `not ${count} answers for ${count} pictures`);
        }
      }),
  },
  {
    id: 'collection/deterministic',
    promise: 'the same pictures give the same answers again',
    leftOut: unless('determinism'),
    check: subject =>
      withDetector(subject, async bench => {
        const images = usualPictures(subject, COUNT);
        const found = difference(await judged(bench, images), await judged(bench, images));
        must(!found, `twice the same pictures, and ${found}`);
      }),
  },
  {
    id: 'collection/abort',
    promise: 'a collection whose run was stopped ends soon, with an error',
    check: subject =>
      withDetector(subject, async bench => {
        const controller = new AbortController();
        controller.abort(new Error('stopped by the kit'));
        const ended = judged(bench, usualPictures(subject, COUNT), controller.signal).then(
          () => 'an answer',
          () => 'an error',
        );
        const end = await within(STOP_MS, ended, `it still works ${STOP_MS / 1000} s after it was stopped`);
        must(end === 'an error', 'it went on to the end after it was stopped');
      }),
  },
  {
    id: 'collection/memory',
    promise: 'a collection leaves no tensors behind',
    check: subject =>
      withDetector(subject, async bench => {
        await judged(bench, usualPictures(subject, COUNT));
        const idle = bench.live();
        await judged(bench, usualPictures(subject, COUNT));
        must(bench.live() === idle, () => `${bench.live() - idle} tensors are left`);
      }),
  },
];
