import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SyntraceError } from '@syntrace/core';
import { readSource } from '@syntrace/image-io';
import type { Item } from '../batch/chunk.js';
import type { BatchSource } from '../batch/rows.js';
import type { SourceOptions } from '../options.js';
import { allowedPath, isPictureName, walk } from './folder.js';
import { parseS3, S3 } from './s3.js';
import type { Store } from './store.js';

/** Some pictures of a source, and where to go on; no cursor at its end. */
export interface Page {
  readonly items: readonly Omit<Item, 'n'>[];
  readonly cursor: string | null;
}

const PAGE = 2000;
const READ_MS = 30_000;

/** Reads pictures from where the operator allows, and lists them. Everything is checked again when it is read, not only when the batch was made. */
export class Sources {
  private readonly s3: S3;
  private readonly prefixes: readonly { bucket: string; prefix: string }[];

  constructor(
    private readonly options: SourceOptions,
    private readonly store: Store,
    private readonly maxBytes: number,
  ) {
    this.s3 = new S3({ region: options.s3Region, ...(options.s3Endpoint && { endpoint: options.s3Endpoint }) });
    this.prefixes = options.allowS3.map(parseS3);
  }

  /** @throws SOURCE_REFUSED for a source that is not allowed */
  async check(source: BatchSource): Promise<void> {
    if (source.kind === 'folder') await allowedPath(source.path, this.options.allowFolder);
    if (source.kind === 's3') this.checkS3(source.bucket, source.prefix);
  }

  /** @throws SOURCE_REFUSED for an entry of a list that can never be read */
  checkEntry(uri: string): void {
    if (/^https?:/i.test(uri) && !this.options.allowHttp)
      throw new SyntraceError('SOURCE_REFUSED', { source: uri.slice(0, 200), detail: 'addresses are not allowed' });
    if (/^s3:/i.test(uri)) {
      const { bucket, prefix } = parseS3(uri);
      this.checkS3(bucket, prefix);
    } else if (!/^https?:/i.test(uri) && this.options.allowFolder.length === 0)
      throw new SyntraceError('SOURCE_REFUSED', { source: uri.slice(0, 200), detail: 'no folder is allowed' });
  }

  async page(source: BatchSource, cursor: string | null): Promise<Page> {
    if (source.kind === 'folder') return this.folderPage(source.path, cursor ?? '');
    if (source.kind === 's3') return this.bucketPage(source.bucket, source.prefix, cursor ?? '');
    throw new SyntraceError('SOURCE_REFUSED', { source: source.kind, detail: 'it is not listed by the server' });
  }

  /** @throws the IMAGE_ errors, SOURCE_REFUSED */
  async read({ uri, at: place }: Item, signal: AbortSignal): Promise<Uint8Array> {
    const limits = { maxBytes: this.maxBytes, signal: AbortSignal.any([signal, AbortSignal.timeout(READ_MS)]) };
    // Only this package writes places; a name that looks like one is a path of no folder.
    if (place?.startsWith('store:')) return this.store.get(place.slice('store:'.length), this.maxBytes);
    const at = place ?? uri;
    if (/^https?:/i.test(at)) return (await readSource(at, { ...limits, allowHttp: this.options.allowHttp })).bytes;
    if (/^s3:/i.test(at)) {
      const { bucket, prefix: key } = parseS3(at);
      this.checkS3(bucket, key);
      return this.s3.get(bucket, key, this.maxBytes);
    }
    const path = await allowedPath(at.startsWith('file:') ? fileURLToPath(at) : at, this.options.allowFolder);
    return (await readSource(pathToFileURL(path), limits, uri)).bytes;
  }

  private async folderPage(path: string, cursor: string): Promise<Page> {
    const root = await allowedPath(path, this.options.allowFolder);
    const items: Omit<Item, 'n'>[] = [];
    let last = cursor;
    for await (const name of walk(root, cursor)) {
      const at = pathToFileURL(join(root, name)).href;
      items.push({ uri: name, at });
      last = name;
      if (items.length === PAGE) return { items, cursor: last };
    }
    return { items, cursor: null };
  }

  private async bucketPage(bucket: string, prefix: string, cursor: string): Promise<Page> {
    this.checkS3(bucket, prefix);
    const { objects, more } = await this.s3.list(bucket, prefix, cursor);
    const items = objects.filter(({ key }) => isPictureName(key)).map(({ key }) => ({ uri: `s3://${bucket}/${key}` }));
    return { items, cursor: more ? objects.at(-1)!.key : null };
  }

  private checkS3(bucket: string, key: string): void {
    // Addresses have no way to name such a key: dots, encoded or not, are resolved on the way.
    const dotted = key.split('/').some(part => part === '.' || part === '..');
    const inside = !dotted && this.prefixes.some(allowed => allowed.bucket === bucket && key.startsWith(allowed.prefix));
    if (!inside) throw new SyntraceError('SOURCE_REFUSED', { source: `s3://${bucket}/${key}`.slice(0, 300), detail: 'it is below no prefix that is allowed' });
  }
}
