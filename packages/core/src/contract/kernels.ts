import type { DType, HostArrays, Tensor } from './tensor.js';

/** Number of the kernel contract. A change that a backend or a caller can notice makes a new number. */
export const KERNEL_CONTRACT = 1;

/** Why a backend can, or cannot, be used here. Reasons are data: `doctor` prints them. */
export type Availability =
  | { readonly ok: true; readonly detail: string }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly hint: string };

/** How to open a backend. */
export interface KernelOptions {
  /** Upper bound of threads for kernels; 1 means none beside the caller's. Default: the machine's cores. */
  readonly threads?: number;
}

/** A numeric backend that a plugin offers. */
export interface KernelBackend {
  readonly id: string;
  readonly contract: typeof KERNEL_CONTRACT;
  /** `auto` takes the available backend of the highest priority; below 0: only when named. */
  readonly priority: number;
  /** Cheap question whether `open` can work here. Never throws. */
  probe(): Promise<Availability>;
  /** Opens and self-tests the backend. @throws BACKEND_UNAVAILABLE, BACKEND_SELF_TEST */
  open(options: KernelOptions): Promise<Kernels>;
}

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

/** Running statistics per coefficient; merges are exact in float64 (Chan). Values are opaque to callers but for `count`. */
export interface Moments {
  readonly count: number;
  /** float64, flat, the samples' shape. */
  readonly mean: Float64Array;
  /** Sum of squared deviations, float64; population variance is `m2 / count`. */
  readonly m2: Float64Array;
}

/** Colour maps for heat maps. `coolwarm` diverges around the middle of the range. */
export type ColourMap = 'viridis' | 'inferno' | 'coolwarm';

/** Batched numeric operations. Every method resolves to new tensors, leaves its arguments as they are, and rejects with
 *  KERNEL_SHAPE (wrong sizes), KERNEL_DTYPE, KERNEL_FOREIGN_TENSOR (another backend's or a freed tensor) or KERNEL_TRAP (the backend
 *  failed and was reopened; tensors of before are gone). */
export interface Kernels {
  readonly backend: string;
  readonly threads: number;

  /** Copies host data in. `data.length` must be the product of `shape`. */
  tensor<D extends DType>(dtype: D, data: HostArrays[D], shape: readonly number[]): Tensor<D>;
  /** Copies a tensor out. */
  read<D extends DType>(tensor: Tensor<D>): Promise<HostArrays[D]>;
  /** Gives memory back; freeing twice is harmless. */
  free(...tensors: Tensor[]): void;
  close(): Promise<void>;

  /** u8 [b,h,w,1|3] interleaved → f32 [b,p,h,w]; p = 1 for luma spaces, else 3. Grey input counts as R = G = B. */
  colour(images: Tensor<'u8'>, space: ColourSpace): Promise<Tensor<'f32'>>;
  /** u8 [b,h,w,c] or f32 [b,p,h,w]: the same windows out of each image → [b·windows, …]; all windows have one size. */
  crop<D extends 'u8' | 'f32'>(x: Tensor<D>, windows: readonly Window[]): Promise<Tensor<D>>;
  /** u8 [b,h,w,c]: mirrors the borders (edge sample not repeated) until both sides reach the least size; the picture stays at the top left. */
  padReflect(images: Tensor<'u8'>, least: { width: number; height: number }): Promise<Tensor<'u8'>>;

  /** 2-D DCT-II, orthonormal, of each plane. f32|f64 [...,h,w] → same shape; [0,0] = mean·√(hw). Any size; O(n log n), fast for even sides and 2^a·3^b·5^c. */
  dct2<D extends 'f32' | 'f64'>(x: Tensor<D>): Promise<Tensor<D>>;
  /** 2-D FFT of real planes, unnormalised, half spectrum. f32 [...,h,w] → f32 [...,h,⌊w/2⌋+1,2] (re, im). */
  rfft2(x: Tensor<'f32'>): Promise<Tensor<'f32'>>;
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
  /** NPR: x − the upper-left sample of its 2×2 cell on (x/255 − mean)/std, times 2/3 when `scale` (NPR, section 2). u8 [b,h,w,3] → f32 [b,3,h',w']; an odd last row or column is dropped. */
  nprResidual(images: Tensor<'u8'>, options: { readonly scale: boolean }): Promise<Tensor<'f32'>>;
  /** Variance of the 3×3 Laplacian (0 1 0 / 1 −4 1 / 0 1 0), inner samples only: the sharpness baseline. f32 [...,h,w] → f32 [...]. */
  laplacianVariance(x: Tensor<'f32'>): Promise<Tensor<'f32'>>;

  /** Adds samples [n,…] to running statistics (`null` starts them). float64 accumulation. */
  moments(state: Moments | null, samples: Tensor<'f32' | 'f64'>): Promise<Moments>;
  /** (x − mean)/deviation per coefficient; x [b,f], mean and deviation [f]. @throws KERNEL_VALUE if a deviation is not above 0 */
  standardize(x: Tensor<'f32'>, mean: Tensor<'f32'>, deviation: Tensor<'f32'>): Promise<Tensor<'f32'>>;
  /** Wx + b: x [b,f], weights [k,f], bias [k] → [b,k]; sums in float64. */
  linear(x: Tensor<'f32'>, weights: Tensor<'f32'>, bias: Tensor<'f32'>): Promise<Tensor<'f32'>>;
  /** Rows joined along the last axis: [b,f1], [b,f2], … → [b,f1+f2+…]. Inputs may have more dimensions; all but the first are flattened. */
  concat(parts: readonly Tensor<'f32'>[]): Promise<Tensor<'f32'>>;
  /** A plane [h,w] as RGBA through a colour map; values are clamped to `low`…`high`. → u8 [h,w,4]. */
  heatMap(plane: Tensor<'f32'>, options: { readonly map: ColourMap; readonly low: number; readonly high: number }): Promise<Tensor<'u8'>>;
  /** A smaller copy for display (area average): the longer side becomes at most `side`. u8 [h,w,1|3] → u8 [h',w',c]. Never used before a detector. */
  thumbnail(image: Tensor<'u8'>, side: number): Promise<Tensor<'u8'>>;
}
