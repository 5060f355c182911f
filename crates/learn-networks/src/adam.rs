//! Adam as PyTorch has it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::network::Parameters;
use crate::real::Real;

/// Moments of each parameter. Kingma and Ba 2015; epsilon beside the root of the corrected second moment, no weight decay.
#[derive(Debug, Clone)]
pub struct Adam<T> {
    /// Learning rate of the next step.
    pub rate: f64,
    betas: [f64; 2],
    epsilon: f64,
    steps: i32,
    moments: BTreeMap<String, [Vec<T>; 2]>,
}

impl<T: Real> Adam<T> {
    /// betas 0.9 and 0.999, epsilon 1e-8
    pub fn new(rate: f64) -> Self {
        Self { rate, betas: [0.9, 0.999], epsilon: 1e-8, steps: 0, moments: BTreeMap::new() }
    }

    /// One step along the gradients; parameters without one stay as they are.
    pub fn step(&mut self, parameters: &mut Parameters<T>, gradients: &Parameters<T>) {
        self.steps += 1;
        let [one, two] = self.betas;
        let (first, root) = (self.rate / (1.0 - one.powi(self.steps)), (1.0 - two.powi(self.steps)).sqrt());
        for (name, gradient) in gradients {
            let Some(values) = parameters.get_mut(name) else { continue };
            let zeros = || vec![T::default(); gradient.len()];
            let [m, v] = self.moments.entry(name.clone()).or_insert_with(|| [zeros(), zeros()]);
            let moments = m.par_iter_mut().zip(v.par_iter_mut());
            values.par_iter_mut().zip(gradient).zip(moments).for_each(|((value, &g), (m, v))| {
                *m = T::of(one) * *m + T::of(1.0 - one) * g;
                *v = T::of(two) * *v + T::of(1.0 - two) * g * g;
                let step = first * m.to_f64() / (v.to_f64().sqrt() / root + self.epsilon);
                *value = *value - T::of(step);
            });
        }
    }
}
