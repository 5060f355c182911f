import type { Tensor } from '../tensor.js';

/** A Gaussian in samples; either number may be left out. */
export interface GaussianOptions {
  /** Taps, odd, at most 255. Default: round(6·sigma + 1) made odd. */
  readonly taps?: number;
  /** Standard deviation in samples. Default: 0.3·((taps − 1)/2 − 1) + 0.8, for few taps too (where OpenCV has weights of its own). */
  readonly sigma?: number;
  /** `exact` rounds the real sum; `opencv` gives the bytes of OpenCV's fixed-point blur. */
  readonly arithmetic: 'exact' | 'opencv';
}

/** How samples between samples are made.
 *  - `cubic`: four samples a side with a = −0.75, edge repeated, no antialiasing, rounded (OpenCV's `INTER_CUBIC` within a level)
 *  - `linear-antialiased`: blurred where it shrinks, then linear, borders mirrored, truncated (scikit-image's `resize` within a level)
 *  - `linear-pillow`: a triangle as wide as an output sample, in fixed point, rounded after either axis (Pillow's `BILINEAR` up to version 10, to the byte) */
export type Resampling = 'cubic' | 'linear-antialiased' | 'linear-pillow';

/** Filters and noise of perturbations. Pictures are u8 [b,h,w,c]. The rules of all kernels hold (see `Kernels`). */
export interface FilterKernels {
  /** Separable Gaussian blur, borders mirrored without repeating the edge. O(hw·taps). @throws KERNEL_VALUE for an even number of taps */
  gaussianBlur(images: Tensor<'u8'>, options: GaussianOptions): Promise<Tensor<'u8'>>;
  /** Median over side × side samples of each channel, the edge repeated: OpenCV's `medianBlur`. @throws KERNEL_VALUE unless side is odd and 3…15 */
  medianFilter(images: Tensor<'u8'>, side: number): Promise<Tensor<'u8'>>;
  /** Bilateral filter of 1 or 3 channels over a disc of `radius` (1…32) samples, borders mirrored: OpenCV's `bilateralFilter` within a
   *  level. Sigmas in levels (summed over the channels) and in samples. O(hw·radius²). */
  bilateralFilter(images: Tensor<'u8'>, options: { readonly radius: number; readonly colourSigma: number; readonly spaceSigma: number }): Promise<Tensor<'u8'>>;
  /** Standard normal numbers, f32. Number i depends on seed and stream (whole, below 2³²) and on i alone, whatever the threads, the
   *  backend and the shape (Philox4x32-10). */
  normalNoise(shape: readonly number[], options: { readonly seed: number; readonly stream: number }): Promise<Tensor<'f32'>>;
  /** Samples plus `deviation` times noise of as many samples, clipped to 0…255 and truncated. */
  addNoise(images: Tensor<'u8'>, noise: Tensor<'f32'>, deviation: number): Promise<Tensor<'u8'>>;
  /** Another size: u8 [b,h,w,c] → [b,height,width,c]; never used before a detector, unless its published code does. */
  resize(images: Tensor<'u8'>, options: { readonly width: number; readonly height: number; readonly resampling: Resampling }): Promise<Tensor<'u8'>>;
}
