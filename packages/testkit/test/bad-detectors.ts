import type { DetectorContext, Run, Score } from '@syntrace/core';
import { detector, honest, judgeAll } from './detectors.js';

/** Forgets a tensor. */
export function leak({ kernels }: Pick<Run | DetectorContext, 'kernels'>): void {
  kernels.tensor('f32', Float32Array.of(1), [1]);
}

export const changed = (change: (score: Score, i: number) => Partial<Score>) =>
  detector({ detect: async (batch, run) => (await judgeAll(batch, run)).map((score, i) => ({ ...score, ...change(score, i) })) });

export function withScore(score: number): Partial<Score> {
  return { score, verdict: score > 0 ? 'synthetic' : 'real' };
}

export async function relative(batch: Parameters<typeof judgeAll>[0], run: Parameters<typeof judgeAll>[1]): Promise<readonly Score[]> {
  const scores = await judgeAll(batch, run);
  const mean = scores.reduce((sum, { score }) => sum + score!, 0) / scores.length;
  return scores.map(each => ({ ...each, ...withScore(each.score! - mean) }));
}

export function sharedBuffer() {
  let buffer: Score[] = [];
  return detector({
    detect: async (batch, run) => {
      buffer = [];
      for (const image of batch) {
        const mine = await honest(image, run);
        buffer.push(mine);
      }
      return buffer.slice(-batch.length);
    },
  });
}

export const colourOnly = (image: Parameters<typeof honest>[0]) => {
  if (image.channels === 1) throw new Error('colour pictures only');
  return image;
};
export const contrast = (data: Uint8Array) => data.reduce((a, b) => Math.max(a, b), 0) - data.reduce((a, b) => Math.min(a, b), 255);
export const believing = ({ width, height, data }: Parameters<typeof honest>[0]): Score => {
  const score = data[width * height - 1]! - 1;
  return { score, probability: null, threshold: 0, verdict: score > 0 ? 'synthetic' : 'real', realShare: null, warnings: [], evidence: null };
};

export function brokenForGood() {
  let broken = false;
  return detector({
    detect: async (batch, run) => {
      if (batch.some(({ data, width }) => data.length < width)) broken = true;
      return (await judgeAll(batch, run)).map(score => (broken ? { ...score, ...withScore(score.score! + 1) } : score));
    },
  });
}

export function closesOnce() {
  return {
    ...detector(),
    open: async () => {
      let closed = false;
      return {
        detect: judgeAll,
        close: async () => {
          if (closed) throw new Error('closed already');
          closed = true;
        },
      };
    },
  };
}

export const explaining = (more: object) =>
  detector({
    explain: async () => [{ id: 'a', title: 'A', description: 'A sample.', picture: { width: 1, height: 1, data: Uint8Array.of(1, 2, 3, 255) }, ...more }],
  });

/** The second session with it is answered otherwise than the first. */
export function countsOpenings() {
  let openings = 0;
  return {
    ...detector(),
    open: async () => {
      const more = ++openings;
      const detect: typeof judgeAll = async (batch, run) => (await judgeAll(batch, run)).map(score => ({ ...score, ...withScore(score.score! + more) }));
      return { detect, close: async () => {} };
    },
  };
}

export function deafCollection() {
  const detectCollection = async (images: AsyncIterable<Parameters<typeof honest>[0]>) => {
    let count = 0;
    for await (const _ of images) count++;
    const scores = Array.from({ length: count }, () => ({ ...withScore(1), threshold: 0, probability: null, realShare: null, warnings: [], evidence: null }));
    return { scores, finding: { clusters: [], explanations: [] } };
  };
  return detector({ detectCollection } as never, { unit: 'collection' });
}

export const leaking: typeof judgeAll = async (batch, run) => {
  leak(run);
  return judgeAll(batch, run);
};

export function keepsWeights() {
  return {
    ...detector(),
    open: async (context: DetectorContext) => {
      leak(context);
      return detector().open(context);
    },
  };
}
