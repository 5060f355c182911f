import { type Random, seededRandom, type TrainingSample } from '@syntrace/core';
import type { TrainingSettings } from './options.js';

/** The pictures of an epoch, batch by batch; the last batch may be short, but is never one picture alone, which has no variance. Depends on seed and epoch alone.
 *  `class_bal`: drawn with replacement. */
export function batchesOf(samples: readonly TrainingSample[], epoch: number, settings: TrainingSettings): readonly (readonly TrainingSample[])[] {
  const random = seededRandom(settings.seed, 'order').fork(`${epoch}`);
  const order = settings.class_bal ? drawn(samples, settings, random) : random.shuffle(samples);
  const size = settings.batch_size;
  const batches = Array.from({ length: Math.ceil(order.length / size) }, (_, i) => order.slice(i * size, (i + 1) * size));
  return batches.filter(batch => batch.length > 1);
}

/** As many as there are, each class of each dataset as often as another (the published sampler weighs by class alone), datasets by their weights. */
function drawn(samples: readonly TrainingSample[], { recipe, set_weights: weights }: TrainingSettings, random: Random): readonly TrainingSample[] {
  const groups = new Map<string, TrainingSample[]>();
  for (const sample of samples) {
    const key = recipe === 'published' ? `${sample.label}` : `${sample.label} ${sample.set}`;
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  const members = [...groups.values()].map(group => ({ group, weight: recipe === 'published' ? 1 : (weights.get(group[0]!.set) ?? 1) }));
  let total = 0;
  const ends = members.map(({ weight }) => {
    total += weight;
    return total;
  });
  return samples.map(() => {
    const place = total * random.next();
    const { group } = members[ends.findIndex(end => place < end)] ?? members.at(-1)!;
    return group[random.below(group.length)]!;
  });
}
