// How often each known watermark is read: in folders of pictures (false alarms on photographs, survival on marked ones).
//   node packages/detector-provenance/scripts/measure-watermark.mjs DIR…        after a build; Node, any depth
// Prints, for each folder, the pictures, how many carry a sign, and how far from chance the nearest message was at most. Marked folders: mark-pictures.py;
// where their package.json lies beside the folder, readings are compared with those of the package's own decoder.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decode } from '../../image-io/dist/node.js';
import { createSyntrace } from '../../syntrace/dist/node.js';
import { readWatermark, signOfWatermark } from '../dist/index.js';

const syntrace = createSyntrace();
const kernels = await syntrace.kernels();
for (const folder of process.argv.slice(2)) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile() && /\.(png|jpe?g|webp)$/i.test(entry.name));
  const told = join(dirname(folder), 'package.json');
  const byPackage = existsSync(told) ? JSON.parse(readFileSync(told, 'utf8')) : {};
  let [looked, found, wrong, most, ms, compared, same] = [0, 0, 0, 0, 0, 0, 0];
  for (const { parentPath, name } of files) {
    const image = await decode(join(parentPath, name)).catch(() => null);
    const start = performance.now();
    const reading = image && (await readWatermark(image, kernels));
    ms += performance.now() - start;
    if (!reading) continue;
    looked++;
    const sign = signOfWatermark(reading);
    if (sign) found++;
    // Files of marked pictures are named MESSAGE-NUMBER.
    const [marked] = name.split('-');
    if (sign && /^(sd1|sd2|sdxl|flux)$/.test(marked) && sign.id !== `watermark-${marked}`) wrong++;
    most = Math.max(most, reading.deviations);
    const right = byPackage[`${basename(folder)}/${name}`];
    if (right === undefined || reading.message.id !== `watermark-${marked}`) continue;
    compared++;
    if (right === reading.right) same++;
  }
  process.stdout.write(
    `${folder}: ${looked} of ${files.length} pictures large enough, ${found} with a watermark (${wrong} of another message), at most ${most.toFixed(1)} deviations from chance, ${(ms / Math.max(1, looked)).toFixed(1)} ms a picture${compared > 0 ? `; as many bits as the package reads: ${same} of ${compared}` : ''}\n`,
  );
}
await syntrace.close();
