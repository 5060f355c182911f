// Throughput of judging against decoding alone, on one core and on all.
//   node bench/detect/run.mjs [--rounds N] [--json] [FOLDER]      default: the demo's pictures
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from '../machine.mjs';

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error('--rounds takes a whole number above 0');
const at = path => fileURLToPath(new URL(path, import.meta.url));
const folder = positionals[0] ?? at('../../examples/demo/pictures');
const pictures = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && /\.(jpe?g|png|webp)$/i.test(entry.name))
  .map(entry => join(entry.parentPath, entry.name))
  .sort();

const median = values => values.toSorted((a, b) => a - b)[values.length >> 1];

/** One process held to that many cores (Linux; elsewhere by the number of threads alone). */
function measure(cores) {
  const work = mkdtempSync(join(tmpdir(), 'syntrace-bench-'));
  try {
    const out = join(work, 'times.json');
    const command = [process.execPath, at('measure.mjs'), String(cores), String(rounds), out, ...pictures];
    const held = process.platform === 'linux' ? ['taskset', '-c', Array.from({ length: cores }, (_, i) => i).join(','), ...command] : command;
    const { status, stderr } = spawnSync(held[0], held.slice(1), { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr.trim());
    return JSON.parse(readFileSync(out, 'utf8'));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const rows = [...new Set([1, availableParallelism()])].map(cores => {
  const { backend, pictures: count, pixels, decode, detect } = measure(cores);
  // Round by round, so that a slow minute of the machine slows both.
  const ratio = median(detect.map((time, i) => time / decode[i]));
  return {
    cores,
    backend,
    decodePerSecond: count / median(decode),
    detectPerSecond: count / median(detect),
    megapixelsPerSecond: pixels / median(detect) / 1e6,
    ratio,
  };
});

if (values.json) console.log(JSON.stringify({ machine: machine(), folder, rounds, rows }, null, 2));
else {
  console.log(`${machine().text}; ${pictures.length} pictures, median of ${rounds} rounds\n`);
  console.log('| cores | backend | decode only, pictures/s | detect, pictures/s | detect, Mpixel/s | detect : decode, time |\n|---:|---|---:|---:|---:|---:|');
  for (const row of rows)
    console.log(
      `| ${row.cores} | ${row.backend} | ${row.decodePerSecond.toFixed(1)} | ${row.detectPerSecond.toFixed(1)} | ${row.megapixelsPerSecond.toFixed(1)} | ${row.ratio.toFixed(2)} |`,
    );
}
