import { seededRandom, type TrainingSample } from '@syntrace/core';
import { describe, expect, it } from 'vitest';
import { trainingChanges } from './look.js';
import { settingsOf } from './options.js';

const sample = (label: 0 | 1): TrainingSample => ({ uri: 'a', label, set: 's', group: 'g', open: () => Promise.reject(new Error('not opened')) });

describe('options', () => {
  it('of the published recipe are the published ones unless given', () => {
    expect(settingsOf({ recipe: 'published' })).toMatchObject({ batch: 8, epochs: 50, half: false, precision: 'f32', quality: 'random', compression: 'jpeg' });
    expect(settingsOf({ recipe: 'published', epochs: 3 })).toMatchObject({ batch: 8, epochs: 3 });
    expect(settingsOf({ quality: '80', classes: 'a,b' })).toMatchObject({ quality: 80, classes: ['a', 'b'], batch: 16 });
  });

  it.each([{ quality: 'high' }, { quality: '0' }, { window: 32 }, { batch: 1.5 }, { lr: 0 }, { preprocess: 'none' }, { looks: '2' }, { unheard: 1 }])(
    '%j is refused',
    options => {
      expect(() => settingsOf(options as Record<string, string | number>)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    },
  );
});

describe('looks at training pictures', () => {
  const draws = (options: Record<string, string | number>, label: 0 | 1) =>
    Array.from({ length: 400 }, (_, i) => trainingChanges({ width: 1200, height: 800 }, sample(label), settingsOf(options), seededRandom(i, 'test')));
  const kinds = (options: Record<string, string | number>, label: 0 | 1, kind: string) =>
    draws(options, label).filter(changes => changes.some(change => change.kind === kind)).length / 400;

  it('compress 95 of 100 with a quality in 65…100, or all with one', () => {
    expect(kinds({}, 0, 'jpeg')).toBeCloseTo(0.95, 1);
    const qualities = draws({}, 1).flatMap(changes => changes.flatMap(change => (change.kind === 'jpeg' ? [change.quality] : [])));
    expect([Math.min(...qualities), Math.max(...qualities)]).toEqual([65, 100]);
    expect(kinds({ quality: '90', compression: 'webp' }, 1, 'webp')).toBe(1);
    expect(kinds({ quality: 'none' }, 1, 'jpeg')).toBe(0);
  });

  it('keep the JPEG grid, and the sizes of both classes; published, photographs are resized and windows lie anywhere', () => {
    const windows = (options: Record<string, string | number>) =>
      draws(options, 0).flatMap(changes => changes.flatMap(change => (change.kind === 'crop' ? [change.window] : [])));
    expect(windows({}).every(({ x, y, width, height }) => x % 8 === 0 && y % 8 === 0 && width === 512 && height === 512 && x <= 688 && y <= 288)).toBe(true);
    expect(kinds({}, 0, 'resize')).toBe(0);
    expect(kinds({ recipe: 'published' }, 0, 'resize')).toBeCloseTo(0.5, 1);
    expect(kinds({ recipe: 'published' }, 1, 'resize')).toBe(0);
    expect(windows({ recipe: 'published' }).some(({ x }) => x % 8 !== 0)).toBe(true);
  });
});
