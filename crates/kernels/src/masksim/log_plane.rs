//! Logarithms of whole spectra with the zero frequency in the middle.

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::log::{checked_eps, ln};

/// Frequency that stands at place `i` of a centred axis, and its negative.
fn frequency(i: usize, n: usize) -> (usize, usize) {
    let k = (i + n.div_ceil(2)) % n;
    (k, (n - k) % n)
}

/// Place of a frequency on a centred axis.
fn place(k: usize, n: usize) -> usize {
    (k + n / 2) % n
}

impl Kernels {
    /// ln(|F|/√(hw) + eps) of real planes [n, h, w], all frequencies, zero frequency at [⌊h/2⌋, ⌊w/2⌋]: [n, h, w].
    ///
    /// F is the unnormalised transform, so |F|/√(hw) is the orthonormal one's. float32; O(hw·log(hw)), sides as [`Kernels::rfft2`].
    /// Errors: as [`Kernels::rfft2`]; [`KernelError::Value`] for a negative eps. Source: Li et al. 2024 (MaskSim), section 4.
    pub fn centred_log_spectrum(&self, x: &[f32], height: usize, width: usize, eps: f64) -> Result<Vec<f32>> {
        checked_eps("centredLogSpectrum", eps)?;
        let half = self.rfft2(x, height, width)?;
        let (scale, eps) = (1.0 / ((height * width) as f32).sqrt(), eps as f32);
        let logs = self.of_squares("centredLogSpectrum", &half, move |square| ln(square.sqrt() * scale + eps))?;
        self.recycle(half);
        let bins = width / 2 + 1;
        let mut out = self.buffer("centredLogSpectrum", x.len())?;
        self.each(&logs, height * bins, &mut out, height * width, |_, half, to| {
            for (i, to) in to.chunks_exact_mut(width).enumerate() {
                let (row, mirrored) = frequency(i, height);
                // Negative frequencies stand left of the middle, in falling order.
                let left = width / 2;
                for (to, value) in to[..left].iter_mut().rev().zip(&half[mirrored * bins + 1..]) {
                    *to = *value;
                }
                let right = width - left;
                to[left..].copy_from_slice(&half[row * bins..][..right]);
                if width.is_multiple_of(2) {
                    to[0] = half[row * bins + width / 2];
                }
            }
        });
        self.recycle(logs);
        Ok(out)
    }

    /// Gradient of [`Kernels::centred_log_spectrum`]: what a gradient for its result, [n, h, w] (centred), means for the planes.
    ///
    /// Frequencies with |F| = 0 contribute nothing. float32; two transforms a plane.
    /// Errors: as [`Kernels::centred_log_spectrum`], and [`KernelError::Shape`] if the sizes differ.
    pub fn centred_log_spectrum_gradient(
        &self,
        x: &[f32],
        gradient: &[f32],
        (height, width): (usize, usize),
        eps: f64,
    ) -> Result<Vec<f32>> {
        let op = "centredLogSpectrumGradient";
        checked_eps(op, eps)?;
        if x.len() != gradient.len() {
            return Err(KernelError::shape(op, format!("a gradient of {} values", x.len()), gradient.len()));
        }
        let half = self.rfft2(x, height, width)?;
        let (root, eps) = (((height * width) as f32).sqrt(), eps as f32);
        let bins = width / 2 + 1;
        let mut weighted = self.buffer(op, half.len())?;
        self.each(&half, height * bins * 2, &mut weighted, height * bins * 2, |i, half, to| {
            let gradient = &gradient[i * height * width..][..height * width];
            for (i, (to, z)) in to.chunks_exact_mut(2).zip(half.chunks_exact(2)).enumerate() {
                let (row, column) = (i / bins, i % bins);
                let at = |row: usize, column: usize| gradient[place(row, height) * width + place(column, width)];
                // A real plane sees the mean of a frequency's gradient and its negative's.
                let both = (at(row, column) + at((height - row) % height, (width - column) % width)) / 2.0;
                let size = z[0].hypot(z[1]);
                let factor = if size > 0.0 { both / (size / root + eps) * root / size } else { 0.0 };
                (to[0], to[1]) = (z[0] * factor, z[1] * factor);
            }
        });
        self.recycle(half);
        let out = self.irfft2(&weighted, height, width)?;
        self.recycle(weighted);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zero_frequency_is_in_the_middle() {
        for (h, w) in [(4, 4), (5, 3), (2, 7), (6, 5), (1, 1), (1, 8)] {
            let out = Kernels::new().centred_log_spectrum(&vec![2.0; h * w], h, w, 1e-3).unwrap();
            for (i, &value) in out.iter().enumerate() {
                let want = if i == h / 2 * w + w / 2 {
                    (2.0 * (h * w) as f32).ln() - ((h * w) as f32).ln() / 2.0
                } else {
                    -6.907_755
                };
                assert!((value - want).abs() < 1e-2, "{h}×{w} [{i}]: {value} for {want}");
            }
        }
    }

    #[test]
    fn places_and_frequencies_are_inverse() {
        for n in 1..9 {
            for i in 0..n {
                let (k, negative) = frequency(i, n);
                assert_eq!((place(k, n), (k + negative) % n), (i, 0));
            }
        }
    }
}
