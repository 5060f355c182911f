import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode } from '@syntrace/image-io';
import sharp from 'sharp';

const demo = fileURLToPath(new URL('../../examples/demo/pictures', import.meta.url));
const [width, height] = [4000, 3000];

/** JPEG files of a camera's size (12 megapixels, quality 90, 4:2:0): photographs of the demo laid side by side, each file beginning with another. */
export async function writeMosaics(folder, count) {
  const photographs = readdirSync(demo).filter(name => name.startsWith('real-'));
  const tiles = await Promise.all(photographs.map(name => decode(join(demo, name))));
  for (let file = 0; file < count; file++) {
    const layers = [];
    for (let top = 0, n = file; top < height; top += 512)
      for (let left = 0; left < width; left += 512, n++) layers.push(layer(tiles[n % tiles.length], left, top));
    const canvas = sharp({ create: { width, height, channels: 3, background: '#888' } });
    await canvas
      .composite(layers)
      .jpeg({ quality: 90, chromaSubsampling: '4:2:0' })
      .toFile(join(folder, `mosaic-${file}.jpg`));
  }
}

/** As much of a photograph as fits a cell of 512 samples and the canvas. */
function layer({ data, width: w, height: h, channels }, left, top) {
  const cut = { left: 0, top: 0, width: Math.min(512, w, width - left), height: Math.min(512, h, height - top) };
  const rows = Buffer.alloc(cut.width * cut.height * channels);
  for (let y = 0; y < cut.height; y++) rows.set(data.subarray(y * w * channels, (y * w + cut.width) * channels), y * cut.width * channels);
  return { input: rows, raw: { width: cut.width, height: cut.height, channels }, left, top };
}
