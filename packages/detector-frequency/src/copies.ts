import type { Image, Random, TrainingSample, Window } from '@syntrace/core';
import { WINDOW } from './windows.js';

/** One way in which a training picture is seen. Both classes get the same, so that nothing is learnt from who was a JPEG once. */
export interface Copy {
  readonly name: string;
  readonly weight: number;
  open(sample: TrainingSample, random: Random): Promise<{ image: Image; windows: readonly Window[] }>;
}

const LADDER = [70, 75, 80, 85, 95] as const;
const SHIFTED = 240;

/** Stored and q90 weigh 3, every other copy 1: a shifted crop (other lattice phases), a ladder of qualities, and one drawn from 60…98. */
export const COPIES: readonly Copy[] = [
  { name: 'stored', weight: 3, open: async sample => centred(await sample.open()) },
  { name: 'shifted', weight: 1, open: async (sample, random) => shifted(await sample.open(), random) },
  { name: 'jpeg90', weight: 3, open: async sample => centred(await sample.open({ jpegQuality: 90, subsampling: '4:2:0' })) },
  ...LADDER.map(quality => ({
    name: `jpeg${quality}`,
    weight: 1,
    open: async (sample: TrainingSample) => centred(await sample.open({ jpegQuality: quality, subsampling: '4:2:0' })),
  })),
  {
    name: 'jpeg-random',
    weight: 1,
    open: async (sample, random) => centred(await sample.open({ jpegQuality: 60 + random.below(39), subsampling: random.next() < 0.75 ? '4:2:0' : '4:4:4' })),
  },
];

/** One window from the middle, at a multiple of 16. */
function centred(image: Image): { image: Image; windows: readonly Window[] } {
  const along = (side: number) => (side < WINDOW ? { start: 0, size: side - (side % 8) } : { start: Math.floor((side - WINDOW) / 32) * 16, size: WINDOW });
  const [x, y] = [along(image.width), along(image.height)];
  return { image, windows: [{ x: x.start, y: y.start, width: x.size, height: y.size }] };
}

function shifted(image: Image, random: Random): { image: Image; windows: readonly Window[] } {
  const along = (side: number) => {
    const size = Math.min(SHIFTED, side - (side % 8) - 16);
    return { start: random.below(Math.min(16, side - size) + 1), size };
  };
  const [x, y] = [along(image.width), along(image.height)];
  return { image, windows: [{ x: x.start, y: y.start, width: x.size, height: y.size }] };
}
