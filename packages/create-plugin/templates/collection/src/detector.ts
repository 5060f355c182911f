import { abstain, type CollectionFinding, type Detector, type Image, type OpenCollectionDetector, type Run, type Score, scoreOf } from '@syntrace/core';

/** What turns a score into an answer. Take these from a model card once you have measured them. */
const MEANING = { threshold: 2, abstention: null, calibration: null, realScoreQuantiles: [] } as const;

export const detector: Detector = {
  id: '__ID__',
  description: 'Brightness against the rest of the pile: an example, not a detector',
  unit: 'collection',
  requires: { minimumSize: { width: 8, height: 8 } },
  open: async (): Promise<OpenCollectionDetector> => ({
    detect: async batch => batch.map(() => abstain({ code: 'ALONE', message: 'a picture alone says nothing here' }, null)),
    detectCollection,
    close: async () => {},
  }),
};

/** Pictures come as a stream: keep numbers of them, not the pictures. */
async function detectCollection(images: AsyncIterable<Image>, run: Run): Promise<{ scores: readonly Score[]; finding: CollectionFinding }> {
  const values: number[] = [];
  for await (const image of images) {
    run.signal.throwIfAborted();
    values.push(await brightnessOf(image, run));
    run.progress?.({ phase: 'brightness', done: values.length, total: values.length });
  }
  run.signal.throwIfAborted();
  const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length || 1)) || 1;
  const scores = values.map(value => scoreOf((value - mean) / deviation, MEANING, { brightness: value }));
  const bright = scores.flatMap(({ verdict }, i) => (verdict === 'synthetic' ? [i] : []));
  return { scores, finding: { clusters: bright.length > 0 ? [{ id: 'bright', images: bright, verdict: 'synthetic' }] : [], explanations: [] } };
}

/** Nobody frees the tensors of a picture that is not in a run, so this does. */
async function brightnessOf({ data, width, height, channels }: Image, { kernels }: Run): Promise<number> {
  const pixels = kernels.tensor('u8', data, [1, height, width, channels]);
  try {
    const plane = await kernels.colour(pixels, 'bt601');
    const { mean } = await kernels.moments(null, plane).finally(() => kernels.free(plane));
    return mean.reduce((sum, value) => sum + value, 0) / mean.length;
  } finally {
    kernels.free(pixels);
  }
}
