import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus reads; one set for each service or worker, so that several live in one process. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
  return {
    registry,
    requests: new Counter({ name: 'syntrace_http_requests_total', help: 'Answered requests', labelNames: ['method', 'route', 'status'] as const, registers }),
    latency: new Histogram({
      name: 'syntrace_http_seconds',
      help: 'Time from request to answer',
      labelNames: ['method', 'route'] as const,
      buckets: seconds,
      registers,
    }),
    pictures: new Counter({ name: 'syntrace_pictures_total', help: 'Judged pictures by verdict or error code', labelNames: ['outcome'] as const, registers }),
    deaths: new Counter({ name: 'syntrace_judge_deaths_total', help: 'Judging processes that died of a picture', labelNames: ['kind'] as const, registers }),
    chunks: new Counter({ name: 'syntrace_chunks_total', help: 'Chunks by what became of them', labelNames: ['outcome'] as const, registers }),
    chunkSeconds: new Histogram({ name: 'syntrace_chunk_seconds', help: 'Time of a chunk', buckets: [...seconds, 120, 300, 600], registers }),
    inFlight: new Gauge({ name: 'syntrace_judge_requests', help: 'Requests that wait for a judgement', registers }),
    queued: new Gauge({ name: 'syntrace_queue_chunks', help: 'Chunks that wait in the queue, by engine', labelNames: ['engine'] as const, registers }),
    workers: new Gauge({ name: 'syntrace_workers', help: 'Workers seen in the last minute, by engine', labelNames: ['engine'] as const, registers }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
