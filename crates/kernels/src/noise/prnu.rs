//! The PRNU baseline: one fingerprint a class, compared by normalised correlation.

use super::residual::Residual;
use crate::colour::NTSC_INVERSE;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::linear::dot;

/// Which samples count as saturated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saturation {
    /// `published`: as the code has it: in a picture that reaches 250, a channel whose own maximum is at most 250 keeps only the
    /// samples that *equal* a neighbour.
    Published,
    /// `corrected`: such a channel keeps all samples.
    Corrected,
}

impl Saturation {
    /// Both with their names.
    pub const ALL: [(&'static str, Self); 2] = [("published", Self::Published), ("corrected", Self::Corrected)];
}

/// Sums over the pictures of a class, planes [c, h, w]; those of two sets of pictures add up.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PrnuSums {
    /// Σ residual · picture/255.
    pub products: Vec<f64>,
    /// Σ (intensity scale · not saturated)².
    pub weights: Vec<f64>,
}

/// How much a level p of 255 tells about the sensor: p/252, falling off by exp(−(p − 252)²/6) from 252.
fn intensity_scale(p: u8) -> f64 {
    let p = f64::from(p);
    if p < 252.0 { p / 252.0 } else { (-(p - 252.0).powi(2) / 6.0).exp() }
}

/// Whether sample (y, x) of a channel counts, given the maxima of the picture and of the channel.
struct Saturated<'a> {
    channel: &'a dyn Fn(usize, usize) -> u8,
    size: (usize, usize),
    maxima: (u8, u8),
    rule: Saturation,
}

impl Saturated<'_> {
    fn keeps(&self, y: usize, x: usize) -> bool {
        let ((h, w), (picture, channel)) = (self.size, self.maxima);
        if picture < 250 {
            return true;
        }
        let p = (self.channel)(y, x);
        let near = [(y, (x + w - 1) % w), (y, (x + 1) % w), ((y + h - 1) % h, x), ((y + 1) % h, x)];
        let equal = || near.iter().any(|&(y, x)| (self.channel)(y, x) == p);
        match self.rule {
            _ if channel > 250 => !(p == channel && equal()),
            Saturation::Published => equal(),
            Saturation::Corrected => true,
        }
    }
}

impl Kernels {
    /// Adds pictures [n, h, w, c] (c = 1 or 3) to the sums of a class: RP += N(im)·im/255 and NN += (scale(im)·sat(im))² of each channel,
    /// N the colour residual ([`Kernels::noise_residual`]), scale(p) = p/252 below 252, else exp(−(p − 252)²/6), sat = 0 where a sample at
    /// the channel's maximum above 250 equals one of its four cyclic neighbours. float64 sums; O(n·hwc).
    /// Errors: as [`Kernels::noise_residual`]; [`KernelError::Shape`] if the sums are those of other sizes.
    /// Source: frequency section 12, PRNU (Marra et al. 2019 after Chen et al. 2008).
    pub fn prnu_add(
        &self,
        mut sums: PrnuSums,
        pictures: &[u8],
        [h, w, c]: [usize; 3],
        residual: Residual,
        saturation: Saturation,
    ) -> Result<PrnuSums> {
        let op = "prnuAdd";
        let size = h * w * c;
        let noise: Vec<f32> = self.noise_residual(pictures, [h, w, c], residual, false)?;
        if sums.products.is_empty() && sums.weights.is_empty() {
            sums = PrnuSums { products: self.buffer(op, size)?, weights: self.buffer(op, size)? };
            sums.products.fill(0.0);
            sums.weights.fill(0.0);
        }
        if sums.products.len() != size || sums.weights.len() != size {
            let sizes = [sums.products.len(), sums.weights.len()];
            return Err(KernelError::shape(op, format!("sums of {c}×{h}×{w}"), sizes));
        }
        let scale: [f64; 256] = std::array::from_fn(|p| intensity_scale(p as u8).powi(2));
        let maximum = |samples: &mut dyn Iterator<Item = u8>| samples.max().unwrap_or(0);
        for (picture, noise) in pictures.chunks_exact(size).zip(noise.chunks_exact(size)) {
            let highest = maximum(&mut picture.iter().copied());
            self.fill(&mut sums.products, h * w, |channel, to| {
                let samples = picture.iter().skip(channel).step_by(c).zip(&noise[channel * h * w..]);
                to.iter_mut().zip(samples).for_each(|(to, (&p, &n))| *to += f64::from(n * f32::from(p) / 255.0));
            });
            self.fill(&mut sums.weights, h * w, |channel, to| {
                let own = maximum(&mut picture.iter().skip(channel).step_by(c).copied());
                let sample = |y: usize, x: usize| picture[(y * w + x) * c + channel];
                let saturated = Saturated { channel: &sample, size: (h, w), maxima: (highest, own), rule: saturation };
                for (i, to) in to.iter_mut().enumerate() {
                    let (y, x) = (i / w, i % w);
                    *to += if saturated.keeps(y, x) { scale[usize::from(sample(y, x))] } else { 0.0 };
                }
            });
        }
        self.recycle(noise);
        Ok(sums)
    }

