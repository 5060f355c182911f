import type { Image, Kernels, Tensor } from '@syntrace/core';
import type { Picture } from '@syntrace/image-io';

/** A picture as u8 [1,h,w,c]. */
export const imageTensor = (kernels: Kernels, { width, height, data }: Picture | Image): Tensor<'u8'> =>
  kernels.tensor('u8', data, [1, height, width, data.length / (width * height)]);

/** A tensor u8 [1,h,w,c] as a picture; the tensor is freed. */
export async function pictureOf(kernels: Kernels, tensor: Tensor<'u8'>): Promise<Picture> {
  const [, height, width] = tensor.shape as [number, number, number, number];
  const data = await kernels.read(tensor).finally(() => kernels.free(tensor));
  return { width, height, data };
}
