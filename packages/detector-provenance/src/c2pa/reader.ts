import { createGlue } from 'virtual:c2pa-glue';
import type { LoadAsset } from '@syntrace/core';
import { moduleAddress } from './module-address.js';

export interface ReaderSettings {
  /** Certificates of those who are trusted to sign, PEM, one after another. */
  readonly trustAnchors?: string;
  /** Whether remote manifests and revocation may be asked of the network. */
  readonly network: boolean;
}

type Glue = ReturnType<typeof createGlue>;

/** The C2PA project's own reader (crate c2pa as WebAssembly, 9.2 MB), started on first use. */
export class C2paReader {
  private module: Promise<WebAssembly.Module> | undefined;
  private readonly glues = new Map<boolean, Promise<Glue>>();

  constructor(
    private readonly loadAsset: LoadAsset,
    private readonly address: URL = moduleAddress(),
  ) {}

  /** The manifest store of a file as JSON, validated. @throws what the crate says, or why it could not be loaded */
  async read(format: string, bytes: Uint8Array, { trustAnchors, network }: ReaderSettings): Promise<unknown> {
    const glue = await this.glue(network);
    const settings = {
      verify: { verify_after_reading: true, verify_trust: true, ocsp_fetch: network, remote_manifest_fetch: network },
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
      if (error instanceof WebAssembly.RuntimeError) this.glues.delete(network);
      throw error;
    }
  }

  private glue(network: boolean): Promise<Glue> {
    const known = this.glues.get(network);
    if (known) return known;
    const started = this.start(network);
    this.glues.set(network, started);
    started.catch(() => this.glues.delete(network));
    return started;
  }

  private async start(network: boolean): Promise<Glue> {
    this.module ??= this.loadAsset(this.address).then(bytes => WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>));
    const failed = this.module;
    failed.catch(() => {
      if (this.module === failed) this.module = undefined;
    });
    const glue = createGlue(network ? request => fetch(request) : refuse);
    await glue.init({ module_or_path: await this.module });
    return glue;
  }
}

/** The settings keep the reader off the network; this makes sure of it. */
const refuse = (): Promise<Response> => Promise.reject(new Error('the network is not allowed'));
