import { hostilePictures, oddPictures } from '../pictures.js';
import { must, type Rule } from '../rule.js';
import { difference } from '../same.js';
import { checkAnswer } from './check-answer.js';
import { type Bench, type DetectorSubject, unless, usualPictures, withDetector } from './subject.js';

/** Scores without what may differ between two runs. */
const scoresOf = async (bench: Bench, images: Parameters<Bench['detect']>[0]) => (await bench.detect(images)).map(({ evidence: _, ...answer }) => answer);

/** What a detector of single pictures answers. */
export const answerRules: readonly Rule<DetectorSubject>[] = [
  {
    id: 'detector/answers',
    promise: 'every answer has its fields, in range, and they say the same',
    check: subject =>
      withDetector(subject, async bench => {
        const images = usualPictures(subject, 4);
        for (const [i, answer] of (await bench.detect(images)).entries()) checkAnswer(answer, images[i]!.source.uri);
      }),
  },
  {
    id: 'detector/one-answer-each',
    promise: 'as many answers as pictures, whatever the size of the batch',
    check: subject =>
      withDetector(subject, async bench => {
        for (const count of [1, 2, 5]) {
          const { length } = await bench.detect(usualPictures(subject, count));
          must(length === count, `${length} answers for ${count} pictures`);
        }
      }),
  },
  {
    id: 'detector/empty-batch',
    promise: 'no pictures, no answers, no error',
    check: subject =>
      withDetector(subject, async bench => {
        const { length } = await bench.detect([]);
        must(length === 0, `${length} answers for no pictures`);
      }),
  },
  {
    id: 'detector/batch',
    promise: 'a picture has the same answer in a batch as alone',
    check: subject =>
      withDetector(subject, async bench => {
        const images = usualPictures(subject, 5);
        const together = await scoresOf(bench, images);
        for (const [i, image] of images.entries()) {
          const found = difference(together[i], (await scoresOf(bench, [image]))[0]);
          must(!found, `${image.source.uri} in a batch and alone differ at ${found}`);
        }
      }),
  },
  {
    id: 'detector/order',
    promise: 'answers come in the order of the pictures',
    check: subject =>
      withDetector(subject, async bench => {
        const images = usualPictures(subject, 6);
        const [there, back] = [await scoresOf(bench, images), await scoresOf(bench, images.toReversed())];
        const found = difference(there, back.toReversed());
        must(!found, `the pictures the other way round give other answers: ${found}`);
      }),
  },
  {
    id: 'detector/deterministic',
    promise: 'the same picture has the same answer again, also after closing and opening',
    leftOut: unless('determinism'),
    check: async subject => {
      const images = usualPictures(subject, 3);
      const [first, second] = await withDetector(subject, async bench => [await scoresOf(bench, images), await scoresOf(bench, images)]);
      const found = difference(first, second) ?? difference(first, await withDetector(subject, bench => scoresOf(bench, images)));
      must(!found, `twice the same pictures, and ${found}`);
    },
  },
  {
    id: 'detector/concurrent',
    promise: 'two batches at one time give what they give one after the other',
    leftOut: unless('determinism'),
    check: subject =>
      withDetector(subject, async bench => {
        const images = usualPictures(subject, 6);
        const [a, b] = [images.slice(0, 3), images.slice(3)];
        const expected = [await scoresOf(bench, a), await scoresOf(bench, b)];
        const found = difference(expected, await Promise.all([scoresOf(bench, a), scoresOf(bench, b)]));
        must(!found, `side by side: ${found}`);
      }),
  },
  {
    id: 'detector/odd-pictures',
    promise: 'least sizes, odd sizes, grey, black, white, noise and strips have an answer',
    check: subject =>
      withDetector(subject, async bench => {
        for (const image of oddPictures(subject.detector.requires.minimumSize)) checkAnswer((await bench.detect([image]))[0]!, image.source.uri);
      }),
  },
  {
    id: 'detector/hostile-pictures',
    promise: 'pictures that lie about their size, and bytes that are no file, are refused or answered properly, and the next picture is judged',
    check: subject =>
      withDetector(subject, async bench => {
        const [good] = usualPictures(subject, 1);
        const before = await scoresOf(bench, [good!]);
        for (const image of hostilePictures(subject.detector.requires.minimumSize)) {
          const answers = await bench.detect([image]).catch(() => []);
          for (const answer of answers) checkAnswer(answer, 'a hostile picture');
        }
        const found = difference(before, await scoresOf(bench, [good!]));
        must(!found, `after hostile pictures a good one is judged otherwise: ${found}`);
      }),
  },
  {
    id: 'detector/leaves-input',
    promise: 'samples and bytes of a picture are left as they are',
    check: subject =>
      withDetector(subject, async bench => {
        const images = usualPictures(subject, 2);
        const before = structuredClone(images);
        await bench.detect(images);
        const found = difference(before, images);
        must(!found, `a picture was changed: ${found}`);
      }),
  },
];
