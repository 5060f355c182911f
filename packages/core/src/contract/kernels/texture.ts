import type { Tensor } from '../tensor.js';

/** Coefficients of Cb and Cr: `three-digit` as Matlab has them (−37.797, −74.203, 112 …), `exact` as Octave (from 0.299, 0.587, 0.114). */
export type YcbcrCoefficients = 'three-digit' | 'exact';

/** Texture and colour statistics. The rules of all kernels hold (see `Kernels`). */
export interface TextureKernels {
  /** Values clipped to 0…1, times 255, as bytes: truncated as the fingerprint classifier does (NoiseScope, 7.1) or rounded as a picture is
   *  written (9). f32|f64 any shape → u8; NaN becomes 0. */
  quantise(x: Tensor<'f32' | 'f64'>, rounding: 'truncate' | 'round'): Promise<Tensor<'u8'>>;
  /** Haralick's 13 features of grey-level co-occurrences at distance 1, of the directions right, down right, down, down left, or their
   *  mean. u8 [...,h,w] → f64 [...,4,13] or [...,13]. Levels count from 0 to the plane's largest, entropies in bits, nothing is
   *  standardised; as mahotas `haralick` within 1e-12 relative (the last feature absolute 1e-7). O(hw + levels²).
   *  @throws KERNEL_SHAPE if a side is below 2 */
  haralick(planes: Tensor<'u8'>, directions: 'each' | 'mean'): Promise<Tensor<'f64'>>;
  /** Hue and saturation (0…255) and Cb and Cr (BT.601 studio range), rounded, as CSD sees them: u8 [b,h,w,3] → u8 [b,4,h,w]. O(hw). */
  colourPlanes(images: Tensor<'u8'>, coefficients: YcbcrCoefficients): Promise<Tensor<'u8'>>;
  /** The 588 colour statistics of CSD: third-order co-occurrences of RGB comparisons (288) and of residuals of H, S, Cb, Cr (75 each).
   *  u8 [b,h,w,3] → f64 [b,588]; a picture's sum to 40. O(hw). @throws KERNEL_SHAPE if a side is below 5 */
  csd(images: Tensor<'u8'>, coefficients: YcbcrCoefficients): Promise<Tensor<'f64'>>;
  /** A rich model (Fridrich and Kodovský 2012): square roots of the shares of fourth-order co-occurrences of high-pass residuals. u8 [b,h,w,1|3] → f32
   *  [b,7098], of each of Y, Cb, Cr and of two quantisation steps seven histograms of 169 cells: first, second and third difference, each along and
   *  across its line, and `SQUARE 3×3`. `full`: steps of 1 and 2.5 levels in Y; `half`: 2 and 5, on means of 2×2 samples; 0.5 and 1.25 in Cb and Cr.
   *  Residuals are truncated to −2…2; a quad, its reverse and their negatives are one cell. Whole numbers up to the root. O(hw).
   *  @throws KERNEL_SHAPE if a side is below 16 */
  richModel(images: Tensor<'u8'>, scale: 'full' | 'half'): Promise<Tensor<'f32'>>;
}
