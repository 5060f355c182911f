import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sha256 } from '@syntrace/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { artifactAt, createModelStore } from '../../src/node.js';
import { cacheFolder } from '../../src/store/node-cache.js';
import { importable } from '../shared/tiny.js';

const folder = mkdtempSync(join(tmpdir(), 'syntrace-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bytes = new TextEncoder().encode('a model');
let sum = '';
beforeAll(async () => {
  sum = await sha256(bytes);
});
const address = new URL('https://models.example/npr/model.onnx');
const offline: typeof fetch = () => Promise.reject(new Error('no network'));
/** A server that counts what is asked of it. */
function server(files: Readonly<Record<string, Uint8Array>>) {
  const asked: string[] = [];
  const answer: typeof fetch = async input => {
    asked.push(String(input));
    const found = files[String(input)];
    return found ? new Response(found as Uint8Array<ArrayBuffer>) : new Response('no', { status: 404 });
  };
  return { asked, fetch: answer };
}

describe('a store', () => {
  it('fetches once, then works offline; a damaged copy is fetched again', async () => {
    const { asked, fetch } = server({ [address.href]: bytes });
    const own = join(folder, 'once');
    const online = createModelStore({ folder: own, fetch });
    expect(await online.load(address, sum)).toEqual(bytes);
    expect(Array.from(await createModelStore({ folder: own, fetch: offline }).load(address, sum.toUpperCase()))).toEqual([...bytes]);
    expect(readdirSync(own)).toEqual([sum]);
    writeFileSync(join(own, sum), 'damaged');
    await expect(createModelStore({ folder: own, fetch: offline }).load(address, sum)).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE' });
    expect(await online.load(address, sum)).toEqual(bytes);
    expect(readFileSync(join(own, sum))).toEqual(Buffer.from(bytes));
    expect(asked).toHaveLength(2);
  });

  it('keeps nothing of another checksum, and names what went wrong', async () => {
    const own = join(folder, 'wrong');
    const store = createModelStore({ folder: own, fetch: server({ [address.href]: bytes }).fetch, maxBytes: 5 });
    const other = createModelStore({ folder: own, fetch: server({ [address.href]: bytes }).fetch });
    await expect(other.load(address, '1'.repeat(64))).rejects.toMatchObject({ code: 'ARTIFACT_CHECKSUM' });
    await expect(other.load(address, 'abc')).rejects.toMatchObject({ code: 'ARTIFACT_INVALID', message: expect.stringContaining('no sha256') });
    await expect(other.load(new URL('http://models.example/x'), sum)).rejects.toMatchObject({ message: expect.stringContaining('https addresses only') });
    await expect(other.load(new URL('https://models.example/none'), sum)).rejects.toMatchObject({
      code: 'MODEL_UNREACHABLE',
      message: expect.stringContaining('404'),
    });
    await expect(store.load(address, sum)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID', message: expect.stringContaining('more than 5 bytes') });
    await expect(createModelStore({ folder: own, fetch: offline }).load(address, sum)).rejects.toMatchObject({ hint: expect.stringContaining(own) });
    expect(() => readdirSync(own)).toThrow();
  });

  it('lies where the user says, else in the cache of the user', () => {
    expect(cacheFolder({ env: { SYNTRACE_CACHE: '/c' }, platform: 'linux' })).toBe(join('/c', 'models'));
    expect(cacheFolder({ env: { XDG_CACHE_HOME: '/x' }, platform: 'linux' })).toBe(join('/x', 'syntrace', 'models'));
    expect(cacheFolder({ env: { LOCALAPPDATA: '/w' }, platform: 'win32' })).toBe(join('/w', 'syntrace', 'models'));
    expect(cacheFolder({ env: {}, platform: 'linux' })).toMatch(/\.cache/);
  });
});

describe('artifactAt', () => {
  const load = async (url: URL) => new Uint8Array(readFileSync(url));

  it('takes a folder, and an address whose card is pinned', async () => {
    const card = { ...importable.card({ file: 'f', sha256: sum, layout: '' }), files: { 'model.onnx': sum } };
    const text = new TextEncoder().encode(JSON.stringify(card));
    writeFileSync(join(folder, 'model.json'), text);
    writeFileSync(join(folder, 'model.onnx'), bytes);
    const store = createModelStore({
      folder: join(folder, 'pinned'),
      fetch: server({ 'https://m.example/npr/model.json': text, 'https://m.example/npr/model.onnx': bytes }).fetch,
    });
    expect((await artifactAt(pathToFileURL(`${folder}/`), load, store)).card).toEqual(card);
    const place = new URL(`https://m.example/npr/#sha256=${await sha256(text)}`);
    const { files } = await artifactAt(place, load, store);
    expect(files.get('model.onnx')).toEqual(bytes);
    const again = await artifactAt(place, load, createModelStore({ folder: join(folder, 'pinned'), fetch: offline }));
    expect(again.card).toEqual(card);
    expect(() => artifactAt(new URL('https://m.example/npr/'), load, store)).toThrow(expect.objectContaining({ message: expect.stringContaining('#sha256=') }));
  });
});
