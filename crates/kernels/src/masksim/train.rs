//! The loss of a head over a batch, and its gradients.

use super::backward::{Backward, Coefficients};
use super::head::{MaskHeads, NORM, NORM_EPS, SPECTRA, pictures};
use super::similarity::cosine;
use super::sums::Reference;
use crate::context::Kernels;
use crate::error::{KernelError, Result};

/// What training needs of a step, for each model.
#[derive(Debug, Clone, PartialEq)]
pub struct MaskGradients {
    /// Mean binary cross entropy [g].
    pub loss: Vec<f64>,
    /// Cosines [g, b, 3].
    pub channels: Vec<f64>,
    /// Gradient of the mask logits [g, 3, h·w].
    pub masks: Vec<f32>,
    /// Gradient of the references [g, 3, h·w].
    pub references: Vec<f32>,
    /// Gradient of the mixing [g, 3, 3].
    pub mixing: Vec<f64>,
    /// Gradients of the norm's weight and bias, then mean and unbiased variance of the batch [g, 4, 3].
    pub norm: Vec<f64>,
    /// Gradients of slope and offset [g, 2].
    pub scale: Vec<f64>,
    /// Gradient of the spectra [g, b, 3, h·w].
    pub spectra: Vec<f32>,
}

/// ln(1 + eˣ), at most 100 as the published loss is.
fn softplus(x: f64) -> f64 {
    (x.max(0.0) + (-x.abs()).exp().ln_1p()).min(100.0)
}

impl Kernels {
    /// Loss and gradients of heads with one mask each over log spectra [b, 3, h, w], in training mode: the norm uses the batch's own
    /// mean and variance. `heads.masks` are logits; `labels` [g, b] tell generated (1) from real (0).
    ///
    /// The loss of a generated picture is −ln p(s), of a real one −ln(1 − p(|s|)), p(s) = sigmoid(exp(slope)·s + offset); the mean over
    /// the batch. Gradients in float32 planes with float64 scalars: within 1e-5 (norm-wise) of float64. Memory beside the results: one
    /// plane set a model. O(g·b·hw).
    /// Errors: [`KernelError::Shape`] if sizes do not fit or there are several masks a model. Source: Li et al. 2024 (MaskSim), section 7.
    pub fn mask_gradients(
        &self,
        spectra: &[f32],
        (height, width): (usize, usize),
        heads: MaskHeads,
        labels: &[u8],
    ) -> Result<MaskGradients> {
        let op = "maskGradients";
        let size = height.saturating_mul(width);
        let count = pictures(op, spectra, size)?;
        let (generators, masks) = heads.counts(op, size)?;
        if masks != 1 || labels.len() != generators * count {
            let expected = format!("one mask and {count} labels a model");
            return Err(KernelError::shape(op, expected, [masks, labels.len()]));
        }
        let planes = SPECTRA * size;
        let weights = self.mask_of_logits(heads.masks, height, width)?;
        let masked = MaskHeads { masks: &weights, ..heads };
        let mut all = MaskGradients {
            loss: Vec::new(),
            channels: Vec::new(),
            masks: Vec::new(),
            references: self.buffer_of(op, &[generators, planes])?,
            mixing: Vec::new(),
            norm: Vec::new(),
            scale: Vec::new(),
            spectra: self.buffer_of(op, &[generators, count, planes])?,
        };
        let mut through_mask = self.buffer_of(op, &[generators, planes])?;
        for g in 0..generators {
            let head = masked.head(g, 0, 1, size);
            let reference = Reference::of(head.reference);
            let sums = self.mask_sums(spectra, size, &[(head, reference)]);
            let step = Step::of(&head, reference, &sums, &labels[g * count..][..count], size as f64);
            let backward = Backward { spectra, size, head, reference, step: &step.coefficients };
            let mixing = self.mask_backward(
                &backward,
                &mut through_mask[g * planes..][..planes],
                &mut all.references[g * planes..][..planes],
                &mut all.spectra[g * count * planes..][..count * planes],
            );
            all.loss.push(step.loss);
            all.channels.extend(step.cosines);
            all.mixing.extend(mixing);
            all.norm.extend(step.norm.into_iter().flatten());
            all.scale.extend(step.scale);
        }
        // Back through the sigmoid (done by the pass before) and the average, which is its own transpose.
        all.masks = self.average3(op, &through_mask, (height, width), |_| {})?;
        self.recycle(through_mask);
        self.recycle(weights);
        Ok(all)
    }
}

