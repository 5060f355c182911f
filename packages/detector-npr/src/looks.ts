import { type Image, type Run, type Window, withTensors } from '@syntrace/core';
import { tilesOf } from './tiles.js';

/** How a picture is brought before the network.
 *  - `tiles` (default): tiles of 256×256 as stored, whose logits are averaged
 *  - `resized`: to 256×256 whatever its shape, as the published test of ForenSynths, DiffusionForensics and UniversalFakeDetect does. It destroys
 *    the relation of neighbours unless the picture has that size
 *  - `whole`: the whole picture as stored, as published for GANGen-Detection and AIGCDetectBenchmark
 *  - `genimage`: repeated until 224 samples fit, then the middle 224×224, as published for GenImage */
export type Look = (typeof LOOKS)[number];
export const LOOKS = ['tiles', 'resized', 'whole', 'genimage'] as const;

/** What the network is shown: a picture and the windows of it, all of one size with even sides. */
export interface Shown {
  readonly image: Image;
  readonly windows: readonly Window[];
}

const RESIZED = 256;
const CROP = 224;

/** Prepares a picture (specification, sections 4 and 8). */
export async function show(image: Image, look: Look, run: Run): Promise<Shown> {
  switch (look) {
    case 'tiles':
      return { image, windows: tilesOf(image.width, image.height) };
    case 'whole':
      return { image, windows: [{ x: 0, y: 0, width: image.width & ~1, height: image.height & ~1 }] };
    case 'resized':
      return whole(await resizedTo(image, RESIZED, run));
    case 'genimage': {
      const large = repeated(image);
      // Python rounds a half to the even neighbour; torchvision's centre crop uses it.
      const start = (length: number) => roundHalfEven((length - CROP) / 2);
      return { image: large, windows: [{ x: start(large.width), y: start(large.height), width: CROP, height: CROP }] };
    }
  }
}

const whole = (image: Image): Shown => ({ image, windows: [{ x: 0, y: 0, width: image.width, height: image.height }] });

function roundHalfEven(x: number): number {
  const low = Math.floor(x);
  return x - low === 0.5 ? low + (low % 2) : Math.round(x);
}

/** The picture as a square of that side, by Pillow's bilinear filter (specification, section 4). */
export async function resizedTo(image: Image, side: number, { kernels }: Pick<Run, 'kernels'>): Promise<Image> {
  const { width, height, channels, data } = image;
  if (width === side && height === side) return image;
  return withTensors(kernels, async keep => {
    const full = keep(kernels.tensor('u8', data, [1, height, width, channels]));
    const small = keep(await kernels.resize(full, { width: side, height: side, resampling: 'linear-pillow' }));
    return { ...image, width: side, height: side, data: await kernels.read(small) };
  });
}

/** The picture beside and below itself, where its shorter side is below the crop. */
function repeated(image: Image): Image {
  const { width, height, channels, data } = image;
  if (Math.min(width, height) >= CROP) return image;
  const [across, down] = [Math.ceil(CROP / width), Math.ceil(CROP / height)];
  const row = width * channels;
  const strip = new Uint8Array(height * across * row);
  for (let y = 0; y < height; y++) for (let i = 0; i < across; i++) strip.set(data.subarray(y * row, (y + 1) * row), (y * across + i) * row);
  const samples = new Uint8Array(down * strip.length);
  for (let i = 0; i < down; i++) samples.set(strip, i * strip.length);
  return { ...image, width: across * width, height: down * height, data: samples };
}
