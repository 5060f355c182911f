import { createRequire } from 'node:module';
import { arch, platform } from 'node:process';
import { messageOf } from '@syntrace/core';
import type { Addon, CudaAddon } from './addon.js';

/** The addon with where it came from, or why there is none and what to do. */
export type Loaded<A extends Addon = Addon> =
  | { readonly addon: A; readonly from: string }
  | { readonly addon: undefined; readonly reason: string; readonly hint: string };

interface Kind {
  /** File beside this package, and package of a platform. */
  readonly file: string;
  readonly package: string;
  readonly exports: string;
  readonly what: string;
}

const kinds = {
  native: { file: 'syntrace-kernels', package: '@syntrace/kernels-native', exports: 'Session', what: 'addon' },
  cuda: { file: 'syntrace-kernels-cuda', package: '@syntrace/kernels-cuda', exports: 'openCuda', what: 'CUDA addon' },
} as const satisfies Record<string, Kind>;

/** `linux-x64-gnu`, `linux-x64-musl`, `darwin-arm64`, `win32-x64-msvc`: as napi-rs names platforms. */
export function platformName(): string {
  const header = (process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined)?.header;
  const libc: Partial<Record<NodeJS.Platform, string>> = { linux: header?.glibcVersionRuntime ? '-gnu' : '-musl', win32: '-msvc' };
  return `${platform}-${arch}${libc[platform] ?? ''}`;
}

type Load = (specifier: string) => unknown;

/** The addon built beside this package (a checkout), else the package of this platform. Never throws; nothing is downloaded. */
export const loadAddon = (load?: Load, name?: string): Loaded => find<Addon>(kinds.native, load, name);

/** The same for the addon that also opens NVIDIA cards. */
export const loadCudaAddon = (load?: Load, name?: string): Loaded<CudaAddon> => find<CudaAddon>(kinds.cuda, load, name);

function find<A extends Addon>(kind: Kind, load: Load = createRequire(import.meta.url), name = platformName()): Loaded<A> {
  const missing: string[] = [];
  for (const specifier of [`../${kind.file}.${name}.node`, `${kind.package}-${name}`]) {
    try {
      return { addon: checked<A>(load(specifier), kind), from: specifier };
    } catch (error) {
      if (!isMissing(error)) return { addon: undefined, reason: `${specifier} does not load: ${messageOf(error)}`, hint: repair(kind, name) };
      missing.push(specifier);
    }
  }
  return { addon: undefined, reason: `there is no ${kind.what} for ${name} (looked for ${missing.join(', ')})`, hint: repair(kind, name) };
}

const repair = (kind: Kind, name: string) =>
  `Run \`npm install ${kind.package}-${name}\`, or in a checkout with cargo \`npm run build -- --native\`. The WASM backend works without it.`;

const isMissing = (error: unknown) => ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes((error as { code?: string }).code ?? '');

function checked<A extends Addon>(module: unknown, { exports }: Kind): A {
  const value = (module as Record<string, unknown> | undefined)?.[exports];
  if (typeof value !== 'function') throw new Error(`it exports no ${exports}: it belongs to another version`);
  return module as A;
}
