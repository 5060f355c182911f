import { createGlue } from 'virtual:c2pa-glue';
import type { LoadAsset } from '@syntrace/core';
import { moduleAddress } from './module-address.js';

export interface ReaderSettings {
  /** Certificates of those who are trusted to sign, PEM, one after another. */
  readonly trustAnchors?: string;
  /** How remote manifests and revocation are asked for; `null`: not at all. */
  readonly fetch: Fetch | null;
}

export type Fetch = (request: Request) => Promise<Response>;

type Glue = ReturnType<typeof createGlue>;

/** The C2PA project's own reader (crate c2pa as WebAssembly, 9.2 MB), started on first use. */
export class C2paReader {
  private module: Promise<WebAssembly.Module> | undefined;
  private readonly glues = new Map<Fetch | null, Promise<Glue>>();

  constructor(
    private readonly loadAsset: LoadAsset,
    private readonly address: URL = moduleAddress(),
  ) {}

  /** The manifest store of a file as JSON, validated. @throws what the crate says, or why it could not be loaded */
  async read(format: string, bytes: Uint8Array, { trustAnchors, fetch }: ReaderSettings): Promise<unknown> {
    const glue = await this.glue(fetch);
    const settings = {
      verify: { verify_after_reading: true, verify_trust: true, ocsp_fetch: fetch !== null, remote_manifest_fetch: fetch !== null },
      ...(trustAnchors && { trust: { trust_anchors: trustAnchors } }),
    };
    try {
      const reader = await glue.WasmReader.fromBytes(format, bytes, JSON.stringify(settings));
      try {
        return JSON.parse(reader.json());
      } finally {
        reader.free();
      }
    } catch (error) {
      // After a trap no destructor ran: the next file gets a fresh instance.
      if (error instanceof WebAssembly.RuntimeError) this.glues.delete(fetch);
      throw error;
    }
  }

  private glue(fetch: Fetch | null): Promise<Glue> {
    const known = this.glues.get(fetch);
    if (known) return known;
    const started = this.start(fetch ?? refuse);
    this.glues.set(fetch, started);
    started.catch(() => this.glues.delete(fetch));
    return started;
  }

  private async start(fetch: Fetch): Promise<Glue> {
    this.module ??= this.loadAsset(this.address).then(bytes => WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>));
    const failed = this.module;
    failed.catch(() => {
      if (this.module === failed) this.module = undefined;
    });
    const glue = createGlue(async request => withAddress(await fetch(request), request.url));
    await glue.init({ module_or_path: await this.module });
    return glue;
  }
}

/** The crate traps on an answer without an address, as those have that no server gave. */
const withAddress = (response: Response, url: string): Response => (response.url === '' ? Object.defineProperty(response, 'url', { value: url }) : response);

/** The settings keep the reader off the network; this makes sure of it. */
const refuse = (): Promise<Response> => Promise.reject(new Error('the network is not allowed'));
