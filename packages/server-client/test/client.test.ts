import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Answer, addKey, DEFAULTS, type Judge, type RunningServer, startServer } from '@syntrace/server';
import { build } from 'esbuild';
import { chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerError, SyntraceClient } from '../dist/index.js';

/** Says of a picture what its first byte is; the service around it is the real one. */
const judge: Judge = {
  engine: async () => ({
    fingerprint: 'first-byte',
    version: '0',
    backend: 'none',
    detectors: [{ id: 'first', version: '1', description: 'the first byte', unit: 'image', restsOn: 'pixels', card: null }],
    defaults: ['first'],
  }),
  judge: async pictures =>
    pictures.map(({ uri, bytes }): Answer => {
      const row = {
        path: uri,
        width: 1,
        height: 1,
        verdict: 'real' as const,
        probability: null,
        score: bytes[0]!,
        threshold: 0,
        realShare: null,
        detectors: [],
        warnings: [],
      };
      return { row, camera: null };
    }),
  close: async () => {},
};
const folder = mkdtempSync(join(tmpdir(), 'syntrace-client-'));
const chromiumPath = process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
/** A page of another origin, with the client bundled as an app would. */
const page = createServer(async (request, response) => {
  if (request.url !== '/app.js') return response.setHeader('content-type', 'text/html').end('<script type="module" src="/app.js"></script>');
  const entry = fileURLToPath(new URL('../dist/index.js', import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents: `import * as client from ${JSON.stringify(entry)}; globalThis.syntrace = client;`, resolveDir: folder },
    bundle: true,
    format: 'esm',
    write: false,
    platform: 'browser',
  });
  return response.setHeader('content-type', 'text/javascript').end(outputFiles[0]!.text);
});
let server: RunningServer;
let client: SyntraceClient;
let key: string;
let origin: string;

beforeAll(async () => {
  await new Promise<void>(resolve => page.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
  server = await startServer({ ...DEFAULTS, data: folder, port: 0, work: 1, processes: 1, logLevel: 'silent', session: {}, allowOrigin: [origin] }, { judge });
  ({ key } = await addKey(server.database, { name: 'client' }));
  client = new SyntraceClient({ baseUrl: server.address, key });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  page.close();
  rmSync(folder, { recursive: true, force: true });
});

const bytes = (...values: number[]) => new Uint8Array(values);

describe('the client', () => {
  it('judges, lists and follows a batch', async () => {
    expect(await client.judge(bytes(7), { name: 'seven' })).toMatchObject({ path: 'seven', score: 7, verdict: 'real' });
    expect((await client.detectors()).map(({ id }) => id)).toEqual(['first']);
    const { id } = await client.createBatch({ source: { kind: 'upload' }, name: 'of the client' });
    expect(
      await client.addPictures(
        id,
        [1, 2, 3].map(n => ({ name: `${n}`, data: new Blob([bytes(n)]) })),
      ),
    ).toBe(3);
    await client.seal(id);
    const seen: number[] = [];
    for await (const { done } of client.progress(id)) seen.push(done);
    expect(seen.at(-1)).toBe(3);
    const rows = [];
    for await (const row of client.results(id)) rows.push([row.path, row.score]);
    expect(rows).toEqual([
      ['1', 1],
      ['2', 2],
      ['3', 3],
    ]);
    const { data } = await client.api.GET('/v1/batches/{id}', { params: { path: { id } } });
    expect(data?.state).toBe('done');
  });

  it('throws what the server refuses', async () => {
    const error = await new SyntraceClient({ baseUrl: server.address, key: 'syn_wrong' }).batch('x').catch(thrown => thrown);
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({ status: 401, code: 'KEY_REFUSED' });
    expect(error.hint).toContain('Bearer');
    await expect(client.judge(bytes(1), { detectors: ['nobody'] })).rejects.toMatchObject({ status: 400, code: 'DETECTOR_UNKNOWN' });
  });

  it.skipIf(!chromiumPath)('does the same in a page of an allowed origin, and nothing in another', async () => {
    const browser = await chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox'] });
    try {
      const ask = async (from: string) => {
        const tab = await browser.newPage();
        await tab.goto(from);
        await tab.waitForFunction(() => 'syntrace' in globalThis);
        return tab.evaluate(
          async ([baseUrl, secret]) => {
            const { SyntraceClient: Client } = (globalThis as unknown as { syntrace: { SyntraceClient: typeof SyntraceClient } }).syntrace;
            return new Client({ baseUrl: baseUrl!, key: secret! }).judge(new Blob([new Uint8Array([9])])).then(
              ({ score }) => String(score),
              error => String(error),
            );
          },
          [server.address, key],
        );
      };
      expect(await ask(origin)).toBe('9');
      expect(await ask(origin.replace('127.0.0.1', 'localhost'))).toContain('Failed to fetch');
    } finally {
      await browser.close();
    }
  });

  it('is made of the description that the server gives', async () => {
    const present = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'));
    expect(await (await fetch(`${server.address}/openapi.json`)).json()).toEqual(present);
  });
});
