import type { TrainingSample } from '@syntrace/core';
import { expect, it } from 'vitest';
import { settingsOf } from './options.js';
import { batchesOf } from './order.js';

const samples = (set: string, real: number, synthetic: number): readonly TrainingSample[] =>
  Array.from({ length: real + synthetic }, (_, i) => ({
    uri: `${set}/${i}`,
    label: i < real ? 0 : 1,
    set,
    group: 'g',
    open: () => Promise.reject(new Error('not opened')),
  }));

it('published: every picture once an epoch in a new order, the short batch kept', () => {
  const all = samples('a', 30, 15);
  const settings = settingsOf({ recipe: 'published', batch_size: 32 });
  const [first, second] = [batchesOf(all, 0, settings), batchesOf(all, 1, settings)];
  expect(first.map(batch => batch.length)).toEqual([32, 13]);
  expect(new Set(first.flat())).toEqual(new Set(all));
  expect(second).not.toEqual(first);
  expect(batchesOf(all, 0, settings)).toEqual(first);
});

it('a batch of one picture, which has no variance, is left out', () => {
  expect(batchesOf(samples('a', 20, 13), 0, settingsOf({ class_bal: false, batch_size: 32 })).map(batch => batch.length)).toEqual([32]);
});

it('class_bal: classes of each dataset as often, datasets by their weights', () => {
  const all = [...samples('a', 900, 100), ...samples('b', 50, 950), ...samples('c', 1000, 1000)];
  const drawn = batchesOf(all, 0, settingsOf({ set_weights: 'c=2' })).flat();
  const share = (set: string, label: number) => drawn.filter(sample => sample.set === set && sample.label === label).length / drawn.length;
  expect(drawn).toHaveLength(all.length);
  for (const set of ['a', 'b']) for (const label of [0, 1]) expect(share(set, label)).toBeCloseTo(1 / 8, 1);
  for (const label of [0, 1]) expect(share('c', label)).toBeCloseTo(1 / 4, 1);
});
