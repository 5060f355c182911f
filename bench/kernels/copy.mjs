// The machine's copy bandwidth, the ceiling of kernels that only move samples: node copy.mjs THREADS FILE
// Blocks of the size that kernels work on (from the nearest caches to far beyond them) are copied by the engine's memory copy; bytes read and written count.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { best } from './timing.mjs';

const MEBI = 2 ** 20;
const SIZES = [1, 4, 16, 64];

/** Best time of a copy of so many bytes in milliseconds. */
function copied(bytes) {
  const [from, to] = [new Uint8Array(bytes).fill(7), new Uint8Array(bytes).fill(3)];
  return best(() => to.set(from));
}

if (isMainThread) {
  const [threads, file] = [Number(process.argv[2]), process.argv[3]];
  const workers = Array.from({ length: threads }, () => new Worker(fileURLToPath(import.meta.url)));
  const times = { detail: `${threads} thread${threads > 1 ? 's' : ''}` };
  for (const size of SIZES) {
    // Each thread copies its share at the same time as the others.
    const share = (size * MEBI) / threads;
    const answers = workers.map(worker => new Promise(resolve => worker.once('message', resolve)));
    for (const worker of workers) worker.postMessage(share);
    const slowest = Math.max(...(await Promise.all(answers)));
    times[`copy ${size} MiB`] = { ms: slowest, bytes: 2 * size * MEBI };
  }
  await Promise.all(workers.map(worker => worker.terminate()));
  writeFileSync(file, JSON.stringify(times));
} else {
  parentPort.on('message', async bytes => parentPort.postMessage(await copied(bytes)));
}
