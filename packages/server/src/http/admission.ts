import { SyntraceError } from '@syntrace/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics.js';

/** Requests that wait for each judging process, at most: bodies are held in memory meanwhile. */
const EACH = 16;
const AVERAGE = 0.1;

/** Lets in as many requests as can be answered soon; the others are told when to come again before their bodies are read. */
export class Admission {
  private readonly inside = new Set<FastifyRequest>();
  private seconds = 0.5;

  constructor(
    private readonly processes: number,
    private readonly metrics: Metrics,
  ) {}

  /** Makes `onRequest` of routes that judge. */
  readonly enter = async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    if (this.inside.size >= EACH * this.processes) {
      const seconds = Math.ceil((this.seconds * this.inside.size) / this.processes);
      throw new SyntraceError('SERVER_BUSY', { detail: `${this.inside.size} pictures wait already`, seconds: Math.min(60, Math.max(1, seconds)) });
    }
    this.inside.add(request);
    this.metrics.inFlight.set(this.inside.size);
  };

  readonly leave = (request: FastifyRequest): void => {
    if (this.inside.delete(request)) this.metrics.inFlight.set(this.inside.size);
  };

  /** Tells how long a judgement took. */
  took(seconds: number): void {
    this.seconds += AVERAGE * (seconds - this.seconds);
  }

  install(app: FastifyInstance): void {
    app.addHook('onResponse', async request => this.leave(request));
    app.addHook('onRequestAbort', async request => this.leave(request));
  }
}
