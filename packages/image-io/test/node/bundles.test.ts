// The built package in the hands of its users' tools, with their default settings: each page decodes one file of each kind in Chromium.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { type Browser, chromium } from 'playwright';
import { createServer, build as viteBuild } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import webpack from 'webpack';
import { manifest } from '../platform/node.js';

const packages = fileURLToPath(new URL('../../..', import.meta.url));
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const names = ['q90-420.jpg', 'rgb-16.png', 'lossy-alpha.webp', 'animated.gif', 'ycck-420.jpg', 'cmyk.tif'];
const codecs = ['jpeg', 'png', 'webp', 'gif', 'cmyk-jpeg', 'tiff'];
const missing = !existsSync(executablePath)
  ? `there is no browser at ${executablePath}`
  : !existsSync(join(packages, 'image-io/dist/browser.js'))
    ? 'the package is not built'
    : undefined;

const page = (script: string) => `<!doctype html><title>waiting</title><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`;
const code = () => `import { decode } from '@syntrace/image-io';
const files = ${JSON.stringify(names.map(name => readFileSync(new URL(`../fixtures/images/${name}`, import.meta.url)).toString('base64')))};
const results = [];
for (const file of files) {
  try {
    const { data } = await decode(Uint8Array.from(atob(file), letter => letter.charCodeAt(0)));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
    results.push(Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join(''));
  } catch (error) {
    results.push(String(error.cause?.stack ?? error));
  }
}
globalThis.results = results;`;

describe('bundlers', () => {
  let folder: string;
  let browser: Browser;
  const open: (() => unknown)[] = [];

  beforeAll(async () => {
    if (missing) return;
    folder = mkdtempSync(join(tmpdir(), 'image-io-bundle-'));
    // Copies, not links: that is how an installed package looks to a bundler.
    for (const name of ['core', 'image-io']) {
      const target = join(folder, 'node_modules/@syntrace', name);
      mkdirSync(target, { recursive: true });
      for (const part of ['package.json', 'dist']) cpSync(join(packages, name, part), join(target, part), { recursive: true });
    }
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'main.js'), code());
    writeFileSync(join(folder, 'index.html'), page('/main.js'));
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    for (const close of open) await close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const serve = async (root: string) => {
    const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
    const server = http.createServer((request, response) => {
      const file = join(root, new URL(request.url ?? '/', 'http://page').pathname.replace(/\/$/, '/index.html'));
      if (!existsSync(file)) return response.writeHead(404).end();
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    open.push(() => server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };

  const expectPixels = async (address: string) => {
    const tab = await browser.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    tab.on('request', request => requests.push(request.url()));
    tab.on('console', message => void (message.type() === 'error' && complaints.push(message.text())));
    tab.on('pageerror', error => complaints.push(String(error)));
    await tab.goto(address);
    const results = await tab.waitForFunction('globalThis.results', undefined, { timeout: 60_000 }).then(handle => handle.jsonValue());
    expect(results).toEqual(names.map(name => manifest.images[name]!.sha256));
    expect(complaints).toEqual([]);
    await tab.close();
    return requests;
  };

  it('Vite build: one chunk a codec, no .wasm file to lose', async ctx => {
    if (missing) return ctx.skip(missing);
    await viteBuild({ root: folder, configFile: false, logLevel: 'silent' });
    const assets = readdirSync(join(folder, 'dist/assets'));
    expect(assets.filter(name => name.endsWith('.wasm'))).toEqual([]);
    for (const codec of codecs) expect(assets.filter(name => name.startsWith(`codec-${codec}`)).length, codec).toBe(1);
    await expectPixels(await serve(join(folder, 'dist')));
  });

  it('Vite dev, which prepares dependencies in advance', async ctx => {
    if (missing) return ctx.skip(missing);
    const server = await createServer({ root: folder, configFile: false, logLevel: 'silent', server: { port: 0, host: '127.0.0.1' } });
    open.push(() => server.close());
    await server.listen();
    await expectPixels(server.resolvedUrls!.local[0]!);
  });

  for (const splitting of [true, false])
    it(`esbuild, ${splitting ? 'with' : 'without'} splitting`, async ctx => {
      if (missing) return ctx.skip(missing);
      const outdir = join(folder, `esbuild-${splitting}`);
      const { warnings } = await esbuild({
        absWorkingDir: folder,
        entryPoints: ['main.js'],
        bundle: true,
        format: 'esm',
        splitting,
        outdir,
        logLevel: 'silent',
      });
      expect(warnings).toEqual([]);
      writeFileSync(join(outdir, 'index.html'), page('/main.js'));
      await expectPixels(await serve(outdir));
    });

  for (const mode of ['development', 'production'] as const)
    it(`webpack, ${mode}`, async ctx => {
      if (missing) return ctx.skip(missing);
      const path = join(folder, `webpack-${mode}`);
      const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
        webpack({ mode, context: folder, entry: './main.js', output: { path, filename: 'main.js' }, performance: false }, (error, result) =>
          error ? reject(error) : resolve(result),
        );
      });
      const { errors, warnings } = stats!.toJson({ errors: true, warnings: true });
      expect([...(errors ?? []), ...(warnings ?? [])].map(({ message }) => message)).toEqual([]);
      writeFileSync(join(path, 'index.html'), page('/main.js'));
      await expectPixels(await serve(path));
    });

  it('only the codec that a file needs is loaded', async ctx => {
    if (missing) return ctx.skip(missing);
    const outdir = join(folder, 'one');
    writeFileSync(join(folder, 'one.js'), `${code().replace('of files', 'of [files[0]]')}`);
    await esbuild({
      absWorkingDir: folder,
      entryPoints: { main: 'one.js' },
      bundle: true,
      format: 'esm',
      splitting: true,
      outdir,
      chunkNames: '[name]-[hash]',
    });
    writeFileSync(join(outdir, 'index.html'), page('/main.js'));
    const address = await serve(outdir);
    const tab = await browser.newPage();
    const requests: string[] = [];
    tab.on('request', request => requests.push(request.url()));
    await tab.goto(address);
    await tab.waitForFunction('globalThis.results');
    expect(requests.filter(url => url.includes('codec-')).map(url => /codec-\w+/.exec(url)?.[0])).toEqual(['codec-jpeg']);
    await tab.close();
  });
});

it('the browser half imports nothing of Node and hides no import.meta', async ctx => {
  const dist = join(packages, 'image-io/dist');
  if (!existsSync(dist)) return ctx.skip('the package is not built');
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = readFileSync(join(dist, file), 'utf8');
    expect(source, file).not.toMatch(/from ?["']node:|import\(["']node:|import\.meta/);
    for (const [, next] of source.matchAll(/(?:from|import\(?) ?["']\.\/([\w-]+\.js)["']/g)) visit(next!);
  };
  visit('browser.js');
  expect([...seen].filter(file => file.startsWith('codec-')).length).toBe(codecs.length);
});
