import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchPicture } from '../../src/node/fetch-picture.js';
import { readSource } from '../../src/node/index.js';
import { isPrivateAddress } from '../../src/node/private-address.js';
import { refusalOf } from '../shared/helpers.js';

const picture = readFileSync(new URL('../fixtures/images/q90-420.jpg', import.meta.url));
const PRIVATE = '127.0.0.2';
let server: http.Server;
let origin: string;
let asked: string[] = [];

const answers: Record<string, (response: http.ServerResponse) => void> = {
  '/picture.jpg': response => response.end(picture),
  '/moved': response => response.writeHead(302, { location: '/picture.jpg' }).end(),
  '/to-private': response => response.writeHead(302, { location: `http://${PRIVATE}:9/picture.jpg` }).end(),
  '/to-file': response => response.writeHead(302, { location: 'file:///etc/hostname' }).end(),
  '/round': response => response.writeHead(302, { location: '/round' }).end(),
  '/missing': response => response.writeHead(404).end('no'),
  '/silent': () => {},
  '/slow': response => void response.write('x'),
  '/cut': response => {
    response.writeHead(200, { 'content-length': '5000' }).write('x');
    setTimeout(() => response.destroy(), 20);
  },
};

beforeAll(async () => {
  server = http.createServer((request, response) => {
    asked.push(request.url ?? '');
    answers[request.url ?? '']?.(response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The test server lives on a private address, so another one plays that part. */
const get = (path: string, options = {}) => fetchPicture(new URL(path, origin), { allowHttp: true, ...options }, address => address === PRIVATE);

describe('http', () => {
  it('fetches, also after a redirect', async () => {
    expect(Buffer.from(await get('/picture.jpg'))).toEqual(picture);
    expect(Buffer.from(await get('/moved'))).toEqual(picture);
  });

  it('refuses a redirect to a private address, to another scheme, and a circle', async () => {
    const toPrivate = await refusalOf(get('/to-private'));
    expect([toPrivate.code, toPrivate.message]).toEqual(['IMAGE_HTTP_REFUSED', expect.stringContaining(PRIVATE)]);
    expect((await refusalOf(get('/to-file'))).code).toBe('IMAGE_HTTP_REFUSED');
    expect((await refusalOf(get('/round'))).code).toBe('IMAGE_HTTP_REFUSED');
  });

  it('refuses a name that resolves to a private address, without asking it', async () => {
    asked = [];
    const address = `${origin.replace('127.0.0.1', 'localhost')}/picture.jpg`;
    const error = await refusalOf(readSource(address, { allowHttp: true }));
    expect([error.code, error.message]).toEqual(['IMAGE_HTTP_REFUSED', expect.stringContaining('localhost is the private address')]);
    expect((await refusalOf(readSource(`${origin}/picture.jpg`, { allowHttp: true }))).code).toBe('IMAGE_HTTP_REFUSED');
    expect(asked).toEqual([]);
  });

  it('takes up no connection that someone else keeps open', async () => {
    const agent = new http.Agent({ keepAlive: true });
    const before = http.globalAgent;
    http.globalAgent = agent;
    try {
      const address = `${origin.replace('127.0.0.1', 'localhost')}/picture.jpg`;
      await new Promise<void>((resolve, reject) => {
        http.get(address, { agent }, response => response.resume().on('end', resolve)).on('error', reject);
      });
      await new Promise(resolve => setTimeout(resolve, 10));
      expect(Object.keys(agent.freeSockets)).toHaveLength(1);
      asked = [];
      expect((await refusalOf(readSource(address, { allowHttp: true }))).code).toBe('IMAGE_HTTP_REFUSED');
      expect(asked).toEqual([]);
    } finally {
      http.globalAgent = before;
      agent.destroy();
    }
  });

  it('has a time limit, for the answer and for its end', async () => {
    for (const path of ['/silent', '/slow']) {
      const start = performance.now();
      expect((await refusalOf(get(path, { timeoutMs: 200 }))).code).toBe('IMAGE_TIMEOUT');
      expect(performance.now() - start).toBeLessThan(3000);
    }
  });

  it('has a size limit', async () => {
    expect((await refusalOf(get('/picture.jpg', { maxBytes: picture.length - 1 }))).code).toBe('IMAGE_TOO_LARGE');
  });

  it('says what the server did, and when the caller stopped', async () => {
    expect((await refusalOf(get('/missing'))).message).toContain('404');
    expect((await refusalOf(get('/cut'))).code).toBe('IMAGE_UNREADABLE');
    expect((await refusalOf(get('/silent', { signal: AbortSignal.timeout(100) }))).code).toBe('ABORTED');
    expect((await refusalOf(fetchPicture(new URL('http://127.0.0.1:1/'), { allowHttp: true }, () => false))).code).toBe('IMAGE_UNREADABLE');
  });
});

describe('private addresses', () => {
  const privates = [
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
  ];
  const privates6 = ['::1', '::', 'fe80::1', 'fd12::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:c0a8:101', '64:ff9b::7f00:1', '2002:7f00:1::'];
  for (const address of [...privates, ...privates6, 'not an address']) it(`${address} is refused`, () => expect(isPrivateAddress(address)).toBe(true));
  for (const address of ['1.1.1.1', '172.32.0.1', '100.128.0.1', '193.0.0.1', '2606:4700::1111', '::ffff:101:101'])
    it(`${address} is public`, () => expect(isPrivateAddress(address)).toBe(false));
});
