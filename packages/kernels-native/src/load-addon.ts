import { createRequire } from 'node:module';
import { arch, platform } from 'node:process';
import { messageOf } from '@syntrace/core';
import type { Addon } from './addon.js';

/** The addon with where it came from, or why there is none and what to do. */
export type Loaded = { readonly addon: Addon; readonly from: string } | { readonly addon: undefined; readonly reason: string; readonly hint: string };

/** `linux-x64-gnu`, `linux-x64-musl`, `darwin-arm64`, `win32-x64-msvc`: as napi-rs names platforms. */
export function platformName(): string {
  const header = (process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined)?.header;
  const libc: Partial<Record<NodeJS.Platform, string>> = { linux: header?.glibcVersionRuntime ? '-gnu' : '-musl', win32: '-msvc' };
  return `${platform}-${arch}${libc[platform] ?? ''}`;
}

/** The addon built beside this package (a checkout), else the package of this platform. Never throws; nothing is downloaded. */
export function loadAddon(load: (specifier: string) => unknown = createRequire(import.meta.url), name = platformName()): Loaded {
  const missing: string[] = [];
  for (const specifier of [`../syntrace-kernels.${name}.node`, `@syntrace/kernels-native-${name}`]) {
    try {
      return { addon: checked(load(specifier)), from: specifier };
    } catch (error) {
      if (!isMissing(error)) return { addon: undefined, reason: `${specifier} does not load: ${messageOf(error)}`, hint: repair(name) };
      missing.push(specifier);
    }
  }
  return { addon: undefined, reason: `there is no addon for ${name} (looked for ${missing.join(', ')})`, hint: repair(name) };
}

const repair = (name: string) =>
  `Run \`npm install @syntrace/kernels-native-${name}\`, or in a checkout with cargo \`npm run build -- --native\`. The WASM backend works without it.`;

const isMissing = (error: unknown) => ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes((error as { code?: string }).code ?? '');

function checked(module: unknown): Addon {
  if (typeof (module as Partial<Addon> | undefined)?.Session !== 'function') throw new Error('it exports no Session: it belongs to another version');
  return module as Addon;
}
