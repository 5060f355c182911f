import type { Tensor } from '../tensor.js';

/** What `g` models with `m` masks each learn behind the log spectra (MaskSim, section 5). Planes are [3,h,w] of Y, Cb, Cr. */
export interface MaskHeads {
  /** f32 [g,m,3,h,w], 0…1; for training the logits that {@link SpectrumKernels.maskOfLogits} takes. */
  readonly masks: Tensor<'f32'>;
  /** f32 [g,m,3,h,w]; centred by the kernels. */
  readonly references: Tensor<'f32'>;
  /** f64 [g,3,3]; rows make the new channels. */
  readonly mixing: Tensor<'f64'>;
  /** f64 [g,4,3]: weight, bias, running mean, running variance. */
  readonly norm: Tensor<'f64'>;
  /** f64 [g,2]: logarithm of the slope, and the offset. */
  readonly scale: Tensor<'f64'>;
}

/** A training step of `g` models on `b` pictures. */
export interface MaskGradients {
  /** Mean binary cross entropy, f64 [g]. */
  readonly loss: Tensor<'f64'>;
  /** Cosines, f64 [g,b,3]. */
  readonly cosines: Tensor<'f64'>;
  /** Of the mask logits, f32 [g,1,3,h,w]. */
  readonly masks: Tensor<'f32'>;
  /** Of the references, f32 [g,1,3,h,w]. */
  readonly references: Tensor<'f32'>;
  /** Of the mixing, f64 [g,3,3]. */
  readonly mixing: Tensor<'f64'>;
  /** Of the norm's weight and bias, then mean and unbiased variance of the batch for the running ones, f64 [g,4,3]. */
  readonly norm: Tensor<'f64'>;
  /** Of slope and offset, f64 [g,2]. */
  readonly scale: Tensor<'f64'>;
  /** Of the spectra, f32 [g,b,3,h,w]: what {@link SpectrumKernels.centredLogSpectrumGradient} takes on to a denoiser. */
  readonly spectra: Tensor<'f32'>;
}

/** Spectra compared with masks. The rules of all kernels hold (see `Kernels`). */
export interface SpectrumKernels {
  /** ln(|F|/√(hw) + eps) of real planes, all frequencies, zero frequency at [⌊h/2⌋, ⌊w/2⌋]. f32 [...,h,w] → same shape. O(n log n), sides as `rfft2`. */
  centredLogSpectrum(x: Tensor<'f32'>, eps: number): Promise<Tensor<'f32'>>;
  /** What a gradient of the spectra means for the planes: x and gradient f32 [...,h,w] → same shape. Frequencies of size 0 give nothing. */
  centredLogSpectrumGradient(x: Tensor<'f32'>, gradient: Tensor<'f32'>, eps: number): Promise<Tensor<'f32'>>;
  /** Masks 0…1: the sigmoid of the 3×3 average of logits, zeros outside. f32 [...,h,w] → same shape. */
  maskOfLogits(logits: Tensor<'f32'>): Promise<Tensor<'f32'>>;
  /** Log spectra f32 [b,3,h,w] (before mixing) against models: cosines per channel under each model's best mask f64 [b,g,3], whose mean is
   *  the similarity, and exp(slope)·similarity + offset f64 [b,g], whose sigmoid is the probability. Within 1e-6. O(b·g·m·hw). */
  maskSimilarity(spectra: Tensor<'f32'>, heads: MaskHeads): Promise<{ cosines: Tensor<'f64'>; logits: Tensor<'f64'> }>;
  /** Where the similarity comes from: f32 [b,g,3,h,w] under each model's first mask; a plane sums to the channel's cosine. */
  maskSimilarityMap(spectra: Tensor<'f32'>, heads: MaskHeads): Promise<Tensor<'f32'>>;
  /** Loss and gradients in training mode (norm by the batch's own statistics), one mask a model; labels u8 [g,b], 1 generated, 0 real
   *  (whose similarity counts by its size). Gradients within 1e-5 norm-wise of float64. O(g·b·hw). @throws KERNEL_SHAPE for several masks */
  maskGradients(spectra: Tensor<'f32'>, heads: MaskHeads, labels: Tensor<'u8'>): Promise<MaskGradients>;
}
