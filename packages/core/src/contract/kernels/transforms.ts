import type { Tensor } from '../tensor.js';

/** Transforms of planes and what is made of spectra. The rules of all kernels hold (see `Kernels`). */
export interface TransformKernels {
  /** 2-D DCT-II, orthonormal, of each plane. f32|f64 [...,h,w] → same shape; [0,0] = mean·√(hw). Any size; O(n log n), fast for even sides and 2^a·3^b·5^c. */
  dct2<D extends 'f32' | 'f64'>(x: Tensor<D>): Promise<Tensor<D>>;
  /** 2-D FFT of real planes, unnormalised, half spectrum. f32 [...,h,w] → f32 [...,h,⌊w/2⌋+1,2] (re, im). */
  rfft2(x: Tensor<'f32'>): Promise<Tensor<'f32'>>;
  /** 2-D FFT of complex planes, unnormalised. f32|f64 [...,h,w,2] (re, im) → same shape. Any sides, primes too; O(n log n). */
  fft2<D extends 'f32' | 'f64'>(x: Tensor<D>): Promise<Tensor<D>>;
  /** Inverse of {@link fft2}, divided by h·w. */
  ifft2<D extends 'f32' | 'f64'>(x: Tensor<D>): Promise<Tensor<D>>;
  /** Inverse of {@link rfft2}, divided by h·w. `width` restores an odd last side. */
  irfft2(x: Tensor<'f32'>, width: number): Promise<Tensor<'f32'>>;
  /** Natural log of |x| + eps, elementwise. */
  logAbs<D extends 'f32' | 'f64'>(x: Tensor<D>, eps: number): Promise<Tensor<D>>;
  /** ln(|F| + eps) of a complex half spectrum [...,h,k,2] → [...,h,k]. */
  logSpectrum(x: Tensor<'f32'>, eps: number): Promise<Tensor<'f32'>>;
  /** Mean and population deviation over tiles of ln(|DCT-II| + eps). f32 [...,h,w] → two f32 [...,t,t]; tiles start at multiples of `stride` and lie wholly inside.
   *  O(tiles·t² log t), no tile is stored. @throws KERNEL_SHAPE if a plane is smaller than the tile */
  tileLogDct(
    x: Tensor<'f32'>,
    options: { readonly tile: number; readonly stride: number; readonly eps: number },
  ): Promise<{ mean: Tensor<'f32'>; deviation: Tensor<'f32'> }>;
  /** Azimuthal average of planes around [0,0] (DCT) or the shifted centre (`'centre'`). f32 [...,h,w] → f32 [...,bins]; a bin is one sample of radius wide, empty bins are 0. */
  radialMean(x: Tensor<'f32'>, options: { readonly origin: 'corner' | 'centre'; readonly bins: number }): Promise<Tensor<'f32'>>;
}
