//! Sums and means of selected rows: fingerprints of groups of residuals, spectra of merged clusters.

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::Real;

/// Values of a row that are summed up at a time.
const BLOCK: usize = 2048;

impl Kernels {
    /// One row for each group: the mean (or, with `sum`, the sum) of the rows of x [n, features] whose numbers it lists; → [groups, features].
    /// Sums in float64 in the order of the list, so that results don't depend on threads. O(Σ|group|·features).
    /// Errors: [`KernelError::Shape`] if `x` is not whole rows, [`KernelError::Value`] for an empty group or a row that is not there.
    pub fn group_means<T: Real + Into<f64>>(
        &self,
        x: &[T],
        features: usize,
        groups: &[&[usize]],
        sum: bool,
    ) -> Result<Vec<T>> {
        let op = if sum { "groupSums" } else { "groupMeans" };
        if features == 0 || !x.len().is_multiple_of(features) {
            return Err(KernelError::shape(op, format!("rows of {features} values"), x.len()));
        }
        let rows = x.len() / features;
        if let Some(g) = groups.iter().position(|group| group.is_empty()) {
            return Err(KernelError::value(op, format!("group {g} has no rows")));
        }
        if let Some(row) = groups.iter().flat_map(|group| group.iter()).find(|&&row| row >= rows) {
            return Err(KernelError::value(op, format!("there is no row {row} of {rows}")));
        }
        let mut out = self.buffer_of(op, &[groups.len(), features])?;
        for (group, to) in groups.iter().zip(out.chunks_exact_mut(features)) {
            if let [row] = group {
                to.copy_from_slice(&x[row * features..][..features]);
                continue;
            }
            let scale = if sum { 1.0 } else { 1.0 / group.len() as f64 };
            self.fill(to, BLOCK, |block, to| {
                let mut sums = [0.0; BLOCK];
                for row in *group {
                    let from = &x[row * features + block * BLOCK..][..to.len()];
                    sums.iter_mut().zip(from).for_each(|(sum, &x)| *sum += x.into());
                }
                to.iter_mut().zip(sums).for_each(|(to, sum)| *to = T::of(sum * scale));
            });
        }
        Ok(out)
    }
}
