import type { Image, Kernels } from '@syntrace/core';
import { EXTRACTION } from '../residuals/extraction.js';

/** Noise residuals of pictures of one size and number of channels, each [h, w] (spec section 2). O(pictures · samples) */
export async function extractResiduals(kernels: Kernels, images: readonly Image[]): Promise<readonly Float32Array[]> {
  const [first] = images;
  if (!first) return [];
  const { height, width, channels } = first;
  const size = height * width * channels;
  const samples = new Uint8Array(images.length * size);
  for (const [i, image] of images.entries()) samples.set(image.data, i * size);
  const pictures = kernels.tensor('u8', samples, [images.length, height, width, channels]);
  const residuals = await kernels.noiseResidual(pictures, { border: 'periodic', sigma: EXTRACTION.sigma, levels: EXTRACTION.levels, grey: true });
  const values = await kernels.read(residuals);
  kernels.free(pictures, residuals);
  return images.map((_, i) => values.slice(i * height * width, (i + 1) * height * width));
}
