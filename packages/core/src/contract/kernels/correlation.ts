import type { Tensor } from '../tensor.js';

/** What is known of a pair of planes. */
export interface PceReport {
  /** sign(c)·c²/energy at the peak; energy is the mean c² outside the 11×11 cyclic neighbourhood of the peak. */
  readonly pce: number;
  readonly peak: number;
  /** Lag of the peak: the second plane is the first moved down by `row` and right by `column`, cyclically. */
  readonly row: number;
  readonly column: number;
  /** Q(c/√energy): chance of one lag. */
  readonly pValue: number;
  /** Chance that one of the lags searched reaches this PCE, and its log10 (finite where the chance underflows). */
  readonly falseAlarm: number;
  readonly log10FalseAlarm: number;
  /** c(0)²/energy with the same energy and no sign, as the published toolbox has it, with its chances. */
  readonly pceZeroShift: number;
  readonly falseAlarmZeroShift: number;
  readonly log10FalseAlarmZeroShift: number;
}

/** Pairs above a threshold: parallel lists, by row, then column. */
export interface PcePairs {
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

/** Spectra of one set from row `from` on against all earlier ones (default 0: all pairs), or of two sets. */
export interface PairSelection {
  readonly height: number;
  readonly width: number;
  readonly from?: number;
}

/** Correlation of noise residuals and its peaks. The rules of all kernels hold (see `Kernels`).
 *
 *  Clustering without a transform per pair (NoiseScope 13): `pceSpectra` once; `pceAbove` for all pairs; merge by `groupSums` of the spectra, survivors
 *  first, unions last; `pceAbove` with `from` = number of survivors; and so on. PCE is free of scale, so that sums serve as means. */
export interface CorrelationKernels {
  /** c(k) = Σ a(n)·b(n + k), cyclic, means removed, zero lag first. f32|f64 [...,h,w] with one plane of `a` or as many as of `b` → shape of `b`. Any sides. */
  crossCorrelation<D extends 'f32' | 'f64'>(a: Tensor<D>, b: Tensor<D>): Promise<Tensor<D>>;
  /** PCE of each plane of `b` with that of `a` (one for all, or as many), searched over shifts of 0…`down` and 0…`right`; without a range the zero lag, whether
   *  or not it is the largest: then the PCE is signed (NoiseScope 4). f64 planes are computed in float64. @throws KERNEL_SHAPE for sides below 11, and for 11×11 */
  pce(a: Tensor<'f32' | 'f64'>, b: Tensor<'f32' | 'f64'>, options?: { readonly down?: number; readonly right?: number }): Promise<readonly PceReport[]>;
  /** Residuals [n,h,w] as packed spectra [n,length] for the methods below. Opaque but linear: sums of rows are spectra of sums of residuals. About hw + 2h values each. */
  pceSpectra(residuals: Tensor<'f32'>): Promise<Tensor<'f32'>>;
  /** Signed PCE at the zero lag of all pairs of packed spectra, exact (NoiseScope 13.1): f64 [n − from, n] of one set with 0 where column ≥ row, or [n,m] of two
   *  sets. Memory beside the result is bounded. The same bits whatever the threads; relative error about 1e-6. */
  pcePairs(spectra: Tensor<'f32'> | readonly [Tensor<'f32'>, Tensor<'f32'>], selection: PairSelection): Promise<Tensor<'f64'>>;
  /** The pairs of {@link pcePairs} above (not at) the threshold. Pairs without a positive peak cost little when it is at least 0. */
  pceAbove(spectra: Tensor<'f32'> | readonly [Tensor<'f32'>, Tensor<'f32'>], selection: PairSelection & { readonly threshold: number }): Promise<PcePairs>;
  /** PCE of pairs of clusters in float64 throughout, each side the residuals [n,h,w] that it lists: for values too close to each other or to a threshold (NoiseScope 13.5). */
  pceExact(residuals: Tensor<'f32'>, pairs: readonly (readonly [readonly number[], readonly number[]])[]): Promise<Float64Array>;
}
