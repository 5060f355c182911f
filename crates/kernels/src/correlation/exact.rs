//! Pairs again in float64: where two values lie too close to each other or to the threshold for float32.

use super::shape::check_sides;
use crate::context::Kernels;
use crate::error::{KernelError, Result};

/// Pairs that are transformed at a time.
const BATCH: usize = 16;

impl Kernels {
    /// PCE at the zero lag of pairs of clusters, in float64 throughout: each side the sum of the residuals [n, h, w] that it lists.
    /// Three transforms a pair, for the few pairs within about 1e-4 (relative) of the threshold or of each other (NoiseScope 13.5).
    /// Errors: [`KernelError::Shape`] as [`Kernels::pce`], [`KernelError::Value`] for an empty cluster or a residual that is not there.
    pub fn pce_exact(
        &self,
        residuals: &[f32],
        height: usize,
        width: usize,
        pairs: &[[&[usize]; 2]],
    ) -> Result<Vec<f64>> {
        let op = "pceExact";
        check_sides(op, height, width)?;
        let size = height * width;
        let count = residuals.len() / size;
        let mut out = Vec::with_capacity(pairs.len());
        for pairs in pairs.chunks(BATCH) {
            let mut sides: [Vec<f64>; 2] = [self.buffer(op, pairs.len() * size)?, self.buffer(op, pairs.len() * size)?];
            for (side, sums) in sides.iter_mut().enumerate() {
                for (pair, to) in pairs.iter().zip(sums.chunks_exact_mut(size)) {
                    if pair[side].is_empty() || pair[side].iter().any(|&i| i >= count) {
                        return Err(KernelError::value(
                            op,
                            format!("clusters need residuals of 0…{count}, one or more"),
                        ));
                    }
                    to.fill(0.0);
                    for i in pair[side] {
                        let from = &residuals[i * size..][..size];
                        to.iter_mut().zip(from).for_each(|(to, &x)| *to += f64::from(x));
                    }
                }
            }
            out.extend(self.pce(&sides[0], &sides[1], height, width, (0, 0))?.iter().map(|report| report.pce));
        }
        Ok(out)
    }
}
