import { join } from 'node:path';
import { SyntraceError, seededRandom } from '@syntrace/core';
import { type Prepared, subset } from '@syntrace/detector-noisescope';
import { expandInputs } from '../inputs.js';
import type { Session } from '../open-session.js';
import type { ClusterOptions } from './cluster.js';
import { gatherPictures, joined, type Pile } from './gather.js';
import { gatherResiduals } from './residual-folder.js';
import { memoryOf, sizeOf } from './residual-options.js';

/** The pile of the paths, or draws from the folders of known pictures or residuals. */
export async function takePile(
  paths: readonly string[],
  options: ClusterOptions,
  session: Session,
  prepared: Prepared | null,
  signal: AbortSignal,
): Promise<Pile> {
  const cache = options.cache === false ? undefined : (options.cache ?? (options.prepared ? join(options.prepared, 'residuals') : undefined));
  const size = options.imageSize === undefined ? (prepared?.reference ?? sizeOf(options)) : sizeOf(options);
  const random = seededRandom(options.seed, 'draw');
  const thumbnails = options.out || options.report ? THUMBNAILS : 0;
  const pictures = async (folders: readonly string[], what: string, most?: number) => {
    const { sources } = await expandInputs(folders);
    const drawn = most === undefined ? sources : random.fork(what).shuffle(sources).slice(0, most);
    return gatherPictures(drawn, session, { size, cache, signal, what, memory: memoryOf(options), thumbnails });
  };
  for (const kind of ['real', 'fake'] as const)
    if (options[kind] && options[`${kind}Residuals`])
      throw new SyntraceError('USAGE', { detail: `give --${kind} or --${kind}-residuals: both would put the same pictures into the pile twice` });
  const piles: Pile[] = [];
  if (paths.length > 0) piles.push(await pictures(paths, 'the pile'));
  if (options.real && options.numReal > 0) piles.push(await pictures([options.real], 'real pictures', options.numReal));
  if (options.fake && options.numFake > 0) piles.push(await pictures([options.fake], 'generated pictures', options.numFake));
  if (options.realResiduals) piles.push(drawn(await gatherResiduals(options.realResiduals), options.numReal, random.fork('real residuals')));
  if (options.fakeResiduals) piles.push(drawn(await gatherResiduals(options.fakeResiduals), options.numFake, random.fork('fake residuals')));
  if (piles.length === 0) throw new SyntraceError('USAGE', { detail: 'give pictures, or --real and --fake, or --real-residuals and --fake-residuals' });
  return joined(piles);
}

/** Pictures of each folder of which small copies are kept, some 12 kB each. */
const THUMBNAILS = 2000;

function drawn(pile: Pile, most: number, random: ReturnType<typeof seededRandom>): Pile {
  if (pile.pictures.length <= most) return pile;
  const chosen = random.shuffle([...pile.pictures.keys()]).slice(0, most);
  return { ...pile, residuals: subset(pile.residuals, chosen), pictures: chosen.map((i, place) => ({ ...pile.pictures[i]!, place })) };
}
