/** Added before the logarithm, in preparation and statistics. */
export const LOG_EPS = 1e-12;

/** How values are computed and kept. */
export type Precision = 'f32' | 'f64';

/** What becomes of a picture. Arrays are row-major [row, column, channel]. */
export interface Features {
  /** `raw`: levels 0…255, or −1…1 when normalised. `dct`: coefficients of the orthonormal 2-D DCT-II of each channel, [0,0] first. */
  readonly of: 'raw' | 'dct';
  /** Natural logarithm of |coefficient| + 1e-12; DCT only. */
  readonly log: boolean;
  /** One channel, Pillow's L, in the place of R, G, B. */
  readonly grey: boolean;
  /** DCT: (value − mean)/deviation of each coefficient over the training pictures. Raw: x/127.5 − 1. */
  readonly normalize: boolean;
  readonly precision: Precision;
  /** The middle window of this side is taken; without it all pictures must have one size. */
  readonly size?: number;
}

/** How the arrays are kept.
 *  - `npy`: one array [n,h,w,c] a split, which NumPy maps into memory
 *  - `safetensors`: shards with `features` and `labels`
 *  - `tfrecord`: one file of Examples a split, float32
 *  - `published`: numbered `%06d.npy` files and `labels.npy` with text, in folders named as the published code names them */
export type PreparedFormat = 'npy' | 'safetensors' | 'tfrecord' | 'published';

export const SPLITS = ['train', 'val', 'test'] as const;

/** Pictures of each class in a split: a count, or a fraction below 1 of the class. */
export interface SplitSizes {
  readonly train: number;
  readonly val: number;
  readonly test: number;
}

/** Sizes of the published sets of several classes. */
export const PUBLISHED_SIZES: SplitSizes = { train: 100_000, val: 20_000, test: 30_000 };

/** Name of what features are, as the published code appends it to a dataset's: `_color_dct_log_scaled_normalized`. */
export function featureSuffix({ of, log, grey, normalize }: Features): string {
  return `${grey ? '' : '_color'}${of === 'raw' ? '_raw' : `_dct${log ? '_log_scaled' : ''}`}${normalize ? '_normalized' : ''}`;
}
