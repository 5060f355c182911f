import { type Image, seededRandom } from '@syntrace/core';

export const SIDE = 96;

/** A soft random texture with sensor noise of its own; a generator adds the same pattern to each of its pictures. */
export function picture(seed: number, pattern?: Int8Array, side = SIDE): Image {
  const random = seededRandom(seed, 'picture');
  const slope = random.next() - 0.5;
  const waves = Array.from({ length: 4 }, () => [random.next() / 6, random.next() / 6, 20 * random.next(), 6 * random.next()] as const);
  const data = new Uint8Array(3 * side * side);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    const scene = waves.reduce((sum, [fx, fy, height, phase]) => sum + height * Math.sin(fx * x + fy * y + phase), 128 + slope * (x - y));
    for (let c = 0; c < 3; c++) data[3 * i + c] = Math.max(0, Math.min(255, Math.round(scene + 6 * (random.next() - 0.5) + (pattern?.[i] ?? 0))));
  }
  const stored = { channels: 3, bitDepth: 8, frames: 1, colour: 'rgb' } as const;
  const source = { uri: `picture-${seed}`, format: 'raw', bytes: 0, decoder: 'test', jpeg: null, stored, orientation: 1, icc: false, encoded: null } as const;
  return { width: side, height: side, channels: 3, data, source, warnings: [] };
}

/** A pattern fixed to the frame without a period. */
export function framePattern(seed: number, strength: number, side = SIDE): Int8Array {
  const random = seededRandom(seed, 'pattern');
  return Int8Array.from({ length: side * side }, () => Math.round(strength * (2 * random.next() - 1)));
}

/** A grid of `period` samples, as up-sampling leaves it. */
export const gridPattern = (period: number, strength: number, side = SIDE): Int8Array =>
  Int8Array.from({ length: side * side }, (_, i) => ((i % side) % period === 0 ? strength : 0) + (Math.floor(i / side) % period === 0 ? strength : 0));

export const many = (from: number, count: number, pattern?: Int8Array): readonly Image[] => Array.from({ length: count }, (_, i) => picture(from + i, pattern));
