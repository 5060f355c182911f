// Kernels side by side: the native addon, WASM, the JavaScript FFT libraries and what Python users have, each in processes of its own, taken in turn,
// on one thread and on two.
//   node bench/run.mjs [--rounds N] [--threads 1,2] [--without-pairs] [--clock wall|cpu] [--json] [--docs]
//   --without-pairs   without all pairs of a collection, which take minutes
//   --clock cpu       on a busy machine: rows of one thread are timed by its time on a processor
//   --docs            writes docs/performance.md too: only where every contestant ran
// Python peers: `node bench/install-peers.mjs`, or SYNTRACE_PYTHON: a Python that has them. SYNTRACE_BENCH_PAIRS: pictures of the collection (1000).
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { collect } from './kernels/collect.mjs';
import { judged } from './kernels/goals.mjs';
import { page } from './kernels/page.mjs';
import { rowsOf } from './kernels/rows.mjs';
import { machine } from './machine.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: availableParallelism() > 1 ? '1,2' : '1' },
    'without-pairs': { type: 'boolean', default: false },
    clock: { type: 'string', default: 'wall' },
    json: { type: 'boolean', default: false },
    docs: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error('--rounds takes a whole number above 0');
const threads = values.threads.split(',').map(Number);
if (!threads.every(count => Number.isInteger(count) && count > 0)) throw new Error('--threads takes whole numbers above 0, such as 1,2');

const { clock } = values;
if (!['wall', 'cpu'].includes(clock)) throw new Error('--clock takes wall or cpu');

const { best, versions, missing } = collect({ rounds, threads, withPairs: !values['without-pairs'], clock });
const rows = rowsOf(best, threads);
const pairs = process.env.SYNTRACE_BENCH_PAIRS;
const command = [...(pairs ? [`SYNTRACE_BENCH_PAIRS=${pairs}`] : []), 'npm run bench --', ...process.argv.slice(2)].join(' ');
const results = { command, machine: machine(), rounds, threads, clock, versions, missing, rows, goals: judged(rows) };
const text = page(results);
console.log(values.json ? JSON.stringify(results, null, 2) : text);
if (values.docs) {
  if (Object.keys(missing).length > 0 || values['without-pairs'])
    throw new Error('docs/performance.md is not written: it needs every contestant and all pairs');
  writeFileSync(fileURLToPath(new URL('../docs/performance.md', import.meta.url)), text);
}
