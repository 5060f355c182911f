// Synthetic pictures of two make-believe generators, for the fingerprints in the README. Use:
//   node scripts/readme-pictures.mjs DIR, then for a and b: npx syntrace noisescope fingerprint DIR/a --out docs/a.npy
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@syntrace/core';
import { encodePng } from '@syntrace/image-io';

const side = 128;
const [folder] = process.argv.slice(2);

/** a: noise that was enlarged from half the size; b: a grid of 4 rows and 8 columns with a diagonal weave. */
const random = seededRandom(1, 'pattern');
const coarse = Array.from({ length: (side / 2) ** 2 }, () => 8 * (random.next() - 0.5));
const patterns = {
  a: (x, y) => coarse[(y >> 1) * (side / 2) + (x >> 1)],
  b: (x, y) => (y % 4 === 0 ? 3 : 0) + (x % 8 === 0 ? 2 : 0) + 2 * Math.sin((x + y) / 1.7),
};

for (const [name, pattern] of Object.entries(patterns)) {
  mkdirSync(join(folder, name), { recursive: true });
  for (let n = 0; n < 60; n++) {
    const draw = seededRandom(n, name);
    const waves = Array.from({ length: 4 }, () => [draw.next() / 6, draw.next() / 6, 20 * draw.next(), 6 * draw.next()]);
    const data = new Uint8Array(4 * side * side);
    for (let i = 0; i < side * side; i++) {
      const [x, y] = [i % side, Math.floor(i / side)];
      const scene = waves.reduce((sum, [fx, fy, height, phase]) => sum + height * Math.sin(fx * x + fy * y + phase), 128 + pattern(x, y));
      for (let c = 0; c < 3; c++) data[4 * i + c] = Math.max(0, Math.min(255, Math.round(scene + 6 * (draw.next() - 0.5))));
      data[4 * i + 3] = 255;
    }
    writeFileSync(join(folder, name, `${String(n).padStart(2, '0')}.png`), await encodePng({ width: side, height: side, data }));
  }
}
