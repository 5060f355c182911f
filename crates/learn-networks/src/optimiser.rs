//! Adam, and plain gradient descent.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::network::Parameters;
use crate::real::Real;

/// How a gradient becomes a step.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Method {
    /// Kingma and Ba 2015. With decay, each step first shrinks trained parameters by rate·decay (Loshchilov and Hutter 2019).
    Adam {
        /// Shares of the past in the moments: 0.9 and 0.999.
        betas: [f64; 2],
        /// Beside the root of the second moment: 1e-8.
        epsilon: f64,
        /// Whether the root is corrected before epsilon is added, as PyTorch has it, or after, as Keras has it.
        corrected: bool,
        /// Weight decay, decoupled; 0 for none.
        decay: f64,
    },
    /// rate·gradient, without momentum.
    Descent,
}

impl Method {
    /// As PyTorch has it: betas 0.9 and 0.999, epsilon 1e-8, no decay.
    pub const ADAM: Self = Self::Adam { betas: [0.9, 0.999], epsilon: 1e-8, corrected: true, decay: 0.0 };
}

/// A method with the moments of each parameter.
#[derive(Debug, Clone)]
pub struct Optimiser<T> {
    /// Learning rate of the next step.
    pub rate: f64,
    /// Steps so far.
    pub steps: u64,
    /// First and second moments of each parameter, once there was a step.
    pub moments: BTreeMap<String, [Vec<T>; 2]>,
    method: Method,
}

impl<T: Real> Optimiser<T> {
    /// Before its first step.
    pub fn new(method: Method, rate: f64) -> Self {
        Self { rate, steps: 0, moments: BTreeMap::new(), method }
    }

    /// One step along the gradients; parameters without one stay as they are.
    pub fn step(&mut self, parameters: &mut Parameters<T>, gradients: &Parameters<T>) {
        self.steps += 1;
        for (name, gradient) in gradients {
            let Some(values) = parameters.get_mut(name) else { continue };
            match self.method {
                Method::Descent => {
                    let rate = T::of(self.rate);
                    values.iter_mut().zip(gradient).for_each(|(value, &g)| *value = *value - rate * g);
                }
                Method::Adam { betas: [one, two], epsilon, corrected, decay } => {
                    let left = |beta: f64| 1.0 - beta.powf(self.steps as f64);
                    let (root, kept) = (left(two).sqrt(), T::of(1.0 - self.rate * decay));
                    let epsilon = if corrected { epsilon } else { epsilon / root };
                    let first = self.rate / left(one);
                    let zeros = || vec![T::default(); gradient.len()];
                    let [m, v] = self.moments.entry(name.clone()).or_insert_with(|| [zeros(), zeros()]);
                    for ((value, &g), (m, v)) in values.iter_mut().zip(gradient).zip(m.iter_mut().zip(v)) {
                        *m = T::of(one) * *m + T::of(1.0 - one) * g;
                        *v = T::of(two) * *v + T::of(1.0 - two) * g * g;
                        let step = first * m.to_f64() / (v.to_f64().sqrt() / root + epsilon);
                        *value = *value * kept - T::of(step);
                    }
                }
            }
        }
    }
}
