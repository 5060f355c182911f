import { type Learners, seededRandom } from '@syntrace/core';
import { createLearners } from '@syntrace/training';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PictureFile } from '../files.js';
import { foldsOf } from './folds.js';
import { nearDuplicates, type Shaped } from './near-duplicates.js';
import { outOfFold } from './out-of-fold.js';
import { type AuditedPicture, shortcutsOf } from './shortcuts.js';

let learners: Learners;
beforeAll(async () => {
  learners = await createLearners();
});

const random = seededRandom(3, 'audit');
const normal = () => Array.from({ length: 12 }, () => random.next()).reduce((a, b) => a + b) - 6;

describe('folds', () => {
  const strata = Array.from({ length: 103 }, (_, i) => `s${i % 4}`);

  it('hold their share of every stratum', () => {
    const folds = foldsOf(strata, 5, 1);
    for (const stratum of new Set(strata)) {
      const counts = [0, 1, 2, 3, 4].map(fold => strata.filter((each, i) => each === stratum && folds[i] === fold).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
    expect(foldsOf(strata, 5, 1)).toEqual(folds);
    expect(foldsOf(strata, 5, 2)).not.toEqual(folds);
  });
});

describe('scores out of fold', () => {
  it('find nothing where there is nothing, however many features there are', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ label: (i % 2) as 0 | 1, group: 'g', features: Array.from({ length: 40 }, normal) }));
    const scores = (await outOfFold(rows, learners, 1))!;
    const right = rows.filter(({ label }, i) => scores[i]! > 0 === (label === 1)).length;
    expect(right / rows.length).toBeGreaterThan(0.25);
    expect(right / rows.length).toBeLessThan(0.75);
  });

  it('need two pictures of each class, and features that never change do no harm', async () => {
    const row = (label: 0 | 1, value: number) => ({ label, group: 'g', features: [7, value] });
    expect(await outOfFold([row(0, 0), row(1, 1), row(1, 1)], learners, 1)).toBeNull();
    const scores = (await outOfFold([row(0, 0), row(0, 0.1), row(1, 1), row(1, 1.1)], learners, 1))!;
    expect([...scores].map(score => score > 0)).toEqual([false, false, true, true]);
  });
});

describe('shortcuts', () => {
  const file = (quality: number, bytes: number): PictureFile => ({
    width: 256,
    height: 256,
    source: { format: 'jpeg', bytes, jpeg: { quality, standardTables: true, subsampling: '4:2:0', progressive: false } },
  });
  const set = (of: (label: 0 | 1) => Omit<AuditedPicture, 'label' | 'group'>): AuditedPicture[] =>
    Array.from({ length: 120 }, (_, i) => ({ label: (i % 2) as 0 | 1, group: `g${i % 3}`, ...of((i % 2) as 0 | 1) }));
  const glance = (sharpness: number) => ({ sharpness, brightness: 120 + normal(), contrast: 40 + normal(), shape: [] });
  const aucs = async (pictures: readonly AuditedPicture[]) =>
    Object.fromEntries((await shortcutsOf(pictures, learners, 1)).map(({ id, auc }) => [id, auc?.value]));

  it('expose a set by its JPEG quality', async () => {
    const found = await aucs(set(label => ({ file: file(label === 1 ? 75 : 90, 20_000 + 1000 * normal()), appearance: glance(5 + normal()) })));
    expect(found.metadata).toBeGreaterThan(0.98);
    expect(found.appearance).toBeLessThan(0.7);
  });

  it('expose a set by its sharpness, also where one class lies in the middle of the other', async () => {
    const shifted = await aucs(set(label => ({ file: file(90, 20_000), appearance: glance(5 + 3 * label + normal()) })));
    expect(shifted.appearance).toBeGreaterThan(0.95);
    const middle = await aucs(set(label => ({ file: file(90, 20_000), appearance: glance(label === 1 ? 5 + 0.2 * normal() : random.next() < 0.5 ? 2 : 8) })));
    expect(middle.appearance).toBeGreaterThan(0.95);
    expect(middle.metadata).toBe(0.5);
  });

  it('say nothing of pictures of which nothing is known', async () => {
    expect(await aucs(set(() => ({ file: file(90, 20_000), appearance: null })))).toMatchObject({ appearance: undefined });
    expect(await aucs([])).toEqual({ metadata: undefined, appearance: undefined });
  });
});

describe('near-duplicates', () => {
  const shape = () => Array.from({ length: 63 }, () => Math.round(126 * normal()));
  const shaped = (path: string, split: string, values: readonly number[], more: Partial<Shaped> = {}): Shaped => ({
    path,
    split,
    label: 0,
    shape: values,
    contrast: 40,
    ...more,
  });
  const one = shape();
  const again = one.map(value => Math.round(1.5 * value + 3 * normal()));

  it('are found across splits only, and only among pictures with something on them', () => {
    const pair = [shaped('a', 'train', one), shaped('b', 'test', again, { label: 1 })];
    expect(nearDuplicates(pair)).toMatchObject([{ paths: ['a', 'b'], splits: ['train', 'test'], contradicts: true }]);
    expect(nearDuplicates(pair.map(each => ({ ...each, split: 'test' })))).toEqual([]);
    expect(nearDuplicates(pair.map(each => ({ ...each, contrast: 3 })))).toEqual([]);
  });

  it('are none among pictures that share nothing', () => {
    const pictures = Array.from({ length: 200 }, (_, i) => shaped(String(i), i % 2 ? 'train' : 'test', shape()));
    expect(nearDuplicates(pictures)).toEqual([]);
  });
});
