// Time of a read and what files declare, over folders at any depth.
//   node packages/detector-provenance/scripts/measure-files.mjs [--real] [--limit MS] DIR…        after a build
// --real: the folders hold photographs only, so that every declaration of a model is a false one; they are listed, and the command ends with 1.
// --limit: ends with 1 when 99 % of the files without a manifest don't keep to it. Times are of the processor, the best of three reads.
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { provenanceReader } from '../dist/index.js';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { real: { type: 'boolean', default: false }, limit: { type: 'string' } } });
const reader = provenanceReader({ loadAsset: url => readFile(fileURLToPath(url)) });

async function read(bytes) {
  let [best, result] = [Infinity];
  for (let i = 0; i < 3 && !result?.credential; i++) {
    const start = process.cpuUsage();
    result = await reader.read(bytes);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return { ...result, ms: best };
}

for (const folder of positionals) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(png|jpe?g|webp|avif|heic|tiff?|gif)$/i.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name));
  const times = [];
  const declared = { synthetic: 0, composite: 0, capture: 0, none: 0 };
  for (const file of files) {
    const result = await read(new Uint8Array(readFileSync(file)));
    if (!result.credential) times.push(result.ms);
    declared[result.declared]++;
    if (!values.real || !['synthetic', 'composite'].includes(result.declared)) continue;
    process.stdout.write(`${file} declares ${result.declared}: ${result.signs.map(({ statement }) => statement).join('; ')}\n`);
    process.exitCode = 1;
  }
  times.sort((a, b) => a - b);
  const at = share => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  if (values.limit && at(0.99) > Number(values.limit)) process.exitCode = 1;
  process.stdout.write(
    `${folder}: ${files.length} files, declared ${JSON.stringify(declared)}; without a manifest ${times.length}: median ${at(0.5).toFixed(2)} ms, 99 % ${at(0.99).toFixed(2)} ms, slowest ${at(1).toFixed(2)} ms\n`,
  );
}
