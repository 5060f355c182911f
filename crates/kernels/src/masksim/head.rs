//! What a model learns behind the log spectra.

use crate::error::{KernelError, Result};

/// Spectra of a picture: Y, Cb, Cr.
pub const SPECTRA: usize = 3;
/// Numbers of a channel's norm: weight, bias, mean, variance.
pub const NORM: usize = 4;
/// Added to the variance of the norm, and the least length of a vector.
pub(super) const NORM_EPS: f64 = 1e-5;
pub(super) const LEAST_LENGTH: f64 = 1e-8;

/// Parameters of `generators` models that look at the same spectra, each with the same number of masks.
#[derive(Debug, Clone, Copy)]
pub struct MaskHeads<'a> {
    /// Masks 0…1 (for training: their logits) [generators, masks, 3, h·w].
    pub masks: &'a [f32],
    /// References, not centred [generators, masks, 3, h·w].
    pub references: &'a [f32],
    /// Channel mixing [generators, 3, 3], rows make the new channels.
    pub mixing: &'a [f64],
    /// Weight, bias, mean and variance of each channel [generators, 4, 3].
    pub norm: &'a [f64],
    /// Logarithm of the slope, and the offset [generators, 2].
    pub scale: &'a [f64],
}

/// A model, and one of its masks.
#[derive(Clone, Copy)]
pub(super) struct Head<'a> {
    pub(super) mask: &'a [f32],
    pub(super) reference: &'a [f32],
    pub(super) mixing: [[f64; SPECTRA]; SPECTRA],
    pub(super) norm: [[f64; SPECTRA]; NORM],
    pub(super) scale: [f64; 2],
}

impl<'a> MaskHeads<'a> {
    /// The number of models and of masks of each. Errors: [`KernelError::Shape`] unless everything fits planes of `size` samples.
    pub(super) fn counts(&self, op: &'static str, size: usize) -> Result<(usize, usize)> {
        let generators = self.scale.len() / 2;
        let masks = self.masks.len().checked_div(generators * SPECTRA * size).unwrap_or(0);
        let fits = masks > 0
            && self.masks.len() == generators * masks * SPECTRA * size
            && self.references.len() == self.masks.len()
            && self.mixing.len() == generators * SPECTRA * SPECTRA
            && self.norm.len() == generators * NORM * SPECTRA
            && self.scale.len() == generators * 2;
        let lengths =
            [self.masks.len(), self.references.len(), self.mixing.len(), self.norm.len(), self.scale.len(), size];
        fits.then_some((generators, masks)).ok_or_else(|| {
            KernelError::shape(
                op,
                "masks and references [g, m, 3, h, w], mixing [g, 3, 3], norm [g, 4, 3], scale [g, 2]",
                lengths,
            )
        })
    }

    /// Mask `m` of model `g`.
    pub(super) fn head(&self, g: usize, m: usize, masks: usize, size: usize) -> Head<'a> {
        let planes = SPECTRA * size;
        let at = (g * masks + m) * planes;
        let three = |from: &[f64], row: usize| [0, 1, 2].map(|c| from[row * SPECTRA + c]);
        Head {
            mask: &self.masks[at..][..planes],
            reference: &self.references[at..][..planes],
            mixing: [0, 1, 2].map(|c| three(self.mixing, g * SPECTRA + c)),
            norm: [0, 1, 2, 3].map(|row| three(self.norm, g * NORM + row)),
            scale: [self.scale[2 * g], self.scale[2 * g + 1]],
        }
    }
}

impl Head<'_> {
    /// Slope and offset of channel `c`'s norm on values of which the running mean is taken off already.
    pub(super) fn affine(&self, c: usize) -> (f64, f64) {
        let [weight, bias, _, variance] = self.norm.map(|row| row[c]);
        (weight / (variance + NORM_EPS).sqrt(), bias)
    }
}

/// Pictures of 3 spectra of `size` samples each. Errors: [`KernelError::Shape`].
pub(super) fn pictures(op: &'static str, spectra: &[f32], size: usize) -> Result<usize> {
    if size == 0 || spectra.is_empty() || !spectra.len().is_multiple_of(SPECTRA * size) {
        return Err(KernelError::shape(op, "spectra [b, 3, h, w] with sides of at least 1", [spectra.len(), size]));
    }
    Ok(spectra.len() / (SPECTRA * size))
}
