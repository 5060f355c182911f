import type { Image, Random, TrainingChange, Window } from '@syntrace/core';
import { LEAST_SIDE, WINDOW } from './windows.js';

/** One way in which a training picture is seen. Both classes get the same, so that nothing is learnt from who was a JPEG once. */
export interface Copy {
  readonly name: string;
  readonly weight: number;
  /** What is done to the picture, `stored` as the file holds it. */
  changes(stored: Image, random: Random): readonly TrainingChange[];
  /** Where its window lies. */
  readonly place: (image: Image, random: Random) => readonly Window[];
}

const LADDER = [70, 75, 80, 85, 95] as const;
const SHIFTED = 240;

/** Stored and q90 weigh 3, every other copy 1: a shifted crop (other lattice phases), a ladder of qualities, one drawn from 60…98, and pictures that were
 *  made smaller or blurred before they were saved, so that soft photographs are no signs of a generator. */
export const COPIES: readonly Copy[] = [
  { name: 'stored', weight: 3, changes: () => [], place: centred },
  { name: 'shifted', weight: 1, changes: () => [], place: shifted },
  { name: 'jpeg90', weight: 3, changes: () => [jpeg(90)], place: centred },
  ...LADDER.map(quality => ({ name: `jpeg${quality}`, weight: 1, changes: () => [jpeg(quality)], place: centred })),
  { name: 'jpeg-random', weight: 1, changes: (_, random) => [randomJpeg(60, random)], place: centred },
  { name: 'resized', weight: 1, changes: (stored, random) => [smaller(stored, random)], place: centred },
  { name: 'resized-jpeg', weight: 1, changes: (stored, random) => [smaller(stored, random), randomJpeg(75, random)], place: centred },
  { name: 'blurred', weight: 1, changes: (_, random) => [blur(random)], place: centred },
  { name: 'blurred-jpeg', weight: 1, changes: (_, random) => [blur(random), randomJpeg(75, random)], place: centred },
];

const jpeg = (quality: number, subsampling: '4:2:0' | '4:4:4' = '4:2:0'): TrainingChange => ({ kind: 'jpeg', quality, subsampling });
/** Qualities up to 98; one in four without chroma subsampling. */
const randomJpeg = (least: number, random: Random): TrainingChange => jpeg(least + random.below(99 - least), random.next() < 0.75 ? '4:2:0' : '4:4:4');

/** Half to nearly whole size, and never below what is judged. */
function smaller({ width, height }: Image, random: Random): TrainingChange {
  const least = Math.min(1, Math.max(0.5, (LEAST_SIDE + 0.5) / Math.min(width, height)));
  return { kind: 'resize', factor: least + Math.max(0, 0.95 - least) * random.next() };
}
const blur = (random: Random): TrainingChange => ({ kind: 'blur', sigma: 0.3 + random.next() });

/** One window from the middle, at a multiple of 16. */
export function centred({ width, height }: Image): readonly Window[] {
  const along = (side: number) => (side < WINDOW ? { start: 0, size: side - (side % 8) } : { start: Math.floor((side - WINDOW) / 32) * 16, size: WINDOW });
  const [x, y] = [along(width), along(height)];
  return [{ x: x.start, y: y.start, width: x.size, height: y.size }];
}

function shifted({ width, height }: Image, random: Random): readonly Window[] {
  const along = (side: number) => {
    const size = Math.min(SHIFTED, side - (side % 8) - 16);
    return { start: random.below(Math.min(16, side - size) + 1), size };
  };
  const [x, y] = [along(width), along(height)];
  return [{ x: x.start, y: y.start, width: x.size, height: y.size }];
}
