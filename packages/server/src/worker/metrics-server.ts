import { createServer } from 'node:http';
import type { Metrics } from '../metrics.js';

/** `/health` and `/metrics` of a worker: numbers only, for Prometheus and probes. */
export async function serveMetrics({ registry }: Metrics, port: number): Promise<() => Promise<void>> {
  const server = createServer(async (request, response) => {
    if (request.url === '/health') response.setHeader('content-type', 'application/json').end('{"ok":true}');
    else if (request.url === '/metrics') response.setHeader('content-type', registry.contentType).end(await registry.metrics());
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, resolve));
  return () =>
    new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}
