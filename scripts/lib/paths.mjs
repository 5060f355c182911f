import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** What the scripts install for themselves: git-ignored, safe to delete. */
export const tools = join(root, '.tools');
export const windows = process.platform === 'win32';
