// Pictures of 256×256 cut out of the demo's, as JPEG files.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const demo = fileURLToPath(new URL('../../examples/demo/pictures/', import.meta.url));
const SIDE = 256;

/** Writes `count` windows and gives their paths. */
export async function writePictures(folder, count) {
  mkdirSync(folder, { recursive: true });
  const sources = [];
  for (const name of readdirSync(demo).sort()) {
    const { width, height } = await sharp(join(demo, name)).metadata();
    if (width >= SIDE && height >= SIDE) sources.push({ path: join(demo, name), width, height });
  }
  const files = [];
  for (let i = 0; i < count; i++) {
    const { path, width, height } = sources[i % sources.length];
    const place = room => (room > 0 ? (i * 97) % room : 0);
    const window = { left: place(width - SIDE), top: place(height - SIDE), width: SIDE, height: SIDE };
    const file = join(folder, `${String(i).padStart(4, '0')}.jpg`);
    writeFileSync(file, await sharp(path).removeAlpha().toColourspace('srgb').extract(window).jpeg({ quality: 92 }).toBuffer());
    files.push(file);
  }
  return files;
}
