//! Residuals as packed spectra: what pairs are compared by, and what clusters are added up from.

use super::shape::{GROUP, Shape, check_sides};
use super::surface::centred;
use crate::context::Kernels;
use crate::error::{KernelError, Result};

/// Residuals that are transformed at a time, so that memory beside the result is bounded.
const BATCH: usize = 32;

impl Kernels {
    /// Values of the packed spectrum of a plane. Errors: [`KernelError::Shape`] as [`Kernels::pce_spectra`].
    pub fn pce_spectrum_length(&self, height: usize, width: usize) -> Result<usize> {
        check_sides("pceSpectra", height, width)?;
        Ok(Shape::new(height, width).packed())
    }

    /// Packed spectra of residuals [n, h, w] → [n, length], for [`Kernels::pce_pairs`]. The layout is private but linear: the sum of rows
    /// is the spectrum of the sum of residuals, which is all that merging needs (PCE does not change with scale, so sums serve as means;
    /// NoiseScope 13.3).
    ///
    /// Rows are half spectra of the residuals minus their means, unitary, times √2 where a column stands for its mirror image too; 16
    /// rows of the spectrum side by side. About h·w + 2h values. O(hw·log(hw)).
    /// Errors: [`KernelError::Shape`] for sides below 11, 11 × 11, or residuals that are not whole planes.
    pub fn pce_spectra(&self, residuals: &[f32], height: usize, width: usize) -> Result<Vec<f32>> {
        let op = "pceSpectra";
        check_sides(op, height, width)?;
        let size = height * width;
        if !residuals.len().is_multiple_of(size) {
            return Err(KernelError::shape(op, format!("planes of {height}×{width}"), residuals.len()));
        }
        let shape = Shape::new(height, width);
        let (packed, half) = (shape.packed(), 2 * height * shape.bins);
        let scale = 1.0 / (size as f64).sqrt();
        let weight = |k: usize| if k == 0 || 2 * k == width { scale as f32 } else { (2.0_f64.sqrt() * scale) as f32 };
        let weights: Vec<f32> = (0..shape.bins).map(weight).collect();
        let mut out = self.buffer_of(op, &[residuals.len() / size, packed])?;
        for (planes, to) in residuals.chunks(BATCH * size).zip(out.chunks_mut(BATCH * packed)) {
            let centred = centred(self, op, planes, size)?;
            let spectra = self.rfft2(&centred, height, width)?;
            self.recycle(centred);
            self.each(&spectra, half, to, packed, |_, half, to| {
                to.fill(0.0);
                for (l, row) in half.chunks_exact(2 * shape.bins).enumerate() {
                    let strip = &mut to[l / GROUP * shape.strip() + l % GROUP..];
                    for (k, (value, weight)) in row.chunks_exact(2).zip(&weights).enumerate() {
                        strip[k * 2 * GROUP] = value[0] * weight;
                        strip[k * 2 * GROUP + GROUP] = value[1] * weight;
                    }
                }
                // The mean is out up to rounding; out it goes.
                (to[0], to[GROUP]) = (0.0, 0.0);
            });
            self.recycle(spectra);
        }
        Ok(out)
    }
}
