import { messageOf, SyntraceError } from '@syntrace/core';
import { AwsClient } from 'aws4fetch';
import { XMLParser } from 'fast-xml-parser';

export interface S3Options {
  /** Default: Amazon's for the region. */
  readonly endpoint?: string;
  readonly region: string;
}

export interface S3Object {
  readonly key: string;
  readonly size: number;
}

const TIMEOUT_MS = 30_000;
/** Values as they are written (a key like 007 is no number), with their numeric entities. */
const parser = new XMLParser({ parseTagValue: false, htmlEntities: true, ignoreAttributes: true, isArray: name => name === 'Contents' });

/** The few calls of an S3-compatible service that are needed. Credentials come from the environment, as for Amazon's own tools. */
export class S3 {
  private readonly client: AwsClient | undefined;
  private readonly endpoint: string;

  constructor({ endpoint, region }: S3Options, env: NodeJS.ProcessEnv = process.env) {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = env;
    if (accessKeyId && secretAccessKey)
      this.client = new AwsClient({ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }), service: 's3', region, retries: 3, initRetryMs: 100 });
    this.endpoint = (endpoint ?? `https://s3.${region}.amazonaws.com`).replace(/\/$/, '');
  }

  /** Objects after a key in the order of the keys, at most 1000. @throws SOURCE_REFUSED, IMAGE_UNREADABLE */
  async list(bucket: string, prefix: string, after: string): Promise<{ readonly objects: readonly S3Object[]; readonly more: boolean }> {
    const query = new URLSearchParams({ 'list-type': '2', prefix, 'start-after': after, 'max-keys': '1000' });
    const response = await this.send(bucket, '', { method: 'GET' }, `?${query}`);
    const { ListBucketResult: result } = parser.parse(await response.text()) as { ListBucketResult?: ListBucketResult };
    if (!result) throw unreadable(bucket, 'the answer is no listing');
    const objects = (result.Contents ?? []).map(({ Key, Size }) => ({ key: Key, size: Number(Size) }));
    return { objects, more: result.IsTruncated === 'true' };
  }

  /** @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE */
  async get(bucket: string, key: string, maxBytes: number): Promise<Uint8Array> {
    const uri = `s3://${bucket}/${key}`;
    const response = await this.send(bucket, key, { method: 'GET' });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > maxBytes) throw new SyntraceError('IMAGE_TOO_LARGE', { uri, detail: `more than ${maxBytes} bytes` });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  async put(bucket: string, key: string, bytes: Uint8Array): Promise<void> {
    await (await this.send(bucket, key, { method: 'PUT', body: bytes as Uint8Array<ArrayBuffer> })).arrayBuffer();
  }

  async remove(bucket: string, key: string): Promise<void> {
    await (await this.send(bucket, key, { method: 'DELETE' })).arrayBuffer();
  }

  private async send(bucket: string, key: string, init: RequestInit, query = ''): Promise<Response> {
    if (!this.client)
      throw new SyntraceError('SOURCE_REFUSED', { source: `s3://${bucket}`, detail: 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set' });
    const path = [bucket, ...(key === '' ? [] : key.split('/'))].map(strictEncode).join('/');
    const url = `${this.endpoint}/${path}${query}`;
    let response: Response;
    try {
      // A redirect could lead to an address that nobody allowed.
      response = await this.client.fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (error) {
      throw unreadable(`s3://${bucket}/${key}`, messageOf(error), error);
    }
    if (response.ok) return response;
    await response.body?.cancel();
    throw unreadable(`s3://${bucket}/${key}`, response.status === 404 ? 'there is no such object' : `the storage answered ${response.status}`);
  }
}

interface ListBucketResult {
  readonly Contents?: readonly { readonly Key: string; readonly Size: string }[];
  readonly IsTruncated?: string;
}

const unreadable = (uri: string, detail: string, cause?: unknown) => new SyntraceError('IMAGE_UNREADABLE', { uri, detail }, cause);
const strictEncode = (part: string): string => encodeURIComponent(part).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** `s3://bucket/prefix` in its parts. @throws USAGE */
export function parseS3(address: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(address) ?? [];
  if (!bucket) throw new SyntraceError('USAGE', { detail: `${address}: expected s3://bucket/prefix` });
  return { bucket, prefix };
}
