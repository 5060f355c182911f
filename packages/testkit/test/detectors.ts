import { abstain, type Detector, type Image, type OpenDetector, type Plugin, type Run, type Score, scoreOf } from '@syntrace/core';

const MEANING = { threshold: 0, abstention: null, calibration: null, realScoreQuantiles: [] } as const;

/** An honest detector on the kernels: the mean luma, less 100. */
export async function honest(image: Image, { kernels }: Run): Promise<Score> {
  const pixels = kernels.tensor('u8', image.data, [1, image.height, image.width, image.channels]);
  try {
    const plane = await kernels.colour(pixels, 'bt601');
    const spectrum = await kernels.dct2(plane);
    const [first] = await kernels.read(spectrum);
    kernels.free(plane, spectrum);
    return scoreOf(first! / Math.sqrt(image.width * image.height) - 100, MEANING, { mean: first! });
  } finally {
    kernels.free(pixels);
  }
}

type Judge = OpenDetector['detect'];
export const judgeAll: Judge = async (batch, run) => {
  const scores: Score[] = [];
  for (const image of batch) scores.push(await honest(image, run));
  return scores;
};

const RED = { width: 1, height: 1, data: Uint8Array.of(255, 0, 0, 255) };

/** The honest detector with parts of it replaced. */
export function detector(open: Partial<OpenDetector> = {}, more: Partial<Detector> = {}): Detector {
  return {
    id: 'mean',
    description: 'Mean luma: an example, not a detector',
    unit: 'image',
    requires: { minimumSize: { width: 8, height: 8 } },
    open: async () => ({
      detect: judgeAll,
      explain: async () => [{ id: 'mean', title: 'Mean', description: 'A red sample.', picture: RED }],
      close: async () => {},
      ...open,
    }),
    ...more,
  };
}

/** Judges a collection by the honest detector, with parts of it replaced. */
export function collection(
  change: (scores: readonly Score[], run: Run, count: number) => Partial<CollectionAnswer> | Promise<Partial<CollectionAnswer>> = () => ({}),
): Detector {
  const detectCollection = async (images: AsyncIterable<Image>, run: Run): Promise<CollectionAnswer> => {
    const scores: Score[] = [];
    for await (const image of images) {
      run.signal.throwIfAborted();
      scores.push(await honest(image, run));
    }
    run.signal.throwIfAborted();
    const clusters = scores.length > 0 ? [{ id: 'all', images: scores.map((_, i) => i), verdict: 'real' as const }] : [];
    return { scores, finding: { clusters, explanations: [] }, ...(await change(scores, run, scores.length)) };
  };
  return detector(
    {
      detect: async (batch: readonly Image[]) => batch.map(() => abstain({ code: 'ALONE', message: 'a picture alone says nothing' }, null)),
      detectCollection,
    } as never,
    {
      unit: 'collection',
    },
  );
}

interface CollectionAnswer {
  readonly scores: readonly Score[];
  readonly finding: {
    readonly clusters: readonly { id: string; images: readonly number[]; verdict: 'real' | 'synthetic' | 'inconclusive' }[];
    readonly explanations: [];
  };
}

export const plugin = (...detectors: Detector[]): Plugin => ({ name: 'example', version: '1.0.0', contract: 1, detectors });
