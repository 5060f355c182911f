import { type Explanation, type Image, type Kernels, withTensors } from '@syntrace/core';
import { extractResiduals } from '../numerics/extract-residuals.js';
import { drawFingerprint } from './draw.js';

/** Side of the part that is shown. */
const PART = 512;

/** The noise residual of the middle of one picture (up to 512×512 samples) and its spectrum: what fingerprints are averaged from. Says nothing by itself. O(part) */
export async function drawResidual(image: Image, kernels: Kernels): Promise<readonly Explanation[]> {
  const part = await middleOf(image, kernels);
  const { width, height } = part;
  const [residual] = await extractResiduals(kernels, [part]);
  const [noise, spectrum] = await drawFingerprint(residual!, height, width, 'noise.residual', kernels);
  const where = `the middle ${width}×${height} samples`;
  return [
    {
      ...noise!,
      title: 'Noise residual',
      description: `What a wavelet filter takes for noise in ${where}. One picture alone shows mostly its own edges; what many pictures of one source share is a fingerprint.`,
    },
    {
      ...spectrum!,
      title: 'Spectrum of the residual',
      description: `Log amplitude of that noise, frequency 0 in the middle: bright points or a grid are patterns that repeat, as up-sampling and JPEG leave them.`,
    },
  ];
}

async function middleOf(image: Image, kernels: Kernels): Promise<Image> {
  const [width, height] = [Math.min(PART, image.width), Math.min(PART, image.height)];
  if (width === image.width && height === image.height) return image;
  const part = { x: (image.width - width) >> 1, y: (image.height - height) >> 1, width, height };
  return withTensors(kernels, async keep => {
    const whole = keep(kernels.tensor('u8', image.data, [1, image.height, image.width, image.channels]));
    return { ...image, width, height, data: await kernels.read(keep(await kernels.crop(whole, [part]))) };
  });
}
