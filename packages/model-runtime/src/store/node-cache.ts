import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ModelCache } from './model-store.js';

/** `SYNTRACE_CACHE`, else the user's cache folder. */
export function cacheFolder({ env, platform } = { env: process.env, platform: process.platform }): string {
  if (env.SYNTRACE_CACHE) return join(env.SYNTRACE_CACHE, 'models');
  const own = platform === 'win32' ? env.LOCALAPPDATA : (env.XDG_CACHE_HOME ?? (platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : undefined));
  return join(own ?? join(homedir(), '.cache'), 'syntrace', 'models');
}

/** A file for each checksum. A file appears whole or not at all. */
export const nodeCache = (folder: string = cacheFolder()): ModelCache => ({
  place: folder,
  get: sha256 => readFile(join(folder, sha256)).catch(() => null),
  async put(sha256, bytes) {
    const part = join(folder, `${sha256}.${randomUUID()}`);
    await mkdir(folder, { recursive: true });
    try {
      await writeFile(part, bytes);
      await rename(part, join(folder, sha256));
    } finally {
      await rm(part, { force: true });
    }
  },
});