/// The scalars of a step.
struct Step {
    loss: f64,
    cosines: Vec<f64>,
    norm: [[f64; SPECTRA]; NORM],
    scale: [f64; 2],
    /// Of each channel and picture.
    coefficients: [Coefficients; SPECTRA],
}

impl Step {
    fn of(
        head: &super::head::Head,
        reference: Reference,
        sums: &[super::sums::Sums],
        labels: &[u8],
        size: f64,
    ) -> Self {
        let pictures = labels.len();
        let total = pictures as f64 * size;
        let of = |c: usize| sums.iter().skip(c).step_by(SPECTRA);
        // Sums are over u less the running mean, so the batch's mean is relative to that too.
        let mean = [0, 1, 2].map(|c| of(c).map(|s| s.u).sum::<f64>() / total);
        let variance = [0, 1, 2].map(|c| (of(c).map(|s| s.squares).sum::<f64>() / total - mean[c] * mean[c]).max(0.0));
        let deviation = variance.map(|v| (v + NORM_EPS).sqrt());
        let slope = [0, 1, 2].map(|c| head.norm[0][c] / deviation[c]);
        let offset = [0, 1, 2].map(|c| head.norm[1][c] - slope[c] * mean[c]);
        let both = |i: usize, c: usize| cosine(sums[i * SPECTRA + c], (slope[c], offset[c]), size, reference.length[c]);

        let (mut loss, mut scale) = (0.0, [0.0; 2]);
        let mut by_cosine = Vec::new();
        let mut cosines = Vec::new();
        for (i, &label) in labels.iter().enumerate() {
            let three = [0, 1, 2].map(|c| both(i, c).1);
            let mean = three.iter().sum::<f64>() / SPECTRA as f64;
            let generated = label != 0;
            let (seen, sign) =
                if generated { (mean, 1.0) } else { (mean.abs(), if mean == 0.0 { 0.0 } else { mean.signum() }) };
            let z = head.scale[0].exp() * seen + head.scale[1];
            loss += if generated { softplus(-z) } else { softplus(z) } / pictures as f64;
            let by_z = (1.0 / (1.0 + (-z).exp()) - f64::from(u8::from(generated))) / pictures as f64;
            scale[0] += by_z * head.scale[0].exp() * seen;
            scale[1] += by_z;
            by_cosine.push(by_z * head.scale[0].exp() * sign / SPECTRA as f64);
            cosines.extend(three);
        }

        let mut norm = [[0.0; SPECTRA]; NORM];
        let coefficients = [0, 1, 2].map(|c| {
            // dV = along·R + own·V of each picture.
            let parts: Vec<(f64, f64)> = (0..pictures)
                .map(|i| {
                    let (length, s) = both(i, c);
                    let ds = by_cosine[i];
                    (ds / (length * reference.length[c].max(super::head::LEAST_LENGTH)), -ds * s / (length * length))
                })
                .collect();
            let (mut total_v, mut total_u) = (0.0, 0.0);
            for (s, &(along, own)) in of(c).zip(&parts) {
                total_v += own * (slope[c] * s.u + size * offset[c]);
                total_u += along * s.with_reference + own * (slope[c] * s.squares + offset[c] * s.u);
            }
            // Sum of dV times the normed value before weight and bias.
            let with_normed = (total_u - mean[c] * total_v) / deviation[c];
            norm[0][c] = with_normed;
            norm[1][c] = total_v;
            norm[2][c] = mean[c] + head.norm[2][c];
            norm[3][c] = variance[c] * total / (total - 1.0).max(1.0);
            let (m1, m2) = (total_v / total, with_normed / total);
            let pull = parts.iter().enumerate().map(|(i, _)| by_cosine[i] * both(i, c).1).sum::<f64>();
            let length = reference.length[c].max(super::head::LEAST_LENGTH);
            Coefficients {
                constant: parts
                    .iter()
                    .map(|&(_, own)| (slope[c] * (own * offset[c] - m1 + m2 * mean[c] / deviation[c])) as f32)
                    .collect(),
                own: parts.iter().map(|&(_, own)| (slope[c] * (own * slope[c] - m2 / deviation[c])) as f32).collect(),
                along: parts.iter().map(|&(along, _)| (slope[c] * along) as f32).collect(),
                reference_constant: (offset[c] * parts.iter().map(|&(along, _)| along).sum::<f64>()) as f32,
                reference_own: (-pull / (length * length)) as f32,
            }
        });
        Self { loss, cosines, norm, scale, coefficients }
    }
}
