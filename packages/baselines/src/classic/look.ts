import { type Image, type Run, SyntraceError, type Window, windowsOption, withTensors } from '@syntrace/core';

/** What a method is shown of a picture.
 *  - `dct`: ln(|DCT-II| + eps) of the middle window, minus mean, over deviation of the training pictures
 *  - `pixels`: x/127.5 − 1 of the middle window
 *  - `samples`: the middle window's samples, 0…255, three channels
 *  - `csd`: 588 colour statistics of the whole picture */
export interface Look {
  readonly input: 'dct' | 'pixels' | 'samples' | 'csd';
  /** Side of the window; 0 for the whole picture. */
  readonly size: number;
  readonly colour: 'rgb' | 'grey';
}

/** Of the logarithm: the same in training and in use (frequency, section 14). */
export const EPS = 1e-12;
const CSD_VALUES = 588;
/** Below, no co-occurrence of three is left. */
const CSD_SIDE = 5;

/** Values of a picture under a look. */
export const valuesIn = ({ input, size, colour }: Look): number =>
  input === 'csd' ? CSD_VALUES : size * size * (colour === 'grey' && input !== 'samples' ? 1 : 3);

/** Least side of a picture under a look. */
export const leastSide = ({ input, size }: Pick<Look, 'input' | 'size'>): number => (input === 'csd' ? CSD_SIDE : size);

/** The window in the middle, at a multiple of 16, so that it keeps the phase of 8×8 and 16×16 lattices. */
export function middleOf({ width, height }: Pick<Image, 'width' | 'height'>, size: number): Window {
  const start = (side: number) => Math.floor((side - size) / 32) * 16;
  return { x: start(width), y: start(height), width: size, height: size };
}

/** What the method is shown of an image, not yet standardised. */
export async function shown(image: Image, look: Look, run: Run): Promise<Float32Array> {
  const { kernels } = run;
  if (look.input === 'csd')
    return withTensors(kernels, async keep => {
      const [planes] = await run.intermediate('planes', [image], { space: 'rgb' });
      return Float32Array.from(await kernels.read(keep(await kernels.csd(keep(await samplesOf(planes!, run)), 'three-digit'))));
    });
  const windows = windowsOption([middleOf(image, look.size)]);
  const space = look.colour === 'grey' && look.input !== 'samples' ? 'pillow-l' : 'rgb';
  const [values] =
    look.input === 'dct'
      ? await run.intermediate('dct2.log', [image], { space, windows, eps: EPS })
      : await run.intermediate('planes', [image], { space, windows });
  if (look.input !== 'samples') return kernels.read(values!);
  return withTensors(kernels, async keep => kernels.read(keep(await kernels.interleave(values!))));
}

/** Planes of whole levels as pixels. */
async function samplesOf(
  planes: Parameters<Run['kernels']['interleave']>[0],
  { kernels }: Run,
): Promise<ReturnType<Run['kernels']['tensor']> & { dtype: 'u8' }> {
  return withTensors(kernels, async keep => {
    const pixels = keep(await kernels.interleave(planes));
    return kernels.tensor('u8', Uint8Array.from(await kernels.read(pixels)), pixels.shape);
  });
}

/** @throws TRAINING_INVALID for a picture that is too small */
export function checkSize({ width, height, source }: Image, look: Look): void {
  const least = leastSide(look);
  if (Math.min(width, height) >= least) return;
  throw new SyntraceError('TRAINING_INVALID', { detail: `${source.uri} is ${width}×${height}, training pictures need ${least} samples a side` });
}
