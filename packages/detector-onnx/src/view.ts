import { type Image, type Run, type StoredTensor, type Tensor, type Window, windowsOption, withTensors } from '@syntrace/core';
import type { OnnxPreprocessing, OnnxView, Size } from './description.js';

type Picture = Pick<Image, 'width' | 'height'>;

/** Size of what the network is shown of a picture. */
export const shownSize = (view: OnnxView, { width, height }: Picture): Size =>
  view.kind === 'whole' ? { width, height } : { width: view.width, height: view.height };

/** Least picture that can be shown. */
export const leastSize = (view: OnnxView): Size =>
  view.kind === 'whole' ? view.minimum : view.kind === 'crop' ? { width: view.width, height: view.height } : { width: 1, height: 1 };

/** The planes that the network is shown of a picture, f32 [planes,h,w], 0…255. */
export async function planesOf(image: Image, { view, colour }: Pick<OnnxPreprocessing, 'view' | 'colour'>, run: Run): Promise<StoredTensor<'f32'>> {
  const { kernels } = run;
  const space = colour === 'bgr' ? 'rgb' : colour;
  if (view.kind === 'whole' || view.kind === 'crop') {
    const windows = view.kind === 'crop' ? { windows: windowsOption([middleOf(image, view)]) } : {};
    const [planes] = await run.intermediate('planes', [image], { space, ...windows });
    return inOrder(await kernels.read(planes!), planes!, colour);
  }
  return withTensors(kernels, async keep => {
    const full = keep(kernels.tensor('u8', image.data, [1, image.height, image.width, image.channels]));
    const size = view.kind === 'resize' ? view : shorterSideOf(image, view.shorterSide);
    const resized = keep(await kernels.resize(full, { width: size.width, height: size.height, resampling: view.resampling }));
    const shown = view.kind === 'resize' ? resized : keep(await kernels.crop(resized, [middleOf(size, view)]));
    const planes = keep(await kernels.colour(shown, space));
    return inOrder(await kernels.read(planes), planes, colour);
  });
}

/** The longer side is truncated, as torchvision does. */
function shorterSideOf({ width, height }: Picture, side: number): Size {
  const longer = Math.trunc((side * Math.max(width, height)) / Math.min(width, height));
  return width < height ? { width: side, height: longer } : { width: longer, height: side };
}

function middleOf(outer: Size, { width, height }: Size): Window {
  return { x: halfOf(outer.width - width), y: halfOf(outer.height - height), width, height };
}

/** Half of what is left over; of an odd number the even neighbour, as Python rounds. */
const halfOf = (room: number): number => (room % 2 === 0 ? room / 2 : 2 * Math.round(room / 4));

/** Planes in the order that the network takes. */
function inOrder(data: Float32Array, { shape }: Tensor, colour: OnnxPreprocessing['colour']): StoredTensor<'f32'> {
  const [, planes, height, width] = shape as readonly [number, number, number, number];
  const ordered = colour === 'bgr' ? new Float32Array(data.length) : data;
  const area = width * height;
  if (ordered !== data) for (let c = 0; c < planes; c++) ordered.set(data.subarray(c * area, (c + 1) * area), (planes - 1 - c) * area);
  return { dtype: 'f32', shape: [planes, height, width], data: ordered };
}
