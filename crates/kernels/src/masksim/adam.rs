//! The step of Adam.

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::Real;

/// Where epsilon is added. Names are those of the TypeScript contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdamForm {
    /// `corrected`: to the root of the corrected second moment, as in the paper and PyTorch.
    Corrected,
    /// `uncorrected`: to the root of the second moment itself, as in Keras.
    Uncorrected,
}

impl AdamForm {
    /// Both with their names.
    pub const ALL: [(&'static str, Self); 2] = [("corrected", Self::Corrected), ("uncorrected", Self::Uncorrected)];
}

/// Settings of a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adam {
    /// Number of this step, from 1.
    pub step: f64,
    /// Learning rate.
    pub rate: f64,
    /// Decay of the first and second moments, 0…1.
    pub betas: [f64; 2],
    /// Against division by 0.
    pub epsilon: f64,
    /// Where epsilon goes.
    pub form: AdamForm,
}

/// Elements that one job takes.
const CHUNK: usize = 1 << 13;

impl Kernels {
    /// One step of Adam: parameters, first and second moments after it, from those before and the gradient; all of one length.
    ///
    /// m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², x ← x − rate·m̂/(√v̂ + ε), with moments corrected for their start at 0; in the
    /// uncorrected form ε is added to √v instead. float64 inside. O(n).
    /// Errors: [`KernelError::Shape`] if lengths differ, [`KernelError::Value`] for a step below 1 or settings out of range.
    /// Source: Kingma, Ba 2015.
    pub fn adam<T: Real + Into<f64>>(
        &self,
        parameters: &[T],
        gradient: &[T],
        moments: [&[T]; 2],
        adam: Adam,
    ) -> Result<[Vec<T>; 3]> {
        let op = "adam";
        let count = parameters.len();
        if gradient.len() != count || moments.iter().any(|m| m.len() != count) {
            let lengths = [count, gradient.len(), moments[0].len(), moments[1].len()];
            return Err(KernelError::shape(op, "parameters, gradient and two moments of one size", lengths));
        }
        let Adam { step, rate, betas: [first, second], epsilon, form } = adam;
        let decays = (0.0..1.0).contains(&first) && (0.0..1.0).contains(&second);
        if !(step >= 1.0 && step.is_finite() && rate.is_finite() && decays && epsilon >= 0.0 && epsilon.is_finite()) {
            return Err(KernelError::value(op, format!("settings out of range: {adam:?}")));
        }
        let (first_left, second_left) = (1.0 - first.powf(step), 1.0 - second.powf(step));
        let root = second_left.sqrt();
        let epsilon = if form == AdamForm::Corrected { epsilon * root } else { epsilon };
        let rate = rate / first_left * root;
        // Three results an element, side by side, so that one pass makes them.
        let jobs = self.map(count.div_ceil(CHUNK), count, |i| {
            let range = i * CHUNK..((i + 1) * CHUNK).min(count);
            let [mut x, mut m, mut v] = [(); 3].map(|()| Vec::with_capacity(range.len()));
            for k in range {
                let g: f64 = gradient[k].into();
                let mean = first * moments[0][k].into() + (1.0 - first) * g;
                let square = second * moments[1][k].into() + (1.0 - second) * g * g;
                x.push(T::of(parameters[k].into() - rate * mean / (square.sqrt() + epsilon)));
                m.push(T::of(mean));
                v.push(T::of(square));
            }
            [x, m, v]
        });
        let mut out = [self.buffer(op, count)?, self.buffer(op, count)?, self.buffer(op, count)?];
        for (i, job) in jobs.iter().enumerate() {
            for (to, from) in out.iter_mut().zip(job) {
                to[i * CHUNK..][..from.len()].copy_from_slice(from);
            }
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_goes_by_the_rate() {
        let kernels = Kernels::new();
        let adam = Adam { step: 1.0, rate: 0.1, betas: [0.9, 0.999], epsilon: 1e-8, form: AdamForm::Corrected };
        let [x, m, v] = kernels.adam(&[1.0, 2.0, 3.0], &[5.0, -0.01, 0.0], [&[0.0; 3], &[0.0; 3]], adam).unwrap();
        let close = |a: f64, b: f64| (a - b).abs() < 1e-6;
        assert!(close(x[0], 0.9) && close(x[1], 2.1) && x[2] == 3.0);
        assert!(close(m[0], 0.5) && close(v[0], 0.025));
        // Keras' epsilon is felt more: √v is 3e-4 of the gradient here.
        let keras = Adam { epsilon: 1e-3, form: AdamForm::Uncorrected, ..adam };
        let [x, ..] = kernels.adam(&[1.0], &[0.01], [&[0.0], &[0.0]], keras).unwrap();
        let want = 1.0 - 0.1 * 0.001_f64.sqrt() / 0.1 * 0.001 / ((0.001_f64 * 1e-4).sqrt() + 1e-3);
        assert!(close(x[0], want), "{} for {want}", x[0]);
    }

    #[test]
    fn settings_out_of_range_are_refused() {
        let adam = Adam { step: 0.0, rate: 0.1, betas: [0.9, 0.999], epsilon: 1e-8, form: AdamForm::Corrected };
        let zero: &[f32] = &[0.0];
        assert_eq!(Kernels::new().adam(zero, zero, [zero, zero], adam).unwrap_err().code(), "KERNEL_VALUE");
        let good = Adam { step: 1.0, ..adam };
        assert_eq!(Kernels::new().adam(zero, &[], [zero, zero], good).unwrap_err().code(), "KERNEL_SHAPE");
    }
}
