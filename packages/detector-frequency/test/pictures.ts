import { type Image, seededRandom } from '@syntrace/core';

/** A picture from whole-number arithmetic, the same on every machine. */
export function pictureOf(width: number, height: number, sample: (x: number, y: number, channel: number) => number, channels: 1 | 3 = 3): Image {
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / channels);
    data[i] = Math.max(0, Math.min(255, Math.floor(sample(pixel % width, Math.floor(pixel / width), i % channels))));
  }
  const stored = { channels, bitDepth: 8, frames: 1, colour: channels === 1 ? 'grey' : 'rgb' } as const;
  const source = {
    uri: `${width}×${height}`,
    format: 'raw',
    bytes: 0,
    decoder: 'test',
    jpeg: null,
    stored,
    orientation: 1,
    icc: false,
    encoded: null,
  } as const;
  return { width, height, channels, data, source, warnings: [] };
}

/** Soft random texture: noise averaged over 3×3 samples, as optics and demosaicing leave it. */
export function photograph(seed: number, width: number, height = width, channels: 1 | 3 = 3): Image {
  const noise = noiseOf(seed, width + 2, height + 2);
  return pictureOf(
    width,
    height,
    (x, y, channel) => {
      let sum = 0;
      for (let dy = 0; dy < 3; dy++) for (let dx = 0; dx < 3; dx++) sum += noise(x + dx, y + dy, channel);
      return sum / 9 + Math.abs(((x + 2 * y) % 80) - 40) - 20;
    },
    channels,
  );
}

/** The same texture made at half the size and enlarged by repeating samples, as a generator's up-sampling may leave it. */
export function generated(seed: number, width: number, height = width): Image {
  const small = photograph(seed, Math.ceil(width / 2), Math.ceil(height / 2));
  return pictureOf(width, height, (x, y, channel) => small.data[((y >> 1) * small.width + (x >> 1)) * 3 + channel]!);
}

function noiseOf(seed: number, width: number, height: number): (x: number, y: number, channel: number) => number {
  const random = seededRandom(seed, 'picture');
  const values = Uint8Array.from({ length: width * height * 3 }, () => random.below(256));
  return (x, y, channel) => values[(y * width + x) * 3 + channel]!;
}

/** Pictures by the names under which fixtures/scores.json keeps their scores. */
export const PICTURES: Readonly<Record<string, Image>> = {
  'photograph 256': photograph(1, 256),
  'photograph 128': photograph(2, 128),
  'photograph 203×151': photograph(3, 203, 151),
  'photograph 640×300': photograph(4, 640, 300),
  'photograph 256, grey': photograph(5, 256, 256, 1),
  'generated 256': generated(6, 256),
  'generated 200×140': generated(7, 200, 140),
  'generated 560': generated(8, 560),
};
