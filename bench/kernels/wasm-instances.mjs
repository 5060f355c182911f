// What a second core brings to WASM without a threads build: a batch by one instance, and its halves by two instances in workers of their own.
//   node bench/kernels/wasm-instances.mjs
// Without shared memory nothing is built for it, and no page needs to be cross-origin isolated; a threads build could gain no more on whole batches.
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { wasmKernels } from '@syntrace/kernels-wasm';
import { machine } from '../machine.mjs';
import { best, numbers } from './timing.mjs';

const bytes = count => new Uint8Array(count).map((_, i) => (i * 7919) % 251);
const planes = (k, n, side) => k.tensor('f32', numbers(n * side * side), [n, side, side]);
const pictures = (k, n, side) => k.tensor('u8', bytes(n * side * side * 3), [n, side, side, 3]);

/** Each with a batch of 8: [name, inputs of a share, operation]. */
const operations = [
  ['dct2 8 x 256', (k, n) => planes(k, n, 256), (k, x) => k.dct2(x)],
  ['dct2 8 x 1024', (k, n) => planes(k, n, 1024), (k, x) => k.dct2(x)],
  ['rfft2 8 x 512', (k, n) => planes(k, n, 512), (k, x) => k.rfft2(x)],
  ['nprResidual 8 x 512', (k, n) => pictures(k, n, 512), (k, x) => k.nprResidual(x, { scale: true })],
  ['noiseResidual 8 x 256', (k, n) => pictures(k, n, 256), (k, x) => k.noiseResidual(x, { border: 'periodic', levels: 4, sigma: 2, grey: true })],
];
const BATCH = 8;

if (isMainThread) {
  const workers = [0, 1].map(() => new Worker(fileURLToPath(import.meta.url)));
  const answer = (worker, message) =>
    new Promise(resolve => {
      worker.once('message', resolve);
      worker.postMessage(message);
    });
  const timed = (some, message) => Promise.all(some.map(worker => answer(worker, message)));
  console.log(`${machine().text}\n\n| | one instance, ms | two instances, ms | gain |\n|---|---:|---:|---:|`);
  for (const [index, [name]] of operations.entries()) {
    const [one] = await timed(workers.slice(0, 1), { index, share: BATCH });
    const two = Math.max(...(await timed(workers, { index, share: BATCH / 2 })));
    console.log(`| ${name} | ${one.toPrecision(3)} | ${two.toPrecision(3)} | ${(one / two).toFixed(2)}× |`);
  }
  await Promise.all(workers.map(worker => worker.terminate()));
} else {
  const k = await wasmKernels().open({ threads: 1 });
  parentPort.on('message', async ({ index, share }) => {
    const [, inputs, operation] = operations[index];
    const x = inputs(k, share);
    const ms = await best(async () => k.free(await operation(k, x)));
    k.free(x);
    parentPort.postMessage(ms);
  });
}
