import { type Kernels, SyntraceError, type Warning } from '@syntrace/core';
import { collectResiduals, joinedResiduals, type Residuals, type Thumbnail } from '@syntrace/detector-noisescope';
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
  /** Small copies by the number of the residual, where there are any. */
  readonly thumbnails: readonly (Thumbnail | undefined)[];
  readonly pictures: readonly Gathered[];
  readonly refused: readonly Refused[];
}

export interface GatherOptions {
  readonly size?: { readonly width: number; readonly height: number } | undefined;
  readonly cache?: string | undefined;
  readonly signal: AbortSignal;
  readonly what: string;
  /** Bytes of residuals that stay in memory where a cache has them all. */
  readonly memory: number | undefined;
  /** Keep small copies of so many pictures. */
  readonly thumbnails?: number;
}

/** Takes the residuals of pictures, or finds them in the cache: an interrupted run goes on. @throws RESIDUAL_INVALID, ABORTED */
export async function gatherPictures(
  sources: readonly ImageInput[],
  { syntrace, limits }: Session,
  { size, cache, signal, what, memory, thumbnails = 0 }: GatherOptions,
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
    const store = cache ? residualCache(cache) : undefined;
    const { residuals, places, thumbnails: small } = await collectResiduals(images, kernels, { ...(size && { size }), store, memory, thumbnails });
    return { residuals, thumbnails: small, pictures: seen.map((entry, i) => ({ ...entry, place: places[i]! })), refused };
  } catch (error) {
    if (refused[0] && seen.length === 0) throw refused[0].error;
    throw error;
  } finally {
    progress.stop();
  }
}

/** Several piles as one. @throws RESIDUAL_INVALID when sizes differ */
export function joined(piles: readonly Pile[]): Pile {
  const [first] = piles as readonly [Pile, ...Pile[]];
  const odd = piles.find(({ residuals }) => residuals.width !== first.residuals.width || residuals.height !== first.residuals.height);
  if (odd) throw new SyntraceError('RESIDUAL_INVALID', { uri: odd.pictures[0]?.path ?? 'a folder', detail: 'it is of another size than the others' });
  let offset = 0;
  const pictures = piles.flatMap(pile => {
    const moved = pile.pictures.map(picture => (typeof picture.place === 'number' ? { ...picture, place: picture.place + offset } : picture));
    offset += pile.residuals.count;
    return moved;
  });
  return {
    residuals: piles.length === 1 ? first.residuals : joinedResiduals(piles.map(({ residuals }) => residuals) as [Residuals, ...Residuals[]]),
    thumbnails: piles.flatMap(({ residuals, thumbnails }) => Array.from({ length: residuals.count }, (_, i) => thumbnails[i])),
    pictures,
    refused: piles.flatMap(pile => pile.refused),
  };
}
