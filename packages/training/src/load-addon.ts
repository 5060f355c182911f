import { createRequire } from 'node:module';
import { arch, platform } from 'node:process';
import { messageOf, SyntraceError } from '@syntrace/core';
import type { LearnAddon } from './network/addon.js';

/** As napi-rs names platforms: `linux-x64-gnu`, `darwin-arm64`, `win32-x64-msvc`. */
function platformName(): string {
  const header = (process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined)?.header;
  const libc: Partial<Record<NodeJS.Platform, string>> = { linux: header?.glibcVersionRuntime ? '-gnu' : '-musl', win32: '-msvc' };
  return `${platform}-${arch}${libc[platform] ?? ''}`;
}

/** The addon built beside this package (a checkout), else the package of this platform. Nothing is downloaded. @throws TRAINING_UNAVAILABLE */
export function loadAddon(load: (specifier: string) => unknown = createRequire(import.meta.url), name = platformName()): LearnAddon {
  const reasons = [];
  for (const specifier of [`../syntrace-learn.${name}.node`, `@syntrace/training-${name}`]) {
    try {
      const addon = load(specifier) as Partial<LearnAddon>;
      if (typeof addon.Trainer === 'function') return addon as LearnAddon;
      reasons.push(`${specifier} belongs to another version`);
    } catch (error) {
      reasons.push(`${specifier}: ${messageOf(error).split('\n')[0]}`);
    }
  }
  throw new SyntraceError('TRAINING_UNAVAILABLE', {
    detail: reasons.join('; '),
    remedy: `Run \`npm install @syntrace/training-${name}\`, or in a checkout with cargo \`npm run build -- --native\`.`,
  });
}
