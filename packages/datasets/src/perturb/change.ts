import { type Image, type Kernels, SyntraceError, type Tensor, withTensors } from '@syntrace/core';
import { decode, encodeJpeg, type Picture } from '@syntrace/image-io';
import { imageTensor, pictureOf } from '../run/tensors.js';

/** One change of a picture, with everything drawn. The one definition for `dataset perturb` and `eval --perturb`.
 *  - `jpeg`: encoded and decoded again; `swapped` exchanges red and blue for the encoder, as the published script does
 *  - `blur`: Gaussian of `taps` (odd) and `sigma` samples, either may be left out; borders mirrored without repeating the edge
 *  - `noise`: plus `deviation` levels times normal noise of a seed and stream, clipped, truncated
 *  - `crop`: ⌊side · fraction / 2⌋ removed on each side, bicubic back to the old size; `transposed` gives it width and height exchanged, as the published script does
 *  - `resize`: sides times `factor`, rounded; antialiased and linear */
export type Change =
  | { readonly kind: 'jpeg'; readonly quality: number; readonly subsampling: '4:2:0' | '4:4:4'; readonly swapped?: boolean }
  | { readonly kind: 'blur'; readonly taps?: number; readonly sigma?: number; readonly arithmetic: 'exact' | 'opencv' }
  | { readonly kind: 'noise'; readonly deviation: number; readonly seed: number; readonly stream: number }
  | { readonly kind: 'crop'; readonly fraction: number; readonly transposed?: boolean }
  | { readonly kind: 'resize'; readonly factor: number };

/** The changed picture. @throws IMAGE_TOO_SMALL when a transposed crop would remove nothing, which its script refuses */
export async function applyChange(image: Image, change: Change, kernels: Kernels): Promise<Picture> {
  if (change.kind === 'jpeg') return change.swapped ? swappedJpeg(image, change, kernels) : decode(await encodeJpeg(image, change));
  return withTensors(kernels, async keep => {
    const x = keep(imageTensor(kernels, image));
    return pictureOf(kernels, await changed(x, image, change, kernels));
  });
}

type Numeric = Exclude<Change, { kind: 'jpeg' }>;

async function changed(x: Tensor<'u8'>, image: Image, change: Numeric, kernels: Kernels): Promise<Tensor<'u8'>> {
  const { width, height } = image;
  switch (change.kind) {
    case 'blur':
      return kernels.gaussianBlur(x, change);
    case 'noise': {
      const noise = await kernels.normalNoise(x.shape, change);
      return kernels.addNoise(x, noise, change.deviation).finally(() => kernels.free(noise));
    }
    case 'resize': {
      const scaled = (side: number) => Math.max(1, Math.round(side * change.factor));
      return kernels.resize(x, { width: scaled(width), height: scaled(height), resampling: 'linear-antialiased' });
    }
    case 'crop': {
      const [left, top] = [width, height].map(side => Math.floor((side * change.fraction) / 2)) as [number, number];
      if (change.transposed && (left === 0 || top === 0)) {
        const least = `${Math.ceil(2 / change.fraction)} samples a side`;
        throw new SyntraceError('IMAGE_TOO_SMALL', { uri: image.source.uri, width, height, who: `the published crop of ${change.fraction}`, least });
      }
      const part = await kernels.crop(x, [{ x: left, y: top, width: width - 2 * left, height: height - 2 * top }]);
      const size = change.transposed ? { width: height, height: width } : { width, height };
      return kernels.resize(part, { ...size, resampling: 'cubic' }).finally(() => kernels.free(part));
    }
  }
}

type Jpeg = Extract<Change, { kind: 'jpeg' }>;

async function swappedJpeg(image: Image, change: Jpeg, kernels: Kernels): Promise<Picture> {
  const encoded = await encodeJpeg(await redAndBlueSwapped(image, kernels), change);
  return redAndBlueSwapped(await decode(encoded), kernels);
}

/** Grey pictures stay as they are. */
const redAndBlueSwapped = (picture: Picture, kernels: Kernels): Promise<Picture> =>
  withTensors(kernels, async keep => {
    const { width, height } = picture;
    const size = width * height;
    if (picture.data.length === size) return picture;
    const planes = await kernels.read(keep(await kernels.colour(keep(imageTensor(kernels, picture)), 'rgb')));
    const swapped = Float32Array.from(planes);
    swapped.set(planes.subarray(2 * size), 0);
    swapped.set(planes.subarray(0, size), 2 * size);
    const pixels = keep(await kernels.interleave(keep(kernels.tensor('f32', swapped, [1, 3, height, width]))));
    return { width, height, data: Uint8Array.from(await kernels.read(pixels)) };
  });
