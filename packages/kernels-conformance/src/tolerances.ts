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
} as const satisfies Record<string, Tolerance>;
