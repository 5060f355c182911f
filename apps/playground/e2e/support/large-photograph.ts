import sharp from 'sharp';
import { demo } from './acts.js';

/** A JPEG of 12 megapixels with detail down to the sample, as a camera writes it: a photograph of the demo enlarged, under noise. */
export async function largePhotograph(): Promise<Buffer> {
  const [width, height] = [4000, 3000];
  const noise = await sharp({ create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 12 } } })
    .png()
    .toBuffer();
  return sharp(demo('real-birds.jpg'))
    .resize(width, height, { kernel: 'lanczos3' })
    .composite([{ input: noise, blend: 'soft-light' }])
    .jpeg({ quality: 92 })
    .toBuffer();
}
