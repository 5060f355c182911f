import { type Image, type Kernels, SyntraceError, type Window } from '@syntrace/core';
import type { Picture } from '@syntrace/image-io';
import { type RewriteOptions, type RewriteResult, rewriteFolder } from '../run/rewrite-folder.js';
import { imageTensor, pictureOf } from '../run/tensors.js';
import { middleWindow } from './middle.js';

/** Side of the published crops. */
const SIDE = 128;
/** The CelebA crop's lower and right ends. */
const CELEBA = { bottom: 185, right: 153 };

/** Which part of a picture is kept.
 *  - `celeba`: 128×128, rows 57…184 and columns 25…152 of the usual 178×218; further up and left where the picture ends sooner
 *  - `lsun`: the middle square, resized to 128×128 (antialiased, linear). `compat`: the strip of the published script, |width − height| wide
 *  - `centre`: the middle `width`×`height`; `window`: from `x`, `y`
 *  Frank et al. 2020, section 7 of its code's specification. */
export type Crop =
  | { readonly kind: 'celeba' }
  | { readonly kind: 'lsun'; readonly compat?: boolean }
  | { readonly kind: 'centre'; readonly width: number; readonly height: number }
  | ({ readonly kind: 'window' } & Window);

type Size = Pick<Image, 'width' | 'height'>;

/** Where a crop lies in a picture; `null` when it does not fit. */
export function cropWindow(crop: Crop, { width, height }: Size): Window | null {
  const inside = (window: Window) =>
    window.width > 0 && window.height > 0 && window.x >= 0 && window.y >= 0 && window.x + window.width <= width && window.y + window.height <= height;
  const window = windowOf(crop, width, height);
  return inside(window) ? window : null;
}

function windowOf(crop: Crop, width: number, height: number): Window {
  if (crop.kind === 'celeba') return { x: Math.min(CELEBA.right, width) - SIDE, y: Math.min(CELEBA.bottom, height) - SIDE, width: SIDE, height: SIDE };
  if (crop.kind === 'window') return { x: crop.x, y: crop.y, width: crop.width, height: crop.height };
  if (crop.kind === 'centre') return middleWindow(crop, { width, height });
  const side = Math.min(width, height);
  if (!crop.compat || width === height) return middleWindow({ width: side, height: side }, { width, height });
  const strip = 2 * Math.floor(Math.abs(width - height) / 2);
  return middleWindow(width > height ? { width: strip, height } : { width, height: strip }, { width, height });
}

/** The cropped picture. The published crops leave a picture alone that is 128×128 already. @throws IMAGE_TOO_SMALL */
export async function cropPicture(image: Image, crop: Crop, kernels: Kernels): Promise<Picture> {
  const published = crop.kind === 'celeba' || crop.kind === 'lsun';
  if (published && image.width === SIDE && image.height === SIDE) return image;
  const window = cropWindow(crop, image);
  if (!window) {
    const { width, height } = image;
    throw new SyntraceError('IMAGE_TOO_SMALL', { uri: image.source.uri, width, height, who: `the ${crop.kind} crop`, least: leastOf(crop) });
  }
  const whole = imageTensor(kernels, image);
  const part = await kernels.crop(whole, [window]).finally(() => kernels.free(whole));
  if (crop.kind !== 'lsun') return pictureOf(kernels, part);
  const resized = await kernels.resize(part, { width: SIDE, height: SIDE, resampling: 'linear-antialiased' }).finally(() => kernels.free(part));
  return pictureOf(kernels, resized);
}

function leastOf(crop: Crop): string {
  if (crop.kind === 'celeba') return `${SIDE}×${SIDE}`;
  if (crop.kind === 'centre') return `${crop.width}×${crop.height}`;
  if (crop.kind === 'window') return `${crop.x + crop.width}×${crop.y + crop.height}`;
  return 'two samples more in one side than in the other';
}

/** Crops every picture of a folder into PNG files, without loss. */
export const cropFolder = (input: string, out: string, crop: Crop, kernels: Kernels, options: RewriteOptions = {}): Promise<RewriteResult> =>
  rewriteFolder(
    input,
    out,
    { settings: { tool: 'crop', crop }, plan: () => crop, columns: [], logged: () => ({}), apply: (image, plan) => cropPicture(image, plan, kernels) },
    options,
  );
