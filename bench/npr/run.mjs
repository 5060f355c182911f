// NPR from files to verdicts against PyTorch eager and ONNX Runtime in Python: the same weights, the same pictures, in turn, each in processes of its own.
//   node bench/npr/run.mjs [--rounds N] [--pictures N] [--json]      SYNTRACE_PYTHON: a Python that has torch, onnxruntime, safetensors, numpy and Pillow
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from '../machine.mjs';
import { writePictures } from './pictures.mjs';
import { writeWeights } from './weights.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, pictures: { type: 'string', default: '64' }, json: { type: 'boolean', default: false } },
});
const [rounds, count] = [Number(values.rounds), Number(values.pictures)];
if (!(Number.isInteger(rounds) && rounds > 0 && Number.isInteger(count) && count > 0)) throw new Error('--rounds and --pictures take whole numbers above 0');
const at = path => fileURLToPath(new URL(path, import.meta.url));
const python = process.env.SYNTRACE_PYTHON ?? 'python3';
/** Rounding of another order of sums. */
const ALLOWED = 1e-3;

/** Runs a contestant held to some cores; its best seconds a picture and its logits, or why there are none. */
function measure(command, cores, out) {
  const held = process.platform === 'linux' ? ['taskset', '-c', Array.from({ length: cores }, (_, i) => i).join(','), ...command] : command;
  const { status, stderr, error } = spawnSync(held[0], held.slice(1), { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: String(cores) } });
  if (error || status !== 0) return { reason: error?.message ?? stderr.trim().split('\n').at(-1) };
  return JSON.parse(readFileSync(out, 'utf8'));
}

/** The best wall time and the best processor time: on a machine that others use, the latter tells more. */
const betterOf = (a, b) => ({ ...b, seconds: Math.min(a.seconds, b.seconds), cpuSeconds: Math.min(a.cpuSeconds, b.cpuSeconds) });

const work = mkdtempSync(join(tmpdir(), 'syntrace-npr-'));
const results = [];
try {
  const files = await writePictures(join(work, 'pictures'), count);
  const { folder, state } = await writeWeights(join(work, 'weights'));
  const out = join(work, 'times.json');
  for (const cores of new Set([1, availableParallelism()])) {
    const contestants = {
      Syntrace: [process.execPath, at('measure.mjs'), String(cores), folder, out, ...files],
      'ONNX Runtime, Python': [python, at('npr_peer.py'), 'onnx', String(cores), join(folder, 'model.onnx'), out, ...files],
      'PyTorch, eager': [python, at('npr_peer.py'), 'eager', String(cores), state, out, ...files],
    };
    const best = {};
    for (let round = 1; round <= rounds; round++)
      for (const [name, command] of Object.entries(contestants)) {
        if (best[name]?.reason) continue;
        process.stderr.write(`${cores} cores, round ${round} of ${rounds}: ${name}\n`);
        const found = measure(command, cores, out);
        best[name] = found.reason || !best[name] ? found : betterOf(best[name], found);
      }
    for (const [name, found] of Object.entries(best)) results.push({ name, cores, ...found });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

const own = results.find(({ name }) => name === 'Syntrace');
if (!own?.logits) throw new Error(`Syntrace did not run: ${own?.reason}`);
const differences = results.flatMap(({ logits }) => (logits ? [Math.max(...logits.map((logit, i) => Math.abs(logit - own.logits[i])))] : []));
if (Math.max(...differences) > ALLOWED) throw new Error(`the contestants do not compute the same: logits differ by ${Math.max(...differences)}`);
const rows = results.map(({ name, cores, seconds, cpuSeconds, detail, reason }) => {
  const eager = results.find(each => each.cores === cores && each.name === 'PyTorch, eager');
  const ratio = (theirs, ours) => (theirs && ours ? theirs / ours : undefined);
  return {
    name,
    cores,
    detail,
    reason,
    perSecond: seconds && 1 / seconds,
    cpuMs: cpuSeconds && 1000 * cpuSeconds,
    againstEager: ratio(eager?.seconds, seconds),
    cpuAgainstEager: ratio(eager?.cpuSeconds, cpuSeconds),
  };
});

if (values.json) console.log(JSON.stringify({ machine: machine(), rounds, pictures: count, largestDifference: Math.max(...differences), rows }, null, 2));
else {
  console.log(
    `${machine().text}; ${count} JPEG pictures of 256×256, best of ${rounds} rounds; logits differ by at most ${Math.max(...differences).toExponential(1)}\n`,
  );
  const times = ratio => (ratio ? `${ratio.toFixed(2)}×` : '');
  console.log('| files to verdicts | cores | pictures/s | against eager | processor ms a picture | against eager |\n|---|---:|---:|---:|---:|---:|');
  for (const { name, cores, detail, perSecond, cpuMs, againstEager, cpuAgainstEager } of rows)
    if (perSecond)
      console.log(`| ${name} (${detail}) | ${cores} | ${perSecond.toFixed(1)} | ${times(againstEager)} | ${cpuMs.toFixed(0)} | ${times(cpuAgainstEager)} |`);
  for (const { name, cores, reason } of rows) if (reason) console.log(`\nSKIPPED: ${name}, ${cores} cores: ${reason}`);
}
