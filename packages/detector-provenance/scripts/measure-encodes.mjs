// Accuracy of findEarlierEncode on photographs that are compressed once and twice here.
//   node packages/detector-provenance/scripts/measure-encodes.mjs DIR [--pictures 40]       after a build
// Each photograph is halved (its own past goes away), encoded at the first quality, moved by a crop or not, and encoded again.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decode } from '../../image-io/dist/node.js';
import { createSyntrace } from '../../syntrace/dist/node.js';
import { findEarlierEncode, readProvenance } from '../dist/index.js';

const sharp = createRequire(new URL('../../image-io/package.json', import.meta.url))('sharp');
const { positionals, values } = parseArgs({ allowPositionals: true, options: { pictures: { type: 'string', default: '40' } } });
const kernels = await createSyntrace().kernels();
const files = readdirSync(positionals[0])
  .sort()
  .filter(name => /\.jpe?g$/i.test(name));
const step = Math.max(1, Math.floor(files.length / Number(values.pictures)));
const chosen = files.filter((_, i) => i % step === 0).slice(0, Number(values.pictures));

async function halved(file) {
  const { width, height } = await sharp(file).metadata();
  const side = Math.min(520, Math.floor(Math.min(width, height) / 2));
  return sharp(file)
    .resize(Math.floor(width / 2), Math.floor(height / 2))
    .extract({ left: 0, top: 0, width: side, height: side })
    .png()
    .toBuffer();
}

const encode = (data, quality, corner) => {
  const image = sharp(data);
  return corner ? image.extract(corner).jpeg({ quality }).toBuffer() : image.jpeg({ quality }).toBuffer();
};

async function look(data) {
  const { tables } = await readProvenance(data);
  const image = await decode({ uri: 'x', data });
  return findEarlierEncode(image, tables.find(({ number }) => number === 0)?.values ?? null, kernels);
}

const singles = [60, 75, 85, 95];
const pairs = [
  [60, 75],
  [60, 90],
  [75, 90],
  [75, 95],
  [85, 95],
  [90, 75],
];
const counts = new Map();
const count = (key, hit) => counts.set(key, [(counts.get(key)?.[0] ?? 0) + (hit ? 1 : 0), (counts.get(key)?.[1] ?? 0) + 1]);
for (const name of chosen) {
  const data = await halved(join(positionals[0], name));
  const { width, height } = await sharp(data).metadata();
  for (const quality of singles) count(`once at ${quality}: told an earlier encode`, await look(await encode(data, quality)));
  count('never encoded: told an earlier encode', await look(data));
  for (const [first, last] of pairs) {
    const once = await encode(data, first);
    for (const [moved, corner, x, y] of [
      ['same grid', null, 0, 0],
      ['moved by 3, 5', { left: 3, top: 5, width: width - 8, height: height - 8 }, 5, 3],
    ]) {
      const found = await look(await encode(once, last, corner));
      count(`${first} then ${last}, ${moved}: grid and quality right`, found && found.x === x && found.y === y && Math.abs(found.quality - first) <= 3);
    }
    if (first === 60 && last === 75)
      count(
        '60, then stored as PNG: grid and quality right',
        await look(await sharp(once).png().toBuffer()).then(found => found?.x === 0 && found.y === 0 && Math.abs(found.quality - 60) <= 3),
      );
  }
}
for (const [key, [hits, all]] of counts) process.stdout.write(`${key}: ${hits} of ${all}\n`);
process.exit();
