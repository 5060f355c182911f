import { stat } from 'node:fs/promises';
import { messageOf, SyntraceError } from '@syntrace/core';
import { walkFiles } from '@syntrace/datasets';
import type { ImageInput } from '@syntrace/image-io';

const PICTURES = /\.(jpe?g|jfif|png|webp|gif|avif|tiff?|heic|heif|jxl|jp2|j2k|bmp|cr2|cr3|nef|arw|dng|orf|raf|rw2)$/i;

export interface Inputs {
  readonly sources: readonly ImageInput[];
  /** Files in folders that are no pictures by their name. */
  readonly skipped: number;
}

/** Files, folders (at any depth, by code point order), globs, `-` and addresses. A path that cannot be read stays in as an input that fails. @throws USAGE when nothing is left */
export async function expandInputs(paths: readonly string[]): Promise<Inputs> {
  const sources: ImageInput[] = [];
  let skipped = 0;
  for (const path of paths) {
    if (path === '-' || /^https?:\/\//i.test(path)) sources.push(path);
    else {
      const found = await expand(path);
      sources.push(...found.sources);
      skipped += found.skipped;
    }
  }
  if (sources.length === 0) throw new SyntraceError('USAGE', { detail: `no pictures in ${paths.join(', ')}${skipped ? ` (${skipped} other files)` : ''}` });
  return { sources, skipped };
}

async function expand(path: string): Promise<Inputs> {
  const kind = await stat(path).catch(() => null);
  if (kind?.isDirectory()) return walk(path);
  if (kind || !/[*?[\]{}!]/.test(path)) return { sources: [path], skipped: 0 };
  const { glob } = await import('tinyglobby');
  const found = await glob(path, { absolute: false, expandDirectories: false });
  return { sources: found.length > 0 ? found.sort(byCodePoint) : [failing(path, 'no file matches it')], skipped: 0 };
}

async function walk(folder: string): Promise<Inputs> {
  const sources: ImageInput[] = [];
  let skipped = 0;
  for await (const found of walkFiles(folder)) {
    if ('error' in found) sources.push(failing(found.folder, `the folder cannot be listed (${messageOf(found.error)})`));
    else if (PICTURES.test(found.path)) sources.push(found.path);
    else skipped++;
  }
  return { sources, skipped };
}

/** An input whose reading fails with the reason, so that it gets its line among the results. */
const failing = (uri: string, detail: string): ImageInput => ({
  uri,
  data: (async function* (): AsyncGenerator<Uint8Array> {
    yield await Promise.reject(new SyntraceError('IMAGE_UNREADABLE', { uri, detail }));
  })(),
});

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
