//! Running mean and variance of every coefficient.

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::Real;

/// Statistics of the samples seen so far. Two states merge exactly (Chan, Golub, LeVeque 1979).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Moments {
    /// Samples seen.
    pub count: f64,
    /// Mean of each coefficient; empty before the first sample.
    pub mean: Vec<f64>,
    /// Sum of squared deviations of each coefficient.
    pub m2: Vec<f64>,
}

impl Moments {
    /// Population variance of each coefficient; NaN before the first sample.
    pub fn variance(&self) -> Vec<f64> {
        self.m2.iter().map(|m2| m2 / self.count).collect()
    }

    /// The statistics of both sets of samples. Errors: [`KernelError::Shape`] if they have different coefficients.
    pub fn merge(mut self, other: &Self) -> Result<Self> {
        if self.count == 0.0 || other.count == 0.0 {
            return Ok(if self.count == 0.0 { other.clone() } else { self });
        }
        if self.mean.len() != other.mean.len() {
            return Err(KernelError::shape("moments", format!("{} coefficients", self.mean.len()), other.mean.len()));
        }
        let total = self.count + other.count;
        for i in 0..self.mean.len() {
            let delta = other.mean[i] - self.mean[i];
            self.mean[i] += delta * other.count / total;
            self.m2[i] += other.m2[i] + delta * delta * self.count * other.count / total;
        }
        self.count = total;
        Ok(self)
    }
}

impl Kernels {
    /// Adds samples [n, features] to a state (Welford 1962, in float64; equals NumPy's `mean` and `var` to 1e-10 for float64). O(n·f).
    /// Errors: [`KernelError::Shape`] if the samples are not rows of as many values as the state has.
    pub fn moments<T: Real + Into<f64>>(&self, state: &Moments, samples: &[T], features: usize) -> Result<Moments> {
        let known = state.mean.len();
        if features == 0 || !samples.len().is_multiple_of(features) || (state.count > 0.0 && known != features) {
            return Err(KernelError::shape("moments", format!("samples of {known} values"), [samples.len(), features]));
        }
        let mut next = state.clone();
        next.mean.resize(features, 0.0);
        next.m2.resize(features, 0.0);
        for sample in samples.chunks_exact(features) {
            next.count += 1.0;
            let share = 1.0 / next.count;
            for ((mean, m2), &x) in next.mean.iter_mut().zip(&mut next.m2).zip(sample) {
                let x: f64 = x.into();
                let delta = x - *mean;
                *mean += delta * share;
                *m2 += delta * (x - *mean);
            }
        }
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples() -> Vec<f64> {
        (0..700).map(|i| 1e6 + f64::from(i * 7919 % 1013) / 17.0).collect()
    }

    #[test]
    fn equals_the_two_pass_formulas() {
        let x = samples();
        let state = Kernels::new().moments(&Moments::default(), &x, 7).unwrap();
        for (f, variance) in state.variance().iter().enumerate() {
            let column: Vec<f64> = x.iter().skip(f).step_by(7).copied().collect();
            let mean = column.iter().sum::<f64>() / 100.0;
            let want = column.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 100.0;
            assert!((state.mean[f] - mean).abs() < 1e-10 * mean);
            assert!((variance - want).abs() < 1e-10 * want);
        }
    }

    #[test]
    fn merged_halves_are_the_whole() {
        let (kernels, x) = (Kernels::new(), samples());
        let all = kernels.moments(&Moments::default(), &x, 7).unwrap();
        let (a, b) = x.split_at(7 * 33);
        let a = kernels.moments(&Moments::default(), a, 7).unwrap();
        let b = kernels.moments(&Moments::default(), b, 7).unwrap();
        let merged = a.merge(&b).unwrap();
        assert_eq!(merged.count, 100.0);
        for (p, q) in merged.variance().iter().zip(all.variance()) {
            assert!((p - q).abs() < 1e-9 * q);
        }
    }

    #[test]
    fn other_sizes_are_refused() {
        let kernels = Kernels::new();
        let state = kernels.moments(&Moments::default(), &[1.0_f32, 2.0], 2).unwrap();
        assert!(kernels.moments(&state, &[1.0_f32, 2.0, 3.0], 3).is_err());
    }
}
