import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { client, PLUGIN, picture, temporary, until } from './service.js';

const BIN = fileURLToPath(new URL('../../syntrace/bin/syntrace.js', import.meta.url));

it('without a database all lies in a folder, and outlives a kill', async () => {
  const data = temporary();
  const serve = async () => {
    const args = ['serve', '--port', '0', '--data', data, '--plugin', PLUGIN, '--detector', 'first-sample', '--backend', 'wasm', '--concurrency', '1'];
    const child = spawn(process.execPath, [BIN, ...args, '--processes', '1', '--heartbeat-seconds', '10', '--log-level', 'error'], {
      env: { ...process.env, OMP_TEST_PAUSE: '40' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return { child, ask: client(JSON.parse(line).listening) };
  };
  const first = await serve();
  const { body: batch } = await first.ask.post('/v1/batches', { source: { kind: 'upload' }, chunk: 5 });
  const form = new FormData();
  for (let i = 0; i < 60; i++) form.append('pictures', new Blob([(await picture(i, i)) as Uint8Array<ArrayBuffer>]), `${i}.png`);
  await first.ask.send('POST', `/v1/batches/${batch.id}/pictures`, form);
  await first.ask.post(`/v1/batches/${batch.id}/seal`);
  const at = (ask: typeof first.ask) => ask.get(`/v1/batches/${batch.id}`).then(({ body }) => body);
  await until(
    () => at(first.ask),
    ({ done }) => done > 0,
  );
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await serve();
  expect(
    await until(
      () => at(second.ask),
      ({ state }) => state === 'done',
    ),
  ).toMatchObject({ total: 60, done: 60, failed: 0 });
  const { body } = await second.ask.get(`/v1/batches/${batch.id}/results`);
  const rows = body
    .trim()
    .split('\n')
    .map((line: string) => JSON.parse(line));
  expect(rows.map(({ path, score }: { path: string; score: number }) => score + 100 - Number.parseInt(path, 10))).toEqual(Array(60).fill(0));
  second.child.kill('SIGTERM');
  expect((await once(second.child, 'exit'))[0]).toBe(0);
}, 120_000);
