// Judges any number of files in bounded memory, writes a line each, and goes on where it was stopped: `node index.mjs FOLDER results.ndjson`
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { opendir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { createSyntrace, isFailure } from 'syntrace';

const [folder, results] = process.argv.slice(2);
const done = new Set();
if (existsSync(results)) {
  const text = await readFile(results, 'utf8');
  // A last line that was cut off when the process was killed is judged again.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  await truncate(results, Buffer.byteLength(whole));
  for (const line of whole.split('\n').filter(Boolean)) done.add(JSON.parse(line).uri);
}

async function* pictures() {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isFile() && !done.has(path)) yield path;
  }
}

const out = createWriteStream(results, { flags: 'a' });
const syntrace = createSyntrace();
const [start, counts] = [performance.now(), {}];
let most = 0;
for await (const outcome of syntrace.detectAll(pictures(), { detectors: ['frequency'], batch: 32 })) {
  const { uri } = outcome;
  const line = isFailure(outcome) ? { uri, error: outcome.error.code } : { uri, verdict: outcome.verdict, score: outcome.score };
  const key = line.verdict ?? line.error;
  counts[key] = (counts[key] ?? 0) + 1;
  if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain');
  most = Math.max(most, process.memoryUsage.rss());
}
await syntrace.close();
out.end();
await once(out, 'close');
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ skipped: done.size, counts, seconds: Number(seconds.toFixed(1)), megabytes: Math.round(most / 1e6) }));
