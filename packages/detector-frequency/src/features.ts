import { type Image, type IntermediateOptions, type Kernels, type Run, type Tensor, type Window, windowsOption } from '@syntrace/core';

/** What a linear model of windows is fitted on. */
export interface FeatureSet {
  /** Id of the detector. */
  readonly detector: string;
  /** Words for the card, before the name of the model. */
  readonly method: string;
  /** How a window becomes features, for the card. */
  readonly preprocessing: Readonly<Record<string, unknown>>;
  readonly count: number;
  /** The card keeps the mean luma spectrum of real pictures. */
  readonly realSpectrum: boolean;
  /** Features of windows of one image, f32 [windows, count]. The caller frees the result. */
  of(image: Image, windows: readonly Window[], run: Run): Promise<Tensor<'f32'>>;
}

/** One family of coefficients: overlapping tiles of the colour planes. */
export interface TileSet {
  readonly tile: number;
  readonly stride: number;
}

/** The features of the linear model. Per window: for each tile set, mean then population deviation over its tiles of
 *  ln(|DCT-II| + eps), each indexed [channel][fy][fx]; channels Y, Cb, Cr (JFIF, 0…255). */
export const FEATURES = {
  space: 'ycbcr',
  eps: 0.3,
  tiles: [
    { tile: 8, stride: 4 },
    { tile: 16, stride: 8 },
  ],
  channels: ['Y', 'Cb', 'Cr'],
} as const satisfies { space: string; eps: number; tiles: readonly TileSet[]; channels: readonly string[] };

/** Features of one window: 2 statistics · 3 channels · (8² + 16²) = 1920. */
export const FEATURE_COUNT = FEATURES.tiles.reduce((sum, { tile }) => sum + 2 * FEATURES.channels.length * tile * tile, 0);

/** Features of windows of one image, f32 [windows, FEATURE_COUNT]. The caller frees the result. O(windows · pixels) */
export async function featuresOf(image: Image, windows: readonly Window[], run: Run): Promise<Tensor<'f32'>> {
  const parts: Tensor<'f32'>[] = [];
  for (const tiles of FEATURES.tiles) parts.push(...(await run.intermediate('dct2.tile-log', [image], optionsOf(windows, tiles))));
  return run.kernels.concat(parts);
}

/** The statistics of tiles, as the detector `frequency` has them. */
export const TILES: FeatureSet = {
  detector: 'frequency',
  method: 'log-scaled DCT statistics, after Frank et al., ICML 2020',
  preprocessing: { ...FEATURES, statistics: ['mean', 'population deviation'] },
  count: FEATURE_COUNT,
  realSpectrum: true,
  of: featuresOf,
};

const optionsOf = (windows: readonly Window[], { tile, stride }: TileSet): IntermediateOptions => ({
  space: FEATURES.space,
  eps: FEATURES.eps,
  tile,
  stride,
  windows: windowsOption(windows),
});

/** Mean and deviation (never below `floor`) of feature rows, for standardisation. */
export async function standardOf(
  kernels: Kernels,
  rows: Float32Array,
  floor: number,
  features: number,
): Promise<{ mean: Float32Array; deviation: Float32Array }> {
  const x = kernels.tensor('f32', rows, [rows.length / features, features]);
  const { count, mean, m2 } = await kernels.moments(null, x);
  kernels.free(x);
  return { mean: Float32Array.from(mean), deviation: Float32Array.from(m2, sum => Math.sqrt(sum / count) + floor) };
}
