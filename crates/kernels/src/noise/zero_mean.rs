//! The total zero-mean step of camera fingerprints.

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::Real;

/// One of the four phases (y mod 2, x mod 2): minus its mean, then minus the means of its rows and of its columns.
fn phase<T: Real + Into<f64>>(from: &[T], to: &mut [T], width: usize, (top, left): (usize, usize)) {
    let row = |y: usize| from[y * width..][..width].iter().skip(left).step_by(2).map(|&x| x.into());
    let rows: Vec<usize> = (top..from.len() / width).step_by(2).collect();
    let mut columns = vec![0.0_f64; width.saturating_sub(left).div_ceil(2)];
    let mut means = Vec::with_capacity(rows.len());
    for &y in &rows {
        columns.iter_mut().zip(row(y)).for_each(|(sum, x)| *sum += x);
        means.push(row(y).sum::<f64>() / columns.len() as f64);
    }
    columns.iter_mut().for_each(|sum| *sum /= rows.len() as f64);
    let mean = means.iter().sum::<f64>() / rows.len() as f64;
    for (&y, row_mean) in rows.iter().zip(&means) {
        let out = to[y * width..][..width].iter_mut().skip(left).step_by(2);
        for ((to, x), column) in out.zip(row(y)).zip(&columns) {
            // (x − mean) − (row − mean) − (column − mean)
            *to = T::of(x - (row_mean - mean) - column);
        }
    }
}

impl Kernels {
    /// Total zero mean of planes [n, h, w]: each of the four sub-lattices (y mod 2, x mod 2) loses its mean, then its row means and its
    /// column means (both taken before either is subtracted). Same shape and unit. Sums in float64; O(hw).
    /// Errors: [`KernelError::Shape`] if a side is 0 or `x` is not whole planes. Source: NoiseScope 3.1; frequency section 12, step 3.
    pub fn zero_mean<T: Real + Into<f64>>(&self, x: &[T], height: usize, width: usize) -> Result<Vec<T>> {
        let op = "zeroMean";
        if height == 0 || width == 0 || !x.len().is_multiple_of(height * width) {
            return Err(KernelError::shape(op, "planes with sides of at least 1", [height, width]));
        }
        let mut out = self.buffer(op, x.len())?;
        self.each(x, height * width, &mut out, height * width, |_, from, to| {
            for corner in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                phase(from, to, width, corner);
            }
        });
        Ok(out)
    }
}
