// Reads mutated fixtures until the time is over. Every read must end within its time, throw nothing and give what JSON can hold.
//   node scripts/fuzz.mjs [--minutes 60] [--seed 1] [--keep DIR]        after a build; needs no other package
// Signed pictures come from the folder FUZZ_CORPUS, if set. A failure prints its seed, and the file goes to --keep.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { mutate, random } from './mutate.mjs';

const say = line => void process.stdout.write(`${line}\n`);
const LIMIT_MS = 3000;
const SILENCE_MS = 60_000;
const MEMORY = 1 << 30;

const folders = [fileURLToPath(new URL('../test/fixtures/', import.meta.url)), ...(process.env.FUZZ_CORPUS ? [process.env.FUZZ_CORPUS] : [])];
const corpus = () =>
  folders.flatMap(folder =>
    readdirSync(folder)
      .filter(name => /\.(png|jpe?g|webp|avif|heic|tif|gif)$/.test(name))
      .sort()
      .map(name => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) })),
  );

/** The file of a seed. */
export function fileOf(seed, files = corpus()) {
  const rnd = random(seed);
  const { name, bytes } = files[Math.floor(rnd() * files.length)];
  return {
    name,
    bytes: mutate(
      bytes,
      files.map(file => file.bytes),
      rnd,
    ),
  };
}

async function work({ first, until }) {
  const { provenanceReader } = await import('../dist/index.js');
  const reader = provenanceReader({ loadAsset: url => readFile(fileURLToPath(url)), prompts: true });
  const files = corpus();
  for (let seed = first; Date.now() < until; seed++) {
    const { name, bytes } = fileOf(seed, files);
    parentPort.postMessage({ seed });
    const start = performance.now();
    let problem;
    try {
      const result = await reader.read(bytes);
      JSON.stringify(result);
      if (result.signs.some(sign => !Number.isFinite(sign.weight) || sign.weight < 0)) problem = 'a weight is no number';
    } catch (error) {
      problem = `threw ${error?.stack ?? error}`;
    }
    const ms = performance.now() - start;
    if (ms > LIMIT_MS) problem ??= `took ${Math.round(ms)} ms`;
    const memory = process.memoryUsage();
    parentPort.postMessage({ seed, name, ms, rss: memory.rss, problem });
  }
}

async function watch() {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' }, keep: { type: 'string', default: 'fuzz-failures' } },
  });
  const until = Date.now() + 60_000 * Number(values.minutes);
  const begun = Date.now();
  let [next, reads, slowest, most, failures] = [Number(values.seed) * 1e6, 0, 0, 0, 0];
  const fail = (seed, problem) => {
    failures++;
    mkdirSync(values.keep, { recursive: true });
    writeFileSync(join(values.keep, `${seed}.bin`), fileOf(seed).bytes);
    say(`seed ${seed} (${fileOf(seed).name}): ${problem}`);
  };
  while (Date.now() < until) {
    await new Promise(resolve => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { first: next, until }, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
      let timer;
      const quiet = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          fail(next, `no answer within ${SILENCE_MS / 1000} s`);
          next++;
          void worker.terminate();
        }, SILENCE_MS);
      };
      quiet();
      worker.on('message', message => {
        quiet();
        next = message.seed;
        if (message.ms === undefined) return;
        next++;
        reads++;
        if (reads % 20_000 === 0)
          say(
            `${Math.round((Date.now() - begun) / 60_000)} min: ${reads} reads, ${failures} failures, slowest ${Math.round(slowest)} ms, ${Math.round(most / 2 ** 20)} MiB`,
          );
        slowest = Math.max(slowest, message.ms);
        most = Math.max(most, message.rss);
        if (message.problem) fail(message.seed, message.problem);
        else if (message.rss > MEMORY) fail(message.seed, `the process holds ${message.rss} bytes`);
      });
      worker.on('error', error => {
        fail(next, `ended the worker: ${error.message}`);
        next++;
      });
      worker.on('exit', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
  const minutes = (Date.now() - begun) / 60_000;
  say(
    `${reads} reads in ${minutes.toFixed(1)} min, seeds ${Number(values.seed) * 1e6}…${next - 1}: ${failures} failures, slowest ${Math.round(slowest)} ms, at most ${Math.round(most / 2 ** 20)} MiB`,
  );
  process.exitCode = failures > 0 ? 1 : 0;
}

await (isMainThread ? watch() : work(workerData));
