import { type Image, isFailure, type Judgement, Syntrace } from '@syntrace/core';
import { fakeDetector } from '../fakes/fake-detector.js';
import { contextOf } from '../options.js';
import { must, type Rule } from '../rule.js';
import { difference } from '../same.js';
import { checkExplanation } from './check-answer.js';
import { backendOf, type DetectorSubject, unless, usualPictures, withDetector } from './subject.js';

/** How a detector fits with others: evidence, ensembles, workers. */
export const compositionRules: readonly Rule<DetectorSubject>[] = [
  {
    id: 'detector/evidence-drawable',
    promise: 'what `explain` returns can be drawn and has words to it',
    check: subject =>
      withDetector(subject, async bench => {
        const { explain } = bench.open;
        if (!explain) return;
        const before = bench.live();
        for (const image of usualPictures(subject, 2)) {
          const explanations = await bench.withRun(run => explain.call(bench.open, image, run));
          explanations.forEach(checkExplanation);
          const ids = explanations.map(({ id }) => id);
          must(new Set(ids).size === ids.length, `two explanations have one id: ${ids.join(', ')}`);
        }
        must(bench.live() === before, () => `explaining leaves ${bench.live() - before} tensors`);
      }),
  },
  {
    id: 'detector/ensemble',
    promise: 'as a member of an ensemble it answers as it does alone',
    leftOut: unless('ensemble'),
    check: async subject => {
      const images = usualPictures(subject, 3);
      const { id } = subject.detector;
      const [alone, together] = [await judged(subject, images, [id]), await judged(subject, images, [id, 'kit-constant'])];
      for (const [i, judgement] of together.entries()) {
        const of = ({ detectors }: Judgement) => detectors.find(each => each.id === id)?.score;
        must(of(judgement) !== undefined, 'it is not among the members that the ensemble shows');
        must(Object.is(of(judgement), of(alone[i]!)), `its score is ${of(alone[i]!)} alone and ${of(judgement)} in an ensemble`);
      }
    },
  },
  {
    id: 'detector/worker',
    promise: 'pictures that came from another thread are judged alike, and answers can go there',
    leftOut: unless('worker'),
    check: subject =>
      withDetector(subject, async bench => {
        const images = usualPictures(subject, 2);
        const answers = await bench.detect(images);
        const found = difference(answers, structuredClone(answers)) ?? difference(answers, await bench.detect(structuredClone(images)));
        must(!found, `behind a worker: ${found}`);
        const { explain } = bench.open;
        if (!explain) return;
        const explanations = await bench.withRun(run => explain.call(bench.open, images[0]!, run));
        const lost = difference(explanations, structuredClone(explanations));
        must(!lost, `evidence behind a worker: ${lost}`);
      }),
  },
];

/** Judgements by the whole pipeline, on a session of their own. */
async function judged(subject: DetectorSubject, images: readonly Image[], detectors: readonly string[]): Promise<readonly Judgement[]> {
  const backend = backendOf(subject);
  const { models } = subject.options;
  const { loadAsset, logger } = contextOf(undefined as never, subject.options, new AbortController().signal);
  const constant = { name: 'kit', version: '1.0.0', contract: 1, detectors: [fakeDetector('kit-constant', () => 1)] } as const;
  const kernels = { name: 'kit-kernels', version: '1.0.0', contract: 1, kernels: [backend] } as const;
  const isOwn = subject.plugin.kernels?.some(each => each.id === backend.id);
  const session = new Syntrace<Image>({
    host: { cores: 1, nameOf: image => image.source.uri, decode: async image => image, loadAsset, logger, ...(models && { models: () => models }) },
    plugins: [subject.plugin, constant, ...(isOwn ? [] : [kernels])],
    backend: backend.id,
    concurrency: 1,
  });
  try {
    const judgements: Judgement[] = [];
    for await (const outcome of session.detectAll(images, { detectors })) {
      if (isFailure(outcome)) throw outcome.error;
      judgements.push(outcome);
    }
    return judgements;
  } finally {
    await session.close();
  }
}
