// Many clients at one endpoint: what they are answered, how long it takes, and what the service holds meanwhile.
//   node bench/server/load.mjs [--clients 200] [--seconds 300] [--processes 1] [--picture examples/demo/pictures/real-cat.jpg]      after a build
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSyntrace } from 'syntrace';
import { freePort } from '../../packages/server/test/postgres.ts';
import { command, wait } from './processes.mjs';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '300' },
    processes: { type: 'string', default: '1' },
    picture: { type: 'string', default: new URL('../../examples/demo/pictures/real-cat.jpg', import.meta.url).pathname },
  },
});
const [clients, seconds, processes] = ['clients', 'seconds', 'processes'].map(name => Number(values[name]));
const picture = readFileSync(values.picture);

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
const round = value => (value === undefined ? null : Math.round(value));

/** Decoding and judging without a service: the floor. */
async function alone() {
  const syntrace = createSyntrace({ concurrency: 2 });
  const times = [];
  for (let i = 0; i < 60; i++) {
    const begun = performance.now();
    await syntrace.detect(new Uint8Array(picture));
    times.push(performance.now() - begun);
  }
  await syntrace.close();
  return times.slice(10).sort((a, b) => a - b);
}

const resident = pid => {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return [pid, ...children].map(each => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${each}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  } catch {
    return [];
  }
};

const floor = await alone();
const folder = mkdtempSync(join(tmpdir(), 'syntrace-load-'));
const port = await freePort();
const service = command(['serve', '--port', String(port), '--data', folder, '--work', '0', '--processes', String(processes), '--per-minute', '10000000']);
await service.ready;

const agent = new http.Agent({ keepAlive: true, maxSockets: clients });
const counts = {};
const times = [];
const ask = () =>
  new Promise(resolve => {
    const begun = performance.now();
    const request = http.request(
      { agent, port, host: '127.0.0.1', path: '/v1/detect', method: 'POST', headers: { 'content-type': 'image/jpeg', 'content-length': picture.length } },
      response => {
        response.resume().on('end', () => {
          counts[response.statusCode] = (counts[response.statusCode] ?? 0) + 1;
          if (response.statusCode === 200) times.push(performance.now() - begun);
          resolve(Number(response.headers['retry-after'] ?? 0));
        });
      },
    );
    request.on('error', error => {
      // A connection that was closed while a refused body was still being sent: the answer was on its way.
      counts[error.code] = (counts[error.code] ?? 0) + 1;
      resolve(1);
    });
    request.end(picture);
  });
const end = performance.now() + 1000 * seconds;
const client = async () => {
  while (performance.now() < end) {
    const retryAfter = await ask();
    if (retryAfter > 0) await wait(1000 * retryAfter * (0.5 + Math.random()));
  }
};
const memory = [];
const sample = setInterval(() => memory.push(resident(service.child.pid)), Math.max(500, (1000 * seconds) / 60));
await Promise.all(Array.from({ length: clients }, client));
clearInterval(sample);

times.sort((a, b) => a - b);
const at = share => memory[Math.floor(share * (memory.length - 1))] ?? [];
const [first, last] = [at(0.1), at(1)];
console.log(
  JSON.stringify(
    {
      cores: cpus().length,
      processor: cpus()[0].model,
      loadAverage: round(loadavg()[0]),
      clients,
      seconds,
      processes,
      answers: counts,
      picturesASecond: Number(((counts[200] ?? 0) / seconds).toFixed(1)),
      milliseconds: { p50: round(quantile(times, 0.5)), p99: round(quantile(times, 0.99)) },
      decodeAndDetectAlone: { p50: round(quantile(floor, 0.5)), p99: round(quantile(floor, 0.99)) },
      megabytes: {
        serviceAfterATenth: round(first[0]),
        serviceAtTheEnd: round(last[0]),
        judgesAfterATenth: first.slice(1).map(round),
        judgesAtTheEnd: last.slice(1).map(round),
        servicePeak: round(Math.max(...memory.map(([own]) => own ?? 0))),
      },
    },
    null,
    2,
  ),
);
service.child.kill('SIGTERM');
await service.exited;
rmSync(folder, { recursive: true, force: true });
process.exit();
