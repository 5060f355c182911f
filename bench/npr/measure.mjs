// Times the NPR detector over files and writes JSON:   node measure.mjs THREADS WEIGHTS OUT FILE…
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nprDetector } from '@syntrace/detector-npr';
import { createSyntrace } from 'syntrace';

const threads = Number(process.argv[2]);
const [folder, out, ...files] = process.argv.slice(3);
const weights = {
  card: JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')),
  files: new Map([['model.onnx', new Uint8Array(readFileSync(join(folder, 'model.onnx')))]]),
};
const plugin = { name: 'bench', version: '1.0.0', contract: 1, detectors: [nprDetector({ weights, look: 'whole' })] };
const syntrace = createSyntrace({ bare: true, plugins: [plugin], concurrency: threads });

async function judge(some) {
  const logits = [];
  for await (const outcome of syntrace.detectAll(some)) {
    if ('error' in outcome) throw outcome.error;
    logits.push(outcome.score);
  }
  return logits;
}

await judge(files.slice(0, 8));
const [start, used] = [performance.now(), process.cpuUsage()];
const logits = await judge(files);
const seconds = (performance.now() - start) / 1000 / files.length;
const { user, system } = process.cpuUsage(used);
const cpuSeconds = (user + system) / 1e6 / files.length;
const { backend } = await syntrace.kernels();
await syntrace.close();
writeFileSync(out, JSON.stringify({ seconds, cpuSeconds, logits, detail: `kernels ${backend}, onnxruntime-node` }));
