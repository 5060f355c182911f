// A training step of the NPR network (forward, backward, Adam, float32) against PyTorch, in turn, each in a process of its own.
//   npm run bench -- npr-steps [--rounds N] [--steps N] [--batches 8x224,32x64] [--docs]      SYNTRACE_PYTHON: a Python that has torch; --docs writes the table into packages/training/README.md
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withSection } from '../../scripts/lib/docs-section.mjs';
import { machine } from '../machine.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    steps: { type: 'string', default: '2' },
    batches: { type: 'string', default: '8x224,32x64,32x224' },
    docs: { type: 'boolean', default: false },
  },
});
const [rounds, steps] = [Number(values.rounds), Number(values.steps)];
if (!(Number.isInteger(rounds) && rounds > 0 && Number.isInteger(steps) && steps > 0)) throw new Error('--rounds and --steps take whole numbers above 0');
const at = path => fileURLToPath(new URL(path, import.meta.url));
const python = process.env.SYNTRACE_PYTHON ?? 'python3';
/** Pictures and their side: what was timed before, the crops of the shipped weights, and the published batch. */
const BATCHES = values.batches.split(',').map(batch => batch.split('x').map(Number));
if (!BATCHES.flat().every(side => Number.isInteger(side) && side > 0)) throw new Error('--batches takes PICTURESxSIDE, with commas');

/** The best of a contestant, held to as many cores as it has threads; or why there is none. */
function measure(command, threads) {
  const held = process.platform === 'linux' ? ['taskset', '-c', Array.from({ length: threads }, (_, i) => i).join(','), ...command] : command;
  const { status, stdout, stderr, error } = spawnSync(held[0], held.slice(1), { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: String(threads) } });
  if (error || status !== 0) return { reason: error?.message ?? stderr.trim().split('\n').at(-1) };
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

const results = [];
for (const threads of new Set([1, availableParallelism()]))
  for (const [batch, side] of BATCHES) {
    const args = [batch, side, steps, threads].map(String);
    const contestants = { own: [process.execPath, at('step.mjs'), ...args], torch: [python, at('step_peer.py'), ...args] };
    const best = {};
    for (let round = 1; round <= rounds; round++)
      for (const [name, command] of Object.entries(contestants)) {
        if (best[name]?.reason) continue;
        process.stderr.write(`${threads} threads, ${batch}×${side}×${side}, round ${round} of ${rounds}: ${name}\n`);
        const found = measure(command, threads);
        const before = best[name];
        best[name] =
          found.reason || !before
            ? found
            : { ...found, seconds: Math.min(before.seconds, found.seconds), cpuSeconds: Math.min(before.cpuSeconds, found.cpuSeconds) };
      }
    results.push({ threads, batch, side, ...best });
  }

const failed = results.find(({ own }) => own.reason);
if (failed) throw new Error(`the engine did not run: ${failed.own.reason}`);
const without = results.find(({ torch }) => torch.reason);
if (without) console.log(`SKIPPED: PyTorch: ${without.torch.reason}\n`);
const cell = ({ reason, seconds, cpuSeconds }) => (reason ? '' : `${seconds.toFixed(3)} (${cpuSeconds.toFixed(3)})`);
const ratio = (own, torch) => (torch.reason ? '' : `${(own.seconds / torch.seconds).toFixed(2)} (${(own.cpuSeconds / torch.cpuSeconds).toFixed(2)})`);
const lines = [
  `Seconds a step on the wall (of processor time), best of ${rounds} processes in turn with ${steps + 1} steps each, held to as many cores as threads; ${machine().text}, ${without ? '' : results[0].torch.detail} (\`npm run bench -- npr-steps --rounds ${rounds} --steps ${steps} --batches ${values.batches} --docs\`).`,
  '',
  '| threads | batch | Syntrace | PyTorch | Syntrace / PyTorch |',
  '|---:|---|---:|---:|---:|',
  ...results.map(
    ({ threads, batch, side, own, torch }) => `| ${threads} | ${batch} of ${side}×${side} | ${cell(own)} | ${cell(torch)} | ${ratio(own, torch)} |`,
  ),
];
console.log(lines.join('\n'));
const page = at('../../packages/training/README.md');
if (values.docs) writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'steps', lines.join('\n')));
