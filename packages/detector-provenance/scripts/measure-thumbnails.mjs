// How well compareThumbnail tells a picture's own thumbnail from others.
//   node packages/detector-provenance/scripts/measure-thumbnails.mjs DIR [--pictures 100]       after a build
// Thumbnails are made here as cameras and programs make them (several filters, JPEG 60 to 90, tone changed, with bars or without); then the picture
// is left alone, cropped, edited in part, or taken from another file.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decode } from '../../image-io/dist/node.js';
import { createSyntrace } from '../../syntrace/dist/node.js';
import { compareThumbnail } from '../dist/index.js';

const sharp = createRequire(new URL('../../image-io/package.json', import.meta.url))('sharp');
const { positionals, values } = parseArgs({ allowPositionals: true, options: { pictures: { type: 'string', default: '100' } } });
const syntrace = createSyntrace();
const kernels = await syntrace.kernels();
const files = readdirSync(positionals[0])
  .sort()
  .filter(name => /\.jpe?g$/i.test(name))
  .map(name => join(positionals[0], name));
const step = Math.max(1, Math.floor(files.length / Number(values.pictures)));
const chosen = files.filter((_, i) => i % step === 0).slice(0, Number(values.pictures));
const FILTERS = ['nearest', 'linear', 'cubic', 'mitchell', 'lanczos3'];

/** A thumbnail of 160 samples, every fourth with bars to 4:3. */
function thumbnailOf(data, i) {
  const size = i % 4 === 0 ? { width: 160, height: 120, fit: 'contain', background: 'black' } : { width: 160, height: 160, fit: 'inside' };
  return sharp(data)
    .removeAlpha()
    .toColourspace('srgb')
    .resize({ ...size, kernel: FILTERS[i % FILTERS.length] })
    .linear(1 + 0.05 * (i % 5), -6 * (i % 3))
    .jpeg({ quality: 60 + 10 * (i % 4) })
    .toBuffer();
}

const sides = async data => {
  const { width, height } = await sharp(data).metadata();
  return [width, height];
};

async function cropped(data, share) {
  const [width, height] = await sides(data);
  const [w, h] = [Math.round(width * (1 - share)), Math.round(height * (1 - share))];
  return sharp(data)
    .extract({ left: width - w, top: Math.floor((height - h) / 2), width: w, height: h })
    .png()
    .toBuffer();
}

async function edited(data, other, share) {
  const [width, height] = await sides(data);
  const [w, h] = [Math.round(width * share), Math.round(height * share)];
  const patch = await sharp(other).removeAlpha().toColourspace('srgb').resize(w, h, { fit: 'fill' }).png().toBuffer();
  return sharp(data)
    .removeAlpha()
    .toColourspace('srgb')
    .composite([{ input: patch, left: Math.floor(width * 0.55) - Math.floor(w / 2), top: Math.floor(height * 0.45) - Math.floor(h / 2) }])
    .png()
    .toBuffer();
}

const counts = new Map();
async function count(key, picture, thumbnail) {
  const [image, small] = await Promise.all([picture, thumbnail].map(async data => decode({ uri: key, data: await data })));
  const match = (await compareThumbnail(image, small, kernels))?.match;
  const row = counts.get(key) ?? { fits: 0, unclear: 0, differs: 0, none: 0, correlations: [], parts: [] };
  row[match?.verdict ?? 'none']++;
  if (match) row.correlations.push(match.correlation) && row.parts.push(match.worstPart);
  counts.set(key, row);
}
for (const [i, file] of chosen.entries()) {
  const other = chosen[(i + 7) % chosen.length];
  const data = await sharp(file).toBuffer();
  const foreign = await sharp(other)
    .resize(...(await sides(file)), { fit: 'fill' })
    .toBuffer();
  await count('its own', file, thumbnailOf(data, i));
  await count('its own, picture saved again at 50', sharp(file).jpeg({ quality: 50 }).toBuffer(), thumbnailOf(data, i));
  await count(
    'its own, picture halved',
    sharp(file)
      .resize(Math.round((await sides(file))[0] / 2))
      .png()
      .toBuffer(),
    thumbnailOf(data, i),
  );
  for (const share of [0.05, 0.1, 0.2]) await count(`cropped by ${100 * share} % since`, cropped(file, share), thumbnailOf(data, i));
  for (const share of [0.15, 0.25, 0.35])
    await count(`a patch of ${100 * share} % of the sides put in since`, edited(file, other, share), thumbnailOf(data, i));
  await count('of another picture', file, thumbnailOf(foreign, i));
}
const at = (list, share) => list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(share * list.length))]?.toFixed(3);
for (const [key, { fits, unclear, differs, none, correlations, parts }] of counts)
  process.stdout.write(
    `${key}: fits ${fits}, unclear ${unclear}, differs ${differs}, not compared ${none}; correlation 2 % ${at(correlations, 0.02)}, 50 % ${at(correlations, 0.5)}, 98 % ${at(correlations, 0.98)}; worst part 2 % ${at(parts, 0.02)}, 50 % ${at(parts, 0.5)}, 98 % ${at(parts, 0.98)}\n`,
  );
await syntrace.close();
