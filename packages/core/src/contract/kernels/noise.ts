import type { Tensor } from '../tensor.js';

/** What lies beyond the edges of a wavelet transform.
 *  - `periodic`: the other end; residuals are of the picture padded by its mirror image (NoiseScope 2.2, 2.3)
 *  - `symmetric`: the mirror image, edge sample repeated, and no padding (PRNU; frequency, section 12) */
export type WaveletBorder = 'periodic' | 'symmetric';

/** One level of a wavelet transform of planes; each band [...,h',w']. */
export interface WaveletBands<D extends 'f32' | 'f64'> {
  readonly low: Tensor<D>;
  /** High along x, low along y. */
  readonly alongX: Tensor<D>;
  readonly alongY: Tensor<D>;
  readonly alongBoth: Tensor<D>;
}

/** How noise is told from picture. */
export interface ResidualOptions {
  readonly border: WaveletBorder;
  /** Wavelet levels, 1…8; NoiseScope takes 4. */
  readonly levels: number;
  /** Standard deviation of the noise in levels of 255; NoiseScope takes 2. */
  readonly sigma: number;
  /** Mixes the residuals of three channels by the `ntsc-inverse` weights; otherwise every channel stays. */
  readonly grey: boolean;
}

/** Sums over the pictures of a class, float64 [c,h,w]; those of two sets add up. */
export interface PrnuSums {
  /** Σ residual · picture/255. */
  readonly products: Tensor<'f64'>;
  /** Σ (intensity scale · not saturated)². */
  readonly weights: Tensor<'f64'>;
}

/** Noise residuals and what is made of many of them. The rules of all kernels hold (see `Kernels`). */
export interface NoiseKernels {
  /** One level of the 8-tap Daubechies wavelet (4 vanishing moments: `db4`). f32|f64 [...,h,w] → bands of h/2 × w/2 (`periodic`, even sides) or
   *  ⌊(h+7)/2⌋ × ⌊(w+7)/2⌋ (`symmetric`). Deeper levels: the low band again. O(hw). @throws KERNEL_SHAPE for odd sides with `periodic` */
  dwt2<D extends 'f32' | 'f64'>(x: Tensor<D>, border: WaveletBorder): Promise<WaveletBands<D>>;
  /** The inverse of {@link dwt2}, cut to the size asked for. */
  idwt2<D extends 'f32' | 'f64'>(
    bands: WaveletBands<D>,
    options: { readonly border: WaveletBorder; readonly height: number; readonly width: number },
  ): Promise<Tensor<D>>;
  /** x·v/(t + v): v the variance, t the least over w = 3, 5, 7, 9 of max(0, mean of x² over w×w − v), zeros outside (NoiseScope 2.4). f32|f64 [...,h,w] → same shape. @throws KERNEL_VALUE unless v is above 0 */
  localWiener<D extends 'f32' | 'f64'>(x: Tensor<D>, variance: number): Promise<Tensor<D>>;
  /** Mihçak noise residuals: wavelet levels, local Wiener noise of each detail band, low band 0, back (NoiseScope 2; frequency, section 12, steps 1 and 2).
   *  u8 or, with levels 0…255 (16-bit samples times 255/65535), f32 [b,h,w,1|3] → f32; f64 → f64; [b,h,w] with `grey`, else [b,c,h,w]. The unit is that of the picture.
   *  @throws KERNEL_SHAPE for sides that a mirror image cannot pad (below 6 at 4 levels), KERNEL_VALUE for levels or sigma out of range */
  noiseResidual<D extends 'u8' | 'f32' | 'f64'>(pictures: Tensor<D>, options: ResidualOptions): Promise<Tensor<D extends 'f64' ? 'f64' : 'f32'>>;
  /** Each sub-lattice (y mod 2, x mod 2) loses its mean, then its row and column means (NoiseScope 3.1; frequency, section 12, step 3). f32|f64 [...,h,w] → same shape. */
  zeroMean<D extends 'f32' | 'f64'>(x: Tensor<D>): Promise<Tensor<D>>;
  /** Wiener filter of each plane's spectrum with the plane's own variance: takes out periodic traces (NoiseScope 3.2; frequency, section 12, step 4). f32|f64 [...,h,w] → same shape. */
  fourierWiener<D extends 'f32' | 'f64'>(x: Tensor<D>): Promise<Tensor<D>>;
  /** Adds pictures u8 [b,h,w,1|3] to the sums of a class (`null` starts them). `published` saturation keeps a fault of the code: in pictures that reach
   *  250, channels that stay at or below 250 keep only samples that equal a neighbour; `corrected` keeps all of those. The residuals have symmetric borders. */
  prnuAdd(
    sums: PrnuSums | null,
    pictures: Tensor<'u8'>,
    options: { readonly levels: number; readonly sigma: number; readonly saturation: 'published' | 'corrected' },
  ): Promise<PrnuSums>;
  /** products/(weights + 1), mixed to grey: f32 [h,w]. The published fingerprint is the {@link fourierWiener} of the {@link zeroMean} of it. */
  prnuEstimate(sums: PrnuSums): Promise<Tensor<'f32'>>;
  /** <a,b>/(|a||b|) of rows [k,…] with rows [n,…], not centred; 0 for rows of zeros. → f32 [k,n]; sums in float64. */
  normalisedCorrelation(a: Tensor<'f32'>, b: Tensor<'f32'>): Promise<Tensor<'f32'>>;
  /** Means of the listed rows: x [n,…] → [groups,…]; sums in float64. Fingerprints are means of residuals. @throws KERNEL_VALUE for an empty group or a row that is not there */
  groupMeans<D extends 'f32' | 'f64'>(x: Tensor<D>, groups: readonly (readonly number[])[]): Promise<Tensor<D>>;
  /** As {@link groupMeans}, without the division: merged clusters out of packed spectra (`pceSpectra`). */
  groupSums<D extends 'f32' | 'f64'>(x: Tensor<D>, groups: readonly (readonly number[])[]): Promise<Tensor<D>>;
}
