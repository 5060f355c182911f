/** How far a result may be from the float64 reference: `absolute + ofLargest · (largest wanted value) + relative · (wanted value)`.
 *  float32 carries 6e-8; transforms add about √log2(n) of that, logarithms of small coefficients multiply it. */
export interface Tolerance {
  readonly absolute?: number;
  readonly relative?: number;
  readonly ofLargest?: number;
  readonly why: string;
}

export const tolerances = {
  exact: { why: 'copies and whole numbers' },
  colour: { absolute: 5e-5, why: 'three products and sums at 255' },
  dct2: { ofLargest: 1e-6, why: 'float32 transform; 3e-7·√log2(hw)' },
  dct2f64: { ofLargest: 1e-14, why: 'float64 transform' },
  rfft2: { ofLargest: 1e-6, why: 'as dct2' },
  irfft2: { ofLargest: 2e-6, why: 'two transforms' },
  logAbs: { absolute: 1e-6, relative: 2e-7, why: 'polynomial logarithm in float32' },
  logAbsf64: { absolute: 1e-13, relative: 1e-14, why: 'logarithm of the standard library' },
  logSpectrum: { absolute: 2e-6, relative: 3e-7, why: 'square root and logarithm' },
  tileLogDct: { absolute: 2e-3, why: 'logarithms of coefficients near 0.1 at 255: round-off of 3e-5 times 10, averaged' },
  radialMean: { relative: 1e-6, why: 'sums in float64' },
  nprResidual: { absolute: 3.5e-7, why: 'one product; the official float32 path is this far off' },
  laplacianVariance: { relative: 1e-5, why: 'differences in float32, sums in float64' },
  moments: { relative: 1e-10, why: 'float64' },
  standardize: { relative: 3e-7, absolute: 1e-6, why: 'one difference and one division' },
  linear: { relative: 1e-6, absolute: 1e-5, why: 'sums in float64, rounded once' },
  haralick: { relative: 1e-11, absolute: 1e-12, why: 'whole counts, float64 sums' },
  haralickLast: { relative: 1e-9, absolute: 1e-7, why: 'a square root near 0 where rows and columns are nearly independent' },
  csd: { absolute: 1e-12, why: 'whole counts, float64 sums' },
  level: { absolute: 1, why: 'float32 sums of the other side round otherwise where a sum stands near a half or a whole level' },
  resizeCubic: { absolute: 1, why: 'the other side has weights of 11 bits' },
  normalNoise: { absolute: 2e-6, why: 'rational approximation of the quantile in float32' },
  centredLogSpectrum: { absolute: 2e-5, relative: 1e-6, why: 'float32 transform; frequencies of a thousandth of the size of others carry their round-off' },
  centredLogSpectrumGradient: { ofLargest: 2e-5, why: 'division by small frequencies between two float32 transforms' },
  mask: { absolute: 3e-7, why: 'exponential in float32' },
  cosine: { absolute: 1e-6, why: 'products in float32, sums in float64' },
  logit: { absolute: 3e-6, why: 'the cosine times the slope' },
  maskGradients: { ofLargest: 2e-5, why: 'planes in float32' },
  adam: { relative: 1e-12, absolute: 1e-14, why: 'float64' },
  distances: { relative: 1e-11, why: 'products of rows in float64, differences where those cancel' },
  matrices: { absolute: 1e-10, relative: 1e-11, why: 'float64; vectors of values that are well apart' },
  watermarkVotes: { absolute: 1e-6, why: 'counts of whole votes, divided once' },
  gridFit: { absolute: 5e-3, why: 'float32 transform; a coefficient at the middle of a step may fall to either side' },
  fft2: { ofLargest: 1e-6, why: 'as dct2' },
  fft2f64: { ofLargest: 1e-14, why: 'float64 transform' },
  dwt2: { ofLargest: 5e-7, why: 'sums of 64 products in float32' },
  wavelet: { ofLargest: 1e-6, why: 'forth and back' },
  localWiener: { absolute: 1e-12, why: 'float64' },
  noiseResidual: { absolute: 2e-4, why: 'float32 throughout; up to 6.5e-5 observed (NoiseScope 2.7)' },
  zeroMean: { absolute: 1e-12, why: 'float64' },
  fourierWiener: { absolute: 1e-10, why: 'float64' },
  prnuProducts: { absolute: 1e-3, why: 'residuals in float32, sums in float64' },
  prnuWeights: { absolute: 1e-12, why: 'float64' },
  prnuEstimate: { absolute: 1e-3, why: 'as prnuProducts' },
  normalisedCorrelation: { absolute: 1e-6, why: 'sums in float64, rounded once' },
  crossCorrelation: { ofLargest: 2e-6, why: 'three float32 transforms' },
  pce: { relative: 2e-5, absolute: 4e-5, why: 'NumPy in float32 reaches 2e-6 (golden manifest)' },
} as const satisfies Record<string, Tolerance>;
