// Writes docs/server-costs.md out of measurements and a stated model.
//   node bench/server/costs.mjs [--measure | --sizes]      --sizes takes the table of sizes anew; --measure takes queue, workers, load and sizes anew (ten minutes; needs a build and PostgreSQL) into bench/results
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encodeJpeg } from '@syntrace/image-io';
import { createSyntrace } from 'syntrace';

const here = name => fileURLToPath(new URL(name, import.meta.url));
const kept = here('../results/server.json');

/** Processor milliseconds of decoding and judging, by the size of the picture; noise, so that nothing compresses well. */
async function sizes() {
  const syntrace = createSyntrace({ concurrency: 1 });
  const table = [];
  for (const [width, height] of [
    [384, 384],
    [1600, 1200],
    [4000, 3000],
  ]) {
    const data = new Uint8Array(3 * width * height);
    let state = 1;
    for (let i = 0; i < data.length; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      data[i] = 96 + (state >>> 26);
    }
    const jpeg = await encodeJpeg({ width, height, data }, { quality: 90, subsampling: '4:2:0' });
    await syntrace.detect(new Uint8Array(jpeg));
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5; round++) {
      const before = process.cpuUsage();
      await syntrace.detect(new Uint8Array(jpeg));
      const { user, system } = process.cpuUsage(before);
      best = Math.min(best, (user + system) / 1000);
    }
    table.push({ width, height, bytes: jpeg.length, cpuMs: Math.round(best) });
  }
  await syntrace.close();
  return table;
}

if (process.argv.includes('--measure')) {
  const run = (name, ...args) =>
    JSON.parse(execFileSync(process.execPath, [here(name), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 24 }));
  const measured = {
    date: new Date().toISOString().slice(0, 10),
    sizes: await sizes(),
    queue: run('queue.mjs', '--pictures', '300000'),
    workers: run('workers.mjs'),
    load: run('load.mjs'),
  };
  writeFileSync(kept, `${JSON.stringify(measured, null, 2)}\n`);
}

if (process.argv.includes('--sizes')) writeFileSync(kept, `${JSON.stringify({ ...JSON.parse(readFileSync(kept, 'utf8')), sizes: await sizes() }, null, 2)}\n`);

const { date, sizes: bySize, queue, workers, load } = JSON.parse(readFileSync(kept, 'utf8'));
const number = (value, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
const perCore = workers.table['one worker of two threads'].picturesACoreSecond;
const databaseRate = queue.pictures / queue.cpuSeconds.database;
const row = queue.bytesARow.withIndexes;
const bytes = value => (value >= 1e12 ? `${number(value / 1e12, 1)} TB` : value >= 1e9 ? `${number(value / 1e9, 1)} GB` : `${number(value / 1e6)} MB`);
const large = bySize.at(-1);
const hours = (count, ms) => (count * ms) / 1000 / 3600;

const counts = [1e6, 1e8, 1e9].map(count => {
  const limit = {
    1e6: 'judging: one machine does it in hours',
    1e8: 'judging, then reading: the sources must give the pictures as fast as the cores take them',
    1e9: 'reading (see the bytes), then the size of `result`: export by week and keep days, or divide the batches over several databases',
  }[count];
  return `| ${number(count)} | ${number(hours(count, 1000 / perCore))} | ${number(hours(count, large.cpuMs))} | ${number(count / databaseRate / 3600, 2)} | ${bytes(count * row)} | ${bytes(count * large.bytes)} | ${limit} |`;
});

const page = `# What the server costs

<!-- Written by bench/server/costs.mjs out of bench/results/server.json; \`--measure\` measures anew. -->

Measured ${date} on ${queue.cores} cores of an ${queue.processor.replace(/\(R\)/g, '')} that did other work too (load average ${load.loadAverage}–${workers.loadAverage}): processor seconds are to be trusted, seconds of the clock are what such a machine gives.

## A picture

| size | bytes | processor time, decoded and judged by the default detectors |
| --- | --- | --- |
${bySize.map(({ width, height, bytes: each, cpuMs }) => `| ${width}×${height} (JPEG 90, noise) | ${number(each / 1000)} kB | ${cpuMs} ms |`).join('\n')}

A batch of ${workers.pictures} pictures of the demo (0.1–0.3 megapixels), from a folder through the queue into the results:

| workers | pictures a second | pictures a core-second |
| --- | --- | --- |
${Object.entries(workers.table)
  .map(([name, each]) => `| ${name} | ${each.picturesASecond} | ${each.picturesACoreSecond} |`)
  .join('\n')}

Two workers of one thread take ${number(100 * workers.overheadOfTwoWorkers.cpu, 1)} % more processor time than one of two threads (${number(100 * workers.overheadOfTwoWorkers.wall)} % more of the clock, on a machine that others used).

## The queue and the tables

Chunks of ${queue.chunk} pictures that nobody decodes: ${number(queue.cpuSeconds.worker + queue.cpuSeconds.database, 1)} processor seconds for ${number(queue.pictures)} pictures (worker ${queue.cpuSeconds.worker}, PostgreSQL ${queue.cpuSeconds.database}), ${number(queue.picturesACoreSecond)} a core-second: two free cores would by that give about ${number((2 * queue.picturesACoreSecond) / 1000)},000 a second; these gave ${number(queue.picturesASecond)} beside the other work.
A result is ${queue.bytesARow.table} bytes of table and ${row} with its indexes, in which the hashes of the contents were all the same; different ones add about 80 bytes each.

## Single pictures

${load.clients} clients for ${load.seconds} s at \`POST /v1/detect\`, one judging process, each waiting as Retry-After says:

| answers | pictures a second | p50 | p99 | decoding and judging alone, p50 / p99 | memory of the service after a tenth / at the end | of the judging process |
| --- | --- | --- | --- | --- | --- | --- |
| ${Object.entries(load.answers)
  .map(([status, n]) => `${status}: ${number(n)}`)
  .join(
    ', ',
  )} | ${load.picturesASecond} | ${number(load.milliseconds.p50)} ms | ${number(load.milliseconds.p99)} ms | ${load.decodeAndDetectAlone.p50} / ${load.decodeAndDetectAlone.p99} ms | ${load.megabytes.serviceAfterATenth} / ${load.megabytes.serviceAtTheEnd} MB (PGlite in it) | ${load.megabytes.judgesAfterATenth} / ${load.megabytes.judgesAtTheEnd} MB |

## A million and more

The model: processor time is what was measured here, a core is one of these; database time is PostgreSQL's in the queue's measurement; bytes are rows with indexes, and pictures of ${large.width}×${large.height} at ${bytes(large.bytes)}.

| pictures | core-hours, demo's sizes | core-hours, ${number((large.width * large.height) / 1e6)} megapixels | database core-hours | rows | picture bytes to read | what gives way first |
| --- | --- | --- | --- | --- | --- | --- |
${counts.join('\n')}

One database core writes ${number(databaseRate / 1000)},000 results a second, as many as ${number(databaseRate / perCore)} cores judge of the demo's pictures, and ${number((databaseRate * large.cpuMs) / 1000)} of ${number((large.width * large.height) / 1e6)} megapixels. Results of one batch are written one chunk after the other; larger piles are several batches.
`;
writeFileSync(here('../../docs/server-costs.md'), page);
console.log('docs/server-costs.md is written');
process.exit();
