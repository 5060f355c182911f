import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { demo } from './acts.js';

/** Gives the path of a JPEG of 12 megapixels with detail down to the sample, as a camera writes it: a photograph of the demo enlarged, under noise. */
export async function withLargePhotograph(use: (path: string, bytes: number) => Promise<void>): Promise<void> {
  const [width, height] = [4000, 3000];
  const noise = await sharp({ create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 12 } } })
    .raw()
    .toBuffer();
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  const path = join(folder, 'large.jpg');
  try {
    const { size } = await sharp(demo('real-birds.jpg'))
      .resize(width, height, { kernel: 'lanczos3' })
      .composite([{ input: noise, raw: { width, height, channels: 3 }, blend: 'soft-light' }])
      .jpeg({ quality: 92 })
      .toFile(path);
    await use(path, size);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
