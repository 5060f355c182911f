import type { Tensor } from '../tensor.js';

/** Traces of watermarks and of earlier encodes. The rules of all kernels hold (see `Kernels`). */
export interface ForensicKernels {
  /** Share of blocks that vote 1 for each bit of a repeated message, as invisible-watermark's DWT-DCT decoder takes them, for messages of several lengths in bits:
   *  u8 [b,h,w,3] → f32 [b,Σ lengths], 0…1.
   *  Refuses pictures with fewer blocks of 8×8 than bits (KERNEL_VALUE). */
  watermarkVotes(images: Tensor<'u8'>, lengths: readonly number[]): Promise<Tensor<'f32'>>;
  /** How near the DCT coefficients of each of the 64 places of an 8×8 grid (place 8·y + x) lie to the multiples of each table's steps:
   *  f32 [h,w] on 0…255, tables f32 [k,64] in row order (0 leaves a frequency out) → f32 [64,k,2]: the mean of 12·d² (1: not quantised so; 0: it was), and coefficients a block that count. */
  gridFit(plane: Tensor<'f32'>, tables: Tensor<'f32'>): Promise<Tensor<'f32'>>;
  /** The same mean for each block of one grid: f32 [h,w], f32 [64] → f32 [rows,columns]. */
  gridFitMap(plane: Tensor<'f32'>, table: Tensor<'f32'>, place: { readonly x: number; readonly y: number }): Promise<Tensor<'f32'>>;
}
