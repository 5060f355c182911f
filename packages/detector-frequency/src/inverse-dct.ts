import type { KeepTensor, Kernels, Tensor } from '@syntrace/core';

/** Inverse of the orthonormal 2-D DCT-II of a plane, by two matrix products: f32 [h, w] → [h, w]. O(hw(h + w)); the kernels are asked for no inverse of their own
 *  because only explanations need one. */
export async function inverseDct2(coefficients: Tensor<'f32'>, kernels: Kernels, keep: KeepTensor): Promise<Tensor<'f32'>> {
  const rows = await productWith(coefficients, await inverseBasis(coefficients.shape[1]!, kernels, keep), kernels, keep);
  const columns = await transposed(rows, kernels, keep);
  return transposed(await productWith(columns, await inverseBasis(columns.shape[1]!, kernels, keep), kernels, keep), kernels, keep);
}

/** x·basisᵀ: [h, w] and [n, w] → [h, n]. */
export async function productWith(x: Tensor<'f32'>, basis: Tensor<'f32'>, kernels: Kernels, keep: KeepTensor): Promise<Tensor<'f32'>> {
  const zero = keep(kernels.tensor('f32', new Float32Array(basis.shape[0]!), [basis.shape[0]!]));
  return keep(await kernels.linear(x, basis, zero));
}

/** Row n holds what each coefficient gives to sample n: the DCT of the rows of the identity. */
async function inverseBasis(side: number, kernels: Kernels, keep: KeepTensor): Promise<Tensor<'f32'>> {
  const identity = Float32Array.from({ length: side * side }, (_, i) => Number(i % (side + 1) === 0));
  const basis = keep(await kernels.dct2(keep(kernels.tensor('f32', identity, [side, 1, side]))));
  return keep(kernels.tensor('f32', await kernels.read(basis), [side, side]));
}

export async function transposed(x: Tensor<'f32'>, kernels: Kernels, keep: KeepTensor): Promise<Tensor<'f32'>> {
  const [height, width] = x.shape as [number, number];
  const planes = keep(kernels.tensor('f32', await kernels.read(x), [1, height, 1, width]));
  return keep(kernels.tensor('f32', await kernels.read(keep(await kernels.interleave(planes))), [width, height]));
}
