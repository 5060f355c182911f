import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encodeJpeg, encodePng } from '@syntrace/image-io';
import { onTestFinished } from 'vitest';

/** What a test tree holds at a path: bytes or text of a file, or where a link leads. */
export type Leaf = string | Uint8Array | { readonly link: string };

/** Makes a folder with these files and links, and removes it when the test is over. */
export function makeTree(leaves: Readonly<Record<string, Leaf>>): string {
  const root = mkdtempSync(join(tmpdir(), 'syntrace-tree-'));
  chmodSync(root, 0o755);
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, leaf] of Object.entries(leaves)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof leaf === 'string' || leaf instanceof Uint8Array) writeFileSync(file, leaf);
    else symlinkSync(leaf.link, file);
  }
  return root;
}

/** Files with these paths and no bytes: for tests that open none. */
export const emptyTree = (...paths: readonly string[]): string => makeTree(Object.fromEntries(paths.map(path => [path, ''])));

/** A ramp of samples that JPEG changes. */
export const ramp = (width = 24, height = 16, channels = 3) => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 37 + (i >> 4) * 11) & 255),
});

export const pngOf = (...size: Parameters<typeof ramp>): Promise<Uint8Array> => encodePng(ramp(...size));
export const jpegOf = (quality: number, subsampling: '4:2:0' | '4:4:4' = '4:2:0'): Promise<Uint8Array> => encodeJpeg(ramp(), { quality, subsampling });

const NOBODY = 65_534;
const isRoot = process.geteuid?.() === 0;

/** Whether a folder made here can be refused to this process: not to root, where nobody else gets as far as the folder for temporary files. */
export const canBeUnprivileged = reachable();
if (!canBeUnprivileged) process.stderr.write('\nSKIPPED: folders that may not be listed; nobody but root gets to the folder for temporary files\n');

function reachable(): boolean {
  if (!isRoot) return true;
  // Asked before: for another account's process Node does not read TMPDIR.
  const folder = tmpdir();
  process.seteuid!(NOBODY);
  try {
    statSync(`${folder}/.`);
    return true;
  } catch {
    return false;
  } finally {
    process.seteuid!(0);
  }
}

/** Runs work without the rights of root, for whom no file is unreadable. */
export async function unprivileged<T>(work: () => Promise<T>): Promise<T> {
  if (!isRoot) return work();
  process.seteuid!(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}
