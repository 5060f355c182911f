// Preparation (two passes: statistics, then normalised log-DCT to .npy) against a Pillow and SciPy script, in turn, on the same pictures.
//   node bench/prepare/run.mjs FOLDER [--rounds N] [--processes N] [--json]      FOLDER holds a folder for each class; SYNTRACE_PYTHON: a Python that has SciPy and Pillow
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from '../machine.mjs';

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    processes: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [folder] = positionals;
if (!folder) throw new Error('give a folder with a folder of pictures for each class');
const at = path => fileURLToPath(new URL(path, import.meta.url));
const pictures = readdirSync(folder, { recursive: true }).filter(name => /\.(png|jpg)$/.test(name)).length;
const command = [process.execPath, at('../../packages/syntrace/bin/syntrace.js'), 'dataset', 'prepare', folder];
const sizes = ['--train', '0.999999', '--val', '0', '--test', '0', '--concurrency', values.processes];

/** Each takes an empty folder and gives the seconds that it took, its start included but for Python's own. */
const contestants = {
  'syntrace, float32': out => timed([...command, '--normalize', ...sizes, '--out', out]),
  'syntrace, float64, numbered .npy': out => timed([...command, '--normalize', '--format', 'published', ...sizes, '--out', out]),
  'Pillow and SciPy, float64': out => Number(run([process.env.SYNTRACE_PYTHON ?? 'python3', at('scipy_peer.py'), values.processes, out, folder])),
};

function run([file, ...args]) {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(stderr.trim());
  return stdout;
}

function timed(args) {
  const started = performance.now();
  run(args);
  return (performance.now() - started) / 1000;
}

const best = {};
for (let round = 1; round <= Number(values.rounds); round++) {
  for (const [name, contest] of Object.entries(contestants)) {
    process.stderr.write(`round ${round} of ${values.rounds}: ${name}\n`);
    const work = mkdtempSync(join(tmpdir(), 'syntrace-prepare-'));
    try {
      best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, contest(join(work, 'out')));
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
}

const peer = best['Pillow and SciPy, float64'];
const rows = Object.entries(best).map(([name, seconds]) => ({ name, perSecond: pictures / seconds, ratio: peer / seconds }));
if (values.json)
  console.log(JSON.stringify({ machine: machine(), pictures, processes: Number(values.processes), rounds: Number(values.rounds), rows }, null, 2));
else {
  console.log(`${machine().text}; ${pictures} pictures, ${values.processes} processes or threads, best of ${values.rounds} rounds\n`);
  console.log('| preparation | pictures/s | against Pillow and SciPy |\n|---|---:|---:|');
  for (const { name, perSecond, ratio } of rows) console.log(`| ${name} | ${perSecond.toFixed(1)} | ${ratio.toFixed(2)}× |`);
}
