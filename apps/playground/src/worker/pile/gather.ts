import { type Image, type Kernels, SyntraceError, withTensors } from '@syntrace/core';
import { type Collected, collectResiduals } from '@syntrace/detector-noisescope';
import type { Named, PileProgress } from '../../engine/protocol.js';
import { decodeNamed } from '../decode-named.js';
import type { Session } from '../session.js';

/** A pile that has been looked at: residuals, and what was left out. */
export interface Gathered extends Collected {
  /** Place in the input of each picture that was decoded. */
  readonly inputs: readonly number[];
  readonly left: readonly { readonly name: string; readonly reason: string }[];
}

export interface GatherOptions {
  readonly window: number | null;
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly thumbnails: number;
  readonly phase: string;
  readonly report: (progress: PileProgress) => void;
}

/** Takes the residuals of pictures one by one; only the residuals stay. @throws RESIDUAL_INVALID when none has one */
export async function gather(pictures: readonly Named[], { syntrace }: Session, options: GatherOptions): Promise<Gathered> {
  const { window, size, thumbnails, phase, report } = options;
  const kernels = await syntrace.kernels();
  const left: { name: string; reason: string }[] = [];
  const inputs: number[] = [];
  const images = (async function* () {
    for (const [i, picture] of pictures.entries()) {
      try {
        const image = await decodeNamed(picture);
        inputs.push(i);
        yield window === null ? image : await middleOf(image, window, kernels);
      } catch (error) {
        left.push({ name: picture.name, reason: SyntraceError.from(error, 'IMAGE_CORRUPT', { uri: picture.name }).message });
      }
      report({ phase, done: i + 1, total: pictures.length });
    }
  })();
  const wanted = size ?? (window === null ? null : { width: window, height: window });
  const collected = await collectResiduals(images, kernels, { ...(wanted && { size: wanted }), thumbnails });
  for (const [i, place] of collected.places.entries()) if (typeof place !== 'number') left.push({ name: pictures[inputs[i]!]!.name, reason: place.message });
  return { ...collected, inputs, left };
}

/** Smaller pictures stay as they are, and are left out for their size. */
const middleOf = (image: Image, side: number, kernels: Kernels): Promise<Image> =>
  withTensors(kernels, async keep => {
    if (image.width < side || image.height < side) return image;
    const at = { x: (image.width - side) >> 1, y: (image.height - side) >> 1, width: side, height: side };
    const whole = keep(kernels.tensor('u8', image.data, [1, image.height, image.width, image.channels]));
    return { ...image, width: side, height: side, data: await kernels.read(keep(await kernels.crop(whole, [at]))) };
  });
