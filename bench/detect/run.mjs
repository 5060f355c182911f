// Throughput of judging against decoding alone, on one core and on all, by the frequency detector and by all default ones.
//   node bench/detect/run.mjs [--rounds N] [--json] [FOLDER…]      default: the demo's pictures and 12-megapixel JPEG files
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from '../machine.mjs';
import { writeMosaics } from './mosaics.mjs';

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error('--rounds takes a whole number above 0');
const at = path => fileURLToPath(new URL(path, import.meta.url));

const picturesIn = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(jpe?g|png|webp)$/i.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();

/** What is judged: a folder of the caller's, else the demo's pictures and JPEG files of a camera's size. */
async function sets(work) {
  if (positionals.length > 0) return positionals.map(folder => ({ name: folder, pictures: picturesIn(folder) }));
  await writeMosaics(work, 12);
  return [
    { name: 'demo', pictures: picturesIn(at('../../examples/demo/pictures')) },
    { name: '12-megapixel JPEG', pictures: picturesIn(work) },
  ];
}

const median = values => values.toSorted((a, b) => a - b)[values.length >> 1];

/** One process held to that many cores (Linux; elsewhere by the number of threads alone). */
function measure(cores, pictures, out) {
  const command = [process.execPath, at('measure.mjs'), String(cores), String(rounds), out, ...pictures];
  const held = process.platform === 'linux' ? ['taskset', '-c', Array.from({ length: cores }, (_, i) => i).join(','), ...command] : command;
  const { status, stderr } = spawnSync(held[0], held.slice(1), { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.trim());
  return JSON.parse(readFileSync(out, 'utf8'));
}

/** A row for each set of detectors. */
function rowsOf(name, cores, { backend, pictures, pixels, times: { decode, ...judged } }) {
  return Object.entries(judged).map(([detectors, detect]) => ({
    name,
    detectors,
    cores,
    backend,
    pictures,
    decodePerSecond: pictures / median(decode),
    detectPerSecond: pictures / median(detect),
    megapixelsPerSecond: pixels / median(detect) / 1e6,
    // Round by round, so that a slow minute of the machine slows both.
    ratio: median(detect.map((time, i) => time / decode[i])),
  }));
}

const rows = [];
const work = mkdtempSync(join(tmpdir(), 'syntrace-bench-'));
try {
  for (const { name, pictures } of await sets(work))
    for (const cores of new Set([1, availableParallelism()])) rows.push(...rowsOf(name, cores, measure(cores, pictures, join(work, 'times.json'))));
} finally {
  rmSync(work, { recursive: true, force: true });
}

if (values.json) console.log(JSON.stringify({ machine: machine(), rounds, rows }, null, 2));
else {
  console.log(`${machine().text}; median of ${rounds} rounds\n`);
  console.log('| pictures | detectors | cores | backend | decode only, pictures/s | detect, pictures/s | detect, Mpixel/s | detect : decode, time |');
  console.log('|---|---|---:|---|---:|---:|---:|---:|');
  for (const { name, pictures, detectors, cores, backend, ratio, ...speed } of rows) {
    const [decode, detect, pixels] = [speed.decodePerSecond, speed.detectPerSecond, speed.megapixelsPerSecond].map(value => value.toFixed(1));
    console.log(`| ${name} (${pictures}) | ${detectors} | ${cores} | ${backend} | ${decode} | ${detect} | ${pixels} | ${ratio.toFixed(2)} |`);
  }
}
