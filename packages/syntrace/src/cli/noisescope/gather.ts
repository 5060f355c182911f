import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kernels, SyntraceError, type Warning } from '@syntrace/core';
import { collectResiduals, type Residuals, readResidual, residualsOf } from '@syntrace/detector-noisescope';
import type { ImageInput } from '@syntrace/image-io';
import type { Session } from '../open-session.js';
import { startProgress } from '../progress.js';
import { decoded, type Refused } from './decoded.js';
import { residualCache } from './residual-cache.js';

/** One picture of a pile that has been looked at. */
export interface Gathered {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  /** Its number among the residuals, or why it has none. */
  readonly place: number | Warning;
}

export interface Pile {
  readonly residuals: Residuals;
  readonly pictures: readonly Gathered[];
  readonly refused: readonly Refused[];
}

export interface GatherOptions {
  readonly size?: { readonly width: number; readonly height: number } | undefined;
  readonly cache?: string | undefined;
  readonly signal: AbortSignal;
  readonly what: string;
}

/** Takes the residuals of pictures, or finds them in the cache: an interrupted run goes on. @throws RESIDUAL_INVALID, ABORTED */
export async function gatherPictures(
  sources: readonly ImageInput[],
  { syntrace, limits }: Session,
  { size, cache, signal, what }: GatherOptions,
): Promise<Pile> {
  const kernels: Kernels = await syntrace.kernels();
  const refused: Refused[] = [];
  const seen: { path: string; width: number; height: number }[] = [];
  const progress = startProgress(`residuals of ${what}`, sources.length);
  const images = (async function* () {
    for await (const { image } of decoded(sources, { ...limits, signal, ahead: kernels.threads + 1 }, refused)) {
      seen.push({ path: image.source.uri, width: image.width, height: image.height });
      yield image;
      progress.step();
    }
  })();
  try {
    const { residuals, places } = await collectResiduals(images, kernels, { ...(size && { size }), store: cache ? residualCache(cache) : undefined });
    return { residuals, pictures: seen.map((entry, i) => ({ ...entry, place: places[i]! })), refused };
  } catch (error) {
    if (refused[0] && seen.length === 0) throw refused[0].error;
    throw error;
  } finally {
    progress.stop();
  }
}

/** Residuals that were made elsewhere: every `.mat` and `.npy` of a folder, by name. @throws RESIDUAL_INVALID, USAGE */
export async function gatherResiduals(folder: string): Promise<Pile> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new SyntraceError('USAGE', { detail: `${folder} cannot be listed` }, error);
  });
  const files = names.filter(name => /\.(mat|npy)$/i.test(name)).sort();
  if (files.length === 0) throw new SyntraceError('USAGE', { detail: `no .mat or .npy files in ${folder}` });
  const maps: Float32Array[] = [];
  const paths: string[] = [];
  let sides = { width: 0, height: 0 };
  for (const name of files) {
    const path = join(folder, name);
    const { height, width, maps: found } = await readResidual(await readFile(path), path);
    if (maps.length === 0) sides = { width, height };
    else if (width !== sides.width || height !== sides.height)
      throw new SyntraceError('RESIDUAL_INVALID', { uri: path, detail: `${width}×${height}, the others are ${sides.width}×${sides.height}` });
    found.forEach((map, i) => {
      maps.push(map);
      paths.push(found.length > 1 ? `${path}#${i}` : path);
    });
  }
  const residuals = residualsOf(sides.height, sides.width, maps, paths);
  return { residuals, pictures: paths.map((path, place) => ({ path, ...sides, place })), refused: [] };
}

/** Several piles as one. @throws RESIDUAL_INVALID when sizes differ */
export function joined(piles: readonly Pile[]): Pile {
  const [first] = piles as readonly [Pile, ...Pile[]];
  const maps = piles.flatMap(pile => pile.residuals.maps);
  const odd = piles.find(({ residuals }) => residuals.width !== first.residuals.width || residuals.height !== first.residuals.height);
  if (odd) throw new SyntraceError('RESIDUAL_INVALID', { uri: odd.pictures[0]?.path ?? 'a folder', detail: 'it is of another size than the others' });
  let offset = 0;
  const pictures = piles.flatMap(pile => {
    const moved = pile.pictures.map(picture => (typeof picture.place === 'number' ? { ...picture, place: picture.place + offset } : picture));
    offset += pile.residuals.maps.length;
    return moved;
  });
  return { residuals: residualsOf(first.residuals.height, first.residuals.width, maps), pictures, refused: piles.flatMap(pile => pile.refused) };
}
