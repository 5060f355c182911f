import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const dist = join(import.meta.dirname, '../../dist');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

export interface Site {
  /** Where the app lies: below a path, as on a host that serves several sites. */
  readonly address: string;
  /** Paths that were asked for and are not there. */
  readonly missing: readonly string[];
  close(): Promise<void>;
}

interface SiteOptions {
  /** Answer with COOP and COEP, as models need for threads. */
  readonly isolated?: boolean;
  readonly path?: string;
}

/** Serves the built site as static files on this machine. */
export async function serveSite({ isolated = true, path = '/some/where/' }: SiteOptions = {}): Promise<Site> {
  if (!existsSync(join(dist, 'index.html'))) throw new Error('the site is not built: `npm run build` in apps/playground');
  const missing: string[] = [];
  const headers = isolated ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } : {};
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const name = pathname.startsWith(path) ? pathname.slice(path.length) || 'index.html' : '';
    const file = join(dist, name);
    if (!name || !file.startsWith(dist) || !existsSync(file)) {
      missing.push(pathname);
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { ...headers, 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  });
  return { address: `${await listen(server)}${path}`, missing, close: () => shut(server) };
}

/** Serves one module from another origin. */
export async function serveModule(source: string): Promise<{ readonly address: string; readonly asked: readonly string[]; close(): Promise<void> }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    const headers = { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };
    response.writeHead(200, headers).end(source);
  });
  return { address: `${await listen(server)}/plugin.js`, asked, close: () => shut(server) };
}

/** A proxy that lets nothing through and keeps what was asked for: whatever leaves this machine is seen here. */
export async function serveTrap(): Promise<{ readonly address: string; readonly asked: readonly string[]; close(): Promise<void> }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(request.url!);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  return { address: await listen(server), asked, close: () => shut(server) };
}

const listen = (server: Server): Promise<string> =>
  new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)));

async function shut(server: Server): Promise<void> {
  const closed = new Promise(resolve => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
