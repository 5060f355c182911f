import type { DetectorContext, KernelBackend, Learners, LoadAsset, ModelRuntime, Plugin } from '@syntrace/core';

/** What the kit needs of whoever runs it. */
export interface KitOptions {
  /** Where a detector's numbers are computed, e.g. `wasmPlugin.kernels[0]` of `@syntrace/kernels-wasm`. Not needed for kernel backends alone. */
  readonly backend?: KernelBackend;
  /** How files that ship with a plugin are read. Default: `fetch`, and files in Node. */
  readonly loadAsset?: LoadAsset;
  readonly learners?: Learners;
  /** What runs the models of detectors that need one. */
  readonly models?: ModelRuntime;
  /** Longest that a rule may take, in milliseconds. Default 60,000. */
  readonly limitMs?: number;
  /** How many pictures the rule on memory judges. Default 200. */
  readonly pictures?: number;
  /** The modules of the plugin's browser build, by name; without them the rule on `node:` imports is left out. */
  readonly browserModules?: ReadonlyMap<string, string>;
  /** Imports the plugin anew, for the rule that importing has no effect. */
  readonly load?: () => Promise<Plugin>;
}

const silent = { debug() {}, info() {}, warn() {} };

/** How files that ship with a plugin are read. */
export const assetsOf = ({ loadAsset }: KitOptions): LoadAsset => loadAsset ?? readUrl;

/** The context that a detector is opened with. */
export const contextOf = (kernels: DetectorContext['kernels'], options: KitOptions, signal: AbortSignal): DetectorContext => ({
  kernels,
  loadAsset: assetsOf(options),
  logger: silent,
  signal,
  ...(options.learners && { learners: options.learners }),
  ...(options.models && { models: options.models }),
});

interface NodeProcess {
  getBuiltinModule?(name: string): { readFile(url: URL): Promise<Uint8Array> };
}

/** Node's `fetch` reads no `file:` addresses. */
const readUrl: LoadAsset = async url => {
  const files = url.protocol === 'file:' ? (globalThis as { process?: NodeProcess }).process?.getBuiltinModule?.('node:fs/promises') : undefined;
  if (files) return new Uint8Array(await files.readFile(url));
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};