    /// The fingerprint of a class before its clean-ups: K = RP/(NN + 1) of each channel, mixed to one plane [h, w] by the NTSC weights.
    /// The published fingerprint is [`Kernels::fourier_wiener`] of [`Kernels::zero_mean`] of this plane.
    /// Errors: [`KernelError::Shape`] if the sums are not planes of 1 or 3 channels.
    pub fn prnu_estimate(&self, sums: &PrnuSums, channels: usize) -> Result<Vec<f32>> {
        let op = "prnuEstimate";
        let size = sums.products.len();
        if !matches!(channels, 1 | 3) || size == 0 || size != sums.weights.len() || !size.is_multiple_of(channels) {
            return Err(KernelError::shape(op, "sums of 1 or 3 channels", [size, sums.weights.len(), channels]));
        }
        let plane = size / channels;
        let weights = if channels == 3 { NTSC_INVERSE } else { [1.0, 0.0, 0.0] };
        let mut out = self.buffer(op, plane)?;
        for (i, to) in out.iter_mut().enumerate() {
            let estimate = |c: usize| sums.products[c * plane + i] / (sums.weights[c * plane + i] + 1.0);
            *to = (0..channels).map(|c| weights[c] * estimate(c)).sum::<f64>() as f32;
        }
        Ok(out)
    }

    /// Normalised correlation <a, b>/(|a||b|) of rows a [k, features] with rows b [n, features], → [k, n], −1…1; not centred; 0 where a
    /// row is all zeros. Sums in float64; O(k·n·features). Errors: [`KernelError::Shape`] if the rows are not whole.
    pub fn normalised_correlation(&self, a: &[f32], b: &[f32], features: usize) -> Result<Vec<f32>> {
        let op = "normalisedCorrelation";
        if features == 0 || !a.len().is_multiple_of(features) || !b.len().is_multiple_of(features) {
            return Err(KernelError::shape(op, format!("rows of {features} values"), [a.len(), b.len()]));
        }
        let norms =
            |rows: &[f32]| -> Vec<f64> { rows.chunks_exact(features).map(|row| dot(row, row).sqrt()).collect() };
        let (of_a, of_b) = (norms(a), norms(b));
        let mut out = self.buffer_of(op, &[of_a.len(), of_b.len()])?;
        let values = self.map(out.len(), a.len().max(b.len()), |i| {
            let (row, column) = (i / of_b.len(), i % of_b.len());
            let norm = of_a[row] * of_b[column];
            let product = dot(&a[row * features..][..features], &b[column * features..][..features]);
            if norm > 0.0 { (product / norm) as f32 } else { 0.0 }
        });
        out.copy_from_slice(&values);
        Ok(out)
    }
}
