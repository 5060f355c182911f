import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { readResidual, residualsBy, writeNpy } from '@syntrace/detector-noisescope';
import type { Pile } from './gather.js';

const RESIDUAL = /\.(mat|npy)$/i;
/** Bytes of residuals that stay in memory; the others are read again when they are needed. */
const MEMORY = 1 << 30;

/** Whether a folder holds residuals that were made elsewhere. */
export async function hasResiduals(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return names.some(name => RESIDUAL.test(name));
}

/** Residuals that were made elsewhere: every `.mat` and `.npy` of a folder, by name. @throws RESIDUAL_INVALID, USAGE */
export async function gatherResiduals(folder: string, memory = MEMORY): Promise<Pile> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new SyntraceError('USAGE', { detail: `${folder} cannot be listed` }, error);
  });
  const files = names.filter(name => RESIDUAL.test(name)).sort();
  if (files.length === 0) throw new SyntraceError('USAGE', { detail: `no .mat or .npy files in ${folder}` });
  const found: { readonly path: string; readonly at: number; readonly name: string; readonly map: Float32Array | null }[] = [];
  let sides: { readonly width: number; readonly height: number } | undefined;
  let bytes = 0;
  for (const name of files) {
    const path = join(folder, name);
    const { height, width, maps } = await readResidual(await readFile(path), path);
    sides ??= { width, height };
    if (width !== sides.width || height !== sides.height)
      throw new SyntraceError('RESIDUAL_INVALID', { uri: path, detail: `${width}×${height}, the others are ${sides.width}×${sides.height}` });
    for (const [at, map] of maps.entries()) {
      bytes += map.byteLength;
      found.push({ path, at, name: maps.length > 1 ? `${path}#${at}` : path, map: bytes <= memory ? map : null });
    }
  }
  const { width = 0, height = 0 } = sides ?? {};
  const fetch = async (index: number) => {
    const { path, at, map } = found[index]!;
    return map ?? (await readResidual(await readFile(path), path)).maps[at]!;
  };
  const residuals = residualsBy(height, width, found.length, fetch);
  return { residuals, thumbnails: [], pictures: found.map(({ name }, place) => ({ path: name, width, height, place })), refused: [] };
}

/** Writes a pile's residuals as `.npy` files named after their pictures, extension and all, for other tools and later runs. */
export async function writeResiduals(folder: string, { residuals, pictures }: Pile): Promise<number> {
  await mkdir(folder, { recursive: true });
  const { height, width } = residuals;
  const taken = new Set<string>();
  for (const { path, place } of pictures) {
    if (typeof place !== 'number') continue;
    const file = join(folder, `${basename(path)}.npy`);
    if (taken.has(file)) throw new SyntraceError('USAGE', { detail: `two pictures are named ${basename(path)}: their residuals cannot both be ${file}` });
    taken.add(file);
    await writeFile(`${file}.part`, writeNpy('f32', [height, width], await residuals.stack([place])));
    await rename(`${file}.part`, file);
  }
  return taken.size;
}
