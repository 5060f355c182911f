import type { Image, NetworkTrainer, StoredTensor, TrainingChange, TrainingSample, ValidationScores, Window } from '@syntrace/core';
import { resizedTo } from '../looks.js';
import { groupsOf, stacked } from '../stack.js';
import { ahead } from './ahead.js';
import { type Looking, residualOf } from './look.js';

/** Windows that go through the network together. */
const TOGETHER = 16;
const DECODED_AHEAD = 8;

/** How validation pictures are seen. */
export interface Condition {
  readonly name: string;
  readonly changes: readonly TrainingChange[];
}

export const AS_STORED: Condition = { name: 'as stored', changes: [] };
export const JPEG_90: Condition = { name: 'jpeg:90', changes: [{ kind: 'jpeg', quality: 90, subsampling: '4:2:0' }] };

/** Picks what of a picture is judged; several windows are averaged. */
export type Seen = (image: Image) => readonly Window[];

/** The middle of a picture, at a multiple of 16 where there is room: a JPEG grid stays where it is. */
export const middle =
  (side: number): Seen =>
  ({ width, height }) => {
    const along = (length: number) => {
      const size = Math.min(side, length - (length % 2));
      return { start: 16 * Math.floor((length - size) / 32), size };
    };
    const [x, y] = [along(width), along(height)];
    return [{ x: x.start, y: y.start, width: x.size, height: y.size }];
  };

/** The published centre crop (torchvision's, whose offset rounds a half to the even neighbour). */
export const centre =
  (side: number): Seen =>
  ({ width, height }) => {
    const start = (length: number) => Math.max(0, 2 * Math.round((length - side) / 4));
    return [{ x: start(width), y: start(height), width: Math.min(side, width & ~1), height: Math.min(side, height & ~1) }];
  };

/** Scores of pictures in a condition: means of the logits of their windows. */
export async function scoresOf(
  samples: readonly TrainingSample[],
  condition: Condition,
  seen: Seen,
  trainer: NetworkTrainer,
  looking: Looking,
): Promise<Float32Array> {
  const scores = new Float32Array(samples.length);
  let waiting: { readonly index: number; readonly share: number; readonly residual: StoredTensor<'f32'> }[] = [];
  const flush = async () => {
    for (const members of groupsOf(waiting.map(({ residual }) => residual))) {
      const logits = await trainer.evaluate(stacked(members.map(i => waiting[i]!.residual)));
      members.forEach((member, i) => {
        scores[waiting[member]!.index]! += logits[i]! * waiting[member]!.share;
      });
    }
    waiting = [];
  };
  const residuals = async (sample: TrainingSample) => {
    looking.context.signal.throwIfAborted();
    const image = await changedWindow(sample, condition, seen, looking);
    return Promise.all(image.windows.map(window => residualOf(image.image, [window], looking)));
  };
  let index = 0;
  for await (const parts of ahead(samples, DECODED_AHEAD, residuals)) {
    waiting.push(...parts.map(residual => ({ index, share: 1 / parts.length, residual })));
    index++;
    if (waiting.length >= TOGETHER) await flush();
  }
  if (waiting.length > 0) await flush();
  return scores;
}

async function changedWindow(sample: TrainingSample, { changes }: Condition, seen: Seen, looking: Looking) {
  const { settings, context } = looking;
  const stored = await looking.stored(sample);
  if (settings.recipe === 'published' && !settings.no_resize) {
    const image = await sample.open(changes, await resizedTo(stored, settings.loadSize, context));
    return { image, windows: seen(image) };
  }
  const windows = seen(stored);
  // One window is cut out first: what lies around it need not be encoded.
  if (windows.length > 1 || changes.length === 0) return { image: changes.length > 0 ? await sample.open(changes, stored) : stored, windows };
  const [window] = windows;
  const image = await sample.open([{ kind: 'crop', window: window! }, ...changes], stored);
  return { image, windows: [{ ...window!, x: 0, y: 0 }] };
}

/** Mean binary cross entropy, each class as much as the other. */
export function balancedLoss(scores: Float32Array, labels: Uint8Array): number {
  const sums = [0, 0];
  const counts = [0, 0];
  scores.forEach((score, i) => {
    const label = labels[i]!;
    sums[label]! += Math.max(score, 0) - score * label + Math.log1p(Math.exp(-Math.abs(score)));
    counts[label]!++;
  });
  return (sums[0]! / counts[0]! + sums[1]! / counts[1]!) / 2;
}

export const labelsOf = (samples: readonly TrainingSample[]): Uint8Array => Uint8Array.from(samples, ({ label }) => label);

/** Scores in each condition with their loss. */
export async function validated(
  samples: readonly TrainingSample[],
  conditions: readonly Condition[],
  seen: Seen,
  trainer: NetworkTrainer,
  looking: Looking,
): Promise<readonly ValidationScores[]> {
  const results: ValidationScores[] = [];
  const labels = labelsOf(samples);
  for (const condition of conditions) {
    const scores = await scoresOf(samples, condition, seen, trainer, looking);
    results.push({ condition: condition.name, loss: balancedLoss(scores, labels), labels, scores });
  }
  return results;
}
