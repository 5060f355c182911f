// Times decoding alone, the frequency detector and all default detectors over the same pictures, in turn, and writes JSON:
//   node measure.mjs THREADS ROUNDS OUT FILE…
import { writeFileSync } from 'node:fs';
import { decode } from '@syntrace/image-io';
import { createSyntrace } from 'syntrace';

const [threads, rounds] = process.argv.slice(2, 4).map(Number);
const [out, ...files] = process.argv.slice(4);
const syntrace = createSyntrace({ concurrency: threads });

/** As many decodes side by side as a run of that concurrency has. */
async function decodeAll() {
  let pixels = 0;
  const queue = files.values();
  const worker = async () => {
    for (const file of queue) {
      const { width, height } = await decode(file);
      pixels += width * height;
    }
  };
  await Promise.all(Array.from({ length: threads + 1 }, worker));
  return pixels;
}

async function judgeAll(detectors) {
  for await (const outcome of syntrace.detectAll(files, detectors && { detectors })) if ('error' in outcome) throw outcome.error;
}

async function seconds(work) {
  const start = performance.now();
  const result = await work();
  return [(performance.now() - start) / 1000, result];
}

const [, pixels] = await seconds(decodeAll);
await judgeAll();
const contestants = { decode: decodeAll, frequency: () => judgeAll(['frequency']), 'all default': () => judgeAll() };
const times = Object.fromEntries(Object.keys(contestants).map(name => [name, []]));
for (let round = 0; round < rounds; round++) for (const [name, work] of Object.entries(contestants)) times[name].push((await seconds(work))[0]);
const { backend } = await syntrace.kernels();
await syntrace.close();
writeFileSync(out, JSON.stringify({ backend, pictures: files.length, pixels, times }));
