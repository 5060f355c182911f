//! Parameters to begin with.

use serde::Deserialize;

use crate::network::{Network, Parameters};
use crate::parameters::{Parameter, Role, parameters};
use crate::random::Random;
use crate::real::Real;

/// How weights are drawn. Batch norms start as 1, 0, mean 0 and variance 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Initial {
    /// Convolutions normal with variance 2/(out·kernel²) (He et al. 2015, fan out); linear weights and biases uniform in ±1/√in, as PyTorch has them.
    HeFanOut,
    /// Uniform in ±√(6/(fan in + fan out)) (Glorot and Bengio 2010), biases 0, as Keras has them.
    Glorot,
}

impl Initial {
    /// A network's parameters from a seed, the same everywhere.
    pub fn draw<T: Real>(self, network: &Network, seed: u64) -> Parameters<T> {
        let all = parameters(&network.layers);
        let inputs = |parameter: &Parameter| parameter.shape[1..].iter().product::<usize>();
        let mut inputs_before = 1;
        let mut drawn = Parameters::new();
        for parameter in &all {
            let random = Random::new(seed).named(&parameter.name);
            let uniform = |reach: f64| Box::new(move |i| reach * (2.0 * random.at(i) - 1.0)) as Box<dyn Fn(u64) -> f64>;
            let is_linear = parameter.shape.len() == 2;
            let value: Box<dyn Fn(u64) -> f64> = match (parameter.role, self) {
                (Role::Scale | Role::Variance, _) => Box::new(|_| 1.0),
                (Role::Shift | Role::Mean, _) | (Role::Bias, Self::Glorot) => Box::new(|_| 0.0),
                (Role::Bias, Self::HeFanOut) => uniform(1.0 / (inputs_before as f64).sqrt()),
                (Role::Weight, Self::HeFanOut) if is_linear => uniform(1.0 / (inputs(parameter) as f64).sqrt()),
                (Role::Weight, Self::HeFanOut) => {
                    let outputs = parameter.size() / parameter.shape[1];
                    let deviation = (2.0 / outputs as f64).sqrt();
                    Box::new(move |i| deviation * random.normal(i))
                }
                (Role::Weight, Self::Glorot) => {
                    let outputs = parameter.size() / parameter.shape[1];
                    uniform((6.0 / (inputs(parameter) + outputs) as f64).sqrt())
                }
            };
            if parameter.role == Role::Weight {
                inputs_before = inputs(parameter);
            }
            drawn.insert(parameter.name.clone(), (0..parameter.size() as u64).map(|i| T::of(value(i))).collect());
        }
        drawn
    }
}
