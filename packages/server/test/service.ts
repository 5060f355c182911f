import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodePng } from '@syntrace/image-io';
import { afterAll } from 'vitest';
import { DEFAULTS, type RunningServer, type ServeOptions, startServer } from '../dist/index.js';

export const PLUGIN = fileURLToPath(new URL('./fixtures/first-sample.mjs', import.meta.url));
export const SESSION = { plugin: [PLUGIN], detector: ['first-sample'], backend: 'wasm', concurrency: 1 };

/** A folder that goes when the tests of a file are done. */
export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'syntrace-server-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A service in this process, on a free port, with the small detector of the tests. */
export const start = (options: Partial<ServeOptions> & { readonly data: string }): Promise<RunningServer> =>
  startServer({ ...DEFAULTS, processes: 1, work: 1, port: 0, logLevel: 'silent', session: SESSION, heartbeatSeconds: 10, drainSeconds: 5, ...options });

/** A picture whose first sample is the score plus 100; `salt` makes other bytes of the same kind. */
export const picture = (sample: number, salt = 0): Promise<Uint8Array> => {
  const data = new Uint8Array(4 * 64).fill(255);
  data[0] = sample;
  data[4] = salt & 255;
  data[5] = (salt >> 8) & 255;
  data[8] = (salt >> 16) & 255;
  return encodePng({ width: 8, height: 8, data });
};

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the service says is looked at field by field
  readonly body: any;
}

/** Requests to a service, with a key if there is one. */
export function client(address: string, key?: string) {
  const send = async (method: string, path: string, body?: BodyInit | object, headers: Record<string, string> = {}): Promise<Answer> => {
    const json = body !== undefined && Object.getPrototypeOf(body) === Object.prototype;
    const response = await fetch(address + path, {
      method,
      headers: { ...(json && { 'content-type': 'application/json' }), ...(key && { authorization: `Bearer ${key}` }), ...headers },
      ...(body !== undefined && { body: json ? JSON.stringify(body) : (body as BodyInit) }),
    });
    const text = await response.text();
    const parsed =
      /json/.test(response.headers.get('content-type') ?? '') && !/ndjson/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: parsed };
  };
  return {
    send,
    get: (path: string) => send('GET', path),
    post: (path: string, body?: BodyInit | object, type?: string) => send('POST', path, body, type ? { 'content-type': type } : {}),
    judge: (bytes: Uint8Array, query = '') => send('POST', `/v1/detect${query}`, bytes as Uint8Array<ArrayBuffer>, { 'content-type': 'image/png' }),
  };
}

/** Asks again until it holds. */
export async function until<T>(ask: () => Promise<T>, holds: (value: T) => boolean, ms = 50_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`not in ${ms} ms: ${JSON.stringify(value)}`);
    await new Promise(resolve => setTimeout(resolve, 150));
  }
}
