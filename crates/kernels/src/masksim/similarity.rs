//! How much spectra look like the references of models.

use super::head::{Head, LEAST_LENGTH, MaskHeads, SPECTRA, pictures};
use super::sums::{Reference, Sums};
use crate::context::Kernels;
use crate::error::Result;

/// Similarities of pictures with models.
#[derive(Debug, Clone, PartialEq)]
pub struct MaskSimilarity {
    /// Cosine of each channel under the model's best mask [b, generators, 3], −1…1; their mean is the similarity.
    pub channels: Vec<f64>,
    /// exp(slope)·similarity + offset [b, generators]; its sigmoid is the model's probability.
    pub logits: Vec<f64>,
}

/// Length of the normed vector, and its cosine with the reference.
pub(super) fn cosine(sums: Sums, (slope, offset): (f64, f64), size: f64, length: f64) -> (f64, f64) {
    let squares = slope * slope * sums.squares + 2.0 * slope * offset * sums.u + size * offset * offset;
    let own = squares.max(0.0).sqrt().max(LEAST_LENGTH);
    // The centred reference sums to 0, so the offset adds nothing.
    (own, slope * sums.with_reference / (own * length.max(LEAST_LENGTH)))
}

impl Kernels {
    /// Similarity of log spectra [b, 3, h, w] (before mixing) with models.
    ///
    /// Per model and mask: channels are mixed, multiplied by the mask and normed with the running mean and variance; per channel the
    /// cosine with the centred reference; the mean of the three, and of several masks the largest. Sums of at most 16 numbers in
    /// float32, above in float64: similarities within 1e-6. O(b·generators·masks·hw), each spectrum and mask read once.
    /// Errors: [`crate::KernelError::Shape`] if the sizes do not fit. Source: Li et al. 2024 (MaskSim), section 5.
    pub fn mask_similarity(&self, spectra: &[f32], size: usize, heads: MaskHeads) -> Result<MaskSimilarity> {
        let count = pictures("maskSimilarity", spectra, size)?;
        let (generators, masks) = heads.counts("maskSimilarity", size)?;
        let prepared = self.prepared(heads, generators, masks, size);
        let sums = self.mask_sums(spectra, size, &prepared);
        let (mut channels, mut logits) = (Vec::new(), Vec::new());
        for picture in 0..count {
            for models in 0..generators {
                let of_mask = |m: usize| {
                    let (head, reference) = &prepared[models * masks + m];
                    [0, 1, 2].map(|c| {
                        let at = ((models * masks + m) * count + picture) * SPECTRA + c;
                        cosine(sums[at], head.affine(c), size as f64, reference.length[c]).1
                    })
                };
                let mean = |cosines: &[f64; SPECTRA]| cosines.iter().sum::<f64>() / SPECTRA as f64;
                let best = (0..masks).map(of_mask).reduce(|a, b| if mean(&b) > mean(&a) { b } else { a });
                let best = best.unwrap_or_default();
                let [slope, offset] = prepared[models * masks].0.scale;
                channels.extend(best);
                logits.push(slope.exp() * mean(&best) + offset);
            }
        }
        Ok(MaskSimilarity { channels, logits })
    }

    /// Where similarity comes from: V·R/((|V| + 1e-8)(|R| + 1e-8)) per channel, [b, generators, 3, h, w], under each model's first mask;
    /// a plane sums to the channel's cosine. Otherwise as [`Kernels::mask_similarity`].
    pub fn mask_similarity_map(&self, spectra: &[f32], size: usize, heads: MaskHeads) -> Result<Vec<f32>> {
        let op = "maskSimilarityMap";
        let count = pictures(op, spectra, size)?;
        let (generators, masks) = heads.counts(op, size)?;
        let prepared: Vec<_> = self.prepared(heads, generators, masks, size).into_iter().step_by(masks).collect();
        let sums = self.mask_sums(spectra, size, &prepared);
        let mut out = self.buffer_of(op, &[count, generators, SPECTRA, size])?;
        self.each_row(&mut out, size, |i, to| {
            let (picture, g, c) = (i / SPECTRA / generators, i / SPECTRA % generators, i % SPECTRA);
            let (head, reference) = &prepared[g];
            let (slope, offset) = head.affine(c);
            let length = cosine(sums[(g * count + picture) * SPECTRA + c], (slope, offset), size as f64, 1.0).0;
            let scale = 1.0 / ((length + LEAST_LENGTH) * (reference.length[c] + LEAST_LENGTH));
            let plane = |d: usize| &spectra[(picture * SPECTRA + d) * size..][..size];
            let (mask, pattern) = (&head.mask[c * size..][..size], &head.reference[c * size..][..size]);
            for (k, to) in to.iter_mut().enumerate() {
                let mixed: f64 = (0..SPECTRA).map(|d| head.mixing[c][d] * f64::from(plane(d)[k])).sum();
                let value = slope * (mixed * f64::from(mask[k]) - head.norm[2][c]) + offset;
                *to = (value * (f64::from(pattern[k]) - reference.mean[c]) * scale) as f32;
            }
        });
        Ok(out)
    }

    /// Every mask of every model with what its reference sums to.
    fn prepared<'a>(
        &self,
        heads: MaskHeads<'a>,
        generators: usize,
        masks: usize,
        size: usize,
    ) -> Vec<(Head<'a>, Reference)> {
        self.map(generators * masks, heads.references.len(), |i| {
            let head = heads.head(i / masks, i % masks, masks, size);
            (head, Reference::of(head.reference))
        })
    }
}
