import type { Tensor } from '../tensor.js';

/** Luma weights by the name of the source that uses them (values: `crates/kernels/src/colour.rs`).
 *  - `pillow-l`: (19595 R + 38470 G + 7471 B + 32768) >> 16, whole levels; frequency statistics
 *  - `bt601`: 0.299, 0.587, 0.114
 *  - `tensorflow`: 0.2989, 0.587, 0.114
 *  - `ntsc-inverse`: 0.29893602…, 0.58704307…, 0.11402090…; PRNU and NoiseScope */
export type LumaWeights = 'pillow-l' | 'bt601' | 'tensorflow' | 'ntsc-inverse';

/** What the planes of an RGB image become.
 *  - `rgb`: three planes, 0…255
 *  - `rgb-unit`: x/127.5 − 1, three planes, −1…1
 *  - `ycbcr`: JFIF full range, three planes, Cb and Cr centred on 128
 *  - `ycbcr-studio-truncated`: BT.601 studio range truncated to whole levels (MaskSim step 3)
 *  - a luma name: one plane, 0…255 */
export type ColourSpace = 'rgb' | 'rgb-unit' | 'ycbcr' | 'ycbcr-studio-truncated' | LumaWeights;

/** A window of an image or plane, in samples, corner inclusive. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Colour maps for heat maps. `coolwarm` diverges around the middle of the range. */
export type ColourMap = 'viridis' | 'inferno' | 'coolwarm' | 'grey';

/** Pictures and planes of samples. The rules of all kernels hold (see `Kernels`). */
export interface PixelKernels {
  /** u8 [b,h,w,1|3] interleaved → f32 [b,p,h,w]; p = 1 for luma spaces, else 3. Grey input counts as R = G = B. */
  colour(images: Tensor<'u8'>, space: ColourSpace): Promise<Tensor<'f32'>>;
  /** Planes as pixels: f32|f64 [b,p,h,w] → [b,h,w,p], the order of image files and of other libraries' arrays. */
  interleave<D extends 'f32' | 'f64'>(planes: Tensor<D>): Promise<Tensor<D>>;
  /** u8 [b,h,w,c] or f32 [b,p,h,w]: the same windows out of each image → [b·windows, …]; all windows have one size. */
  crop<D extends 'u8' | 'f32'>(x: Tensor<D>, windows: readonly Window[]): Promise<Tensor<D>>;
  /** u8 [b,h,w,c]: mirrors the borders (edge sample not repeated) until both sides reach the least size; the picture stays at the top left. */
  padReflect(images: Tensor<'u8'>, least: { width: number; height: number }): Promise<Tensor<'u8'>>;
  /** NPR: x − the upper-left sample of its 2×2 cell on (x/255 − mean)/std, times 2/3 when `scale` (NPR, section 2). u8 [b,h,w,3] → f32 [b,3,h',w']; an odd last row or column is dropped. */
  nprResidual(images: Tensor<'u8'>, options: { readonly scale: boolean }): Promise<Tensor<'f32'>>;
  /** Variance of the 3×3 Laplacian (0 1 0 / 1 −4 1 / 0 1 0), inner samples only: the sharpness baseline. f32 [...,h,w] → f32 [...]. */
  laplacianVariance(x: Tensor<'f32'>): Promise<Tensor<'f32'>>;
  /** A plane [h,w] as RGBA through a colour map; values are clamped to `low`…`high`. → u8 [h,w,4]. */
  heatMap(plane: Tensor<'f32'>, options: { readonly map: ColourMap; readonly low: number; readonly high: number }): Promise<Tensor<'u8'>>;
  /** A smaller copy for display (area average): the longer side becomes at most `side`. u8 [h,w,1|3] → u8 [h',w',c]. Never used before a detector. */
  thumbnail(image: Tensor<'u8'>, side: number): Promise<Tensor<'u8'>>;
}
