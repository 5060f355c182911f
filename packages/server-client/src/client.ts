import createFetch, { type Client as FetchClient } from 'openapi-fetch';
import { linesOf } from './lines.js';
import type { paths } from './schema.js';

export interface ClientOptions {
  /** Where the server listens, e.g. `https://syntrace.example.org`. */
  readonly baseUrl: string;
  /** An API key; none is needed on loopback until the server has one. */
  readonly key?: string;
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch;
}

type Body<P extends keyof paths, M extends 'get' | 'post', S extends number> = paths[P] extends {
  [K in M]: { responses: { [T in S]: { content: { 'application/json': infer B } } } };
}
  ? B
  : never;
/** The answer for one picture. */
export type Judgement = Body<'/v1/detect', 'post', 200>;
/** A batch with its progress. */
export type Batch = Body<'/v1/batches/{id}', 'get', 200>;
export type DetectorInfo = Body<'/v1/detectors', 'get', 200>[number];
export type NewBatch = NonNullable<paths['/v1/batches']['post']['requestBody']>['content']['application/json'];

/** A row of a batch's results. */
export interface Result {
  readonly batch: string;
  readonly item: number;
  /** Where to go on: `results(id, { after: seq })`. */
  readonly seq: number;
  readonly path: string;
  readonly label: string | null;
  readonly sha256: string | null;
  readonly verdict: 'real' | 'synthetic' | 'inconclusive' | null;
  readonly probability: number | null;
  readonly score: number | null;
  readonly threshold: number | null;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
  readonly reused: boolean;
  readonly judged: string;
}

export interface JudgeOptions {
  readonly detectors?: readonly string[];
  /** Draw the evidence as PNG. */
  readonly explain?: boolean;
  readonly name?: string;
  readonly signal?: AbortSignal;
}

/** What the server refused: its stable code, its words and what to do; `retryAfter` in seconds where it asked to come again. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string,
    readonly retryAfter: number | null,
  ) {
    super(message);
  }
}

/** Calls of a Syntrace server. `api` is the whole of it, typed from its OpenAPI description; the methods are what most need.
 *  @throws ServerError from every method; what `fetch` throws when there is no answer */
export class SyntraceClient {
  readonly api: FetchClient<paths>;
  private readonly send: typeof globalThis.fetch;
  private readonly base: string;
  private readonly headers: Readonly<Record<string, string>>;

  constructor({ baseUrl, key, fetch = globalThis.fetch.bind(globalThis) }: ClientOptions) {
    this.base = baseUrl.replace(/\/$/, '');
    this.headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
    this.send = fetch;
    this.api = createFetch<paths>({ baseUrl: this.base, headers: this.headers, fetch: request => fetch(request) });
  }

  /** Judges one picture: its bytes, or its address where the operator allows that. */
  async judge(
    picture: Blob | Uint8Array<ArrayBuffer> | ArrayBuffer | { readonly url: string },
    { detectors, explain, name, signal }: JudgeOptions = {},
  ): Promise<Judgement> {
    const query = new URLSearchParams({
      ...(detectors && { detectors: detectors.join(',') }),
      ...(explain && { explain: 'true' }),
      ...(name !== undefined && { name }),
    });
    const address = !(picture instanceof Blob) && !ArrayBuffer.isView(picture) && !(picture instanceof ArrayBuffer);
    const body = address ? JSON.stringify(picture) : picture;
    const response = await this.request(`/v1/detect?${query}`, {
      method: 'POST',
      body,
      headers: { 'content-type': address ? 'application/json' : 'application/octet-stream' },
      ...(signal && { signal }),
    });
    return (await response.json()) as Judgement;
  }

  detectors(): Promise<readonly DetectorInfo[]> {
    return this.json('/v1/detectors');
  }

  createBatch(batch: NewBatch): Promise<Batch> {
    return this.json('/v1/batches', { method: 'POST', body: JSON.stringify(batch), headers: { 'content-type': 'application/json' } });
  }

  batch(id: string): Promise<Batch> {
    return this.json(`/v1/batches/${id}`);
  }

  /** Adds pictures to a batch of uploads. */
  async addPictures(id: string, pictures: Iterable<{ readonly name: string; readonly data: Blob }>): Promise<number> {
    const form = new FormData();
    for (const { name, data } of pictures) form.append('pictures', data, name);
    return (await this.json<{ added: number }>(`/v1/batches/${id}/pictures`, { method: 'POST', body: form })).added;
  }

  seal(id: string): Promise<Batch> {
    return this.json(`/v1/batches/${id}/seal`, { method: 'POST' });
  }

  cancel(id: string): Promise<Batch> {
    return this.json(`/v1/batches/${id}/cancel`, { method: 'POST' });
  }

  retry(id: string): Promise<Batch> {
    return this.json(`/v1/batches/${id}/retry`, { method: 'POST' });
  }

  /** A batch each time that it changes, until it has ended. */
  async *progress(id: string, signal?: AbortSignal): AsyncGenerator<Batch> {
    const response = await this.request(`/v1/batches/${id}/events`, signal ? { signal } : {});
    let event = '';
    for await (const line of linesOf(response.body!)) {
      if (line.startsWith('event: ')) event = line.slice('event: '.length);
      else if (line.startsWith('data: ') && event === 'progress') yield JSON.parse(line.slice('data: '.length)) as Batch;
    }
  }

  /** Results in the order of their writing; with `follow` until the batch has ended. */
  async *results(
    id: string,
    { after = 0, follow = false, signal }: { readonly after?: number; readonly follow?: boolean; readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Result> {
    const response = await this.request(`/v1/batches/${id}/results?format=ndjson&after=${after}&follow=${follow}`, signal ? { signal } : {});
    for await (const line of linesOf(response.body!)) if (line !== '') yield JSON.parse(line) as Result;
  }

  private async json<T>(path: string, init: RequestInit = {}): Promise<T> {
    return (await (await this.request(path, init)).json()) as T;
  }

  private async request(path: string, init: RequestInit): Promise<Response> {
    const response = await this.send(this.base + path, { ...init, headers: { ...this.headers, ...init.headers } });
    if (response.ok) return response;
    const { error } = (await response.json().catch(() => ({}))) as { error?: { code: string; message: string; hint: string } };
    const retryAfter = response.headers.get('retry-after');
    throw new ServerError(
      response.status,
      error?.code ?? 'UNKNOWN',
      error?.message ?? `the server answered ${response.status}`,
      error?.hint ?? '',
      retryAfter === null ? null : Number(retryAfter),
    );
  }
}
