//! A network on its way: parameters, optimiser and what was asked for.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::initial::Initial;
use crate::loss::Loss;
use crate::network::{Network, Parameters};
use crate::optimiser::{Method, Optimiser};
use crate::parameters::{Parameter, parameters};
use crate::random::Random;
use crate::real::Real;
use crate::tensor::Tensor;

/// l1·Σ|w| + l2·Σw², added to the loss.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Penalty {
    /// Of the sizes.
    pub l1: f64,
    /// Of the squares.
    pub l2: f64,
}

/// How to train. As JSON: `NetworkTraining` of `@syntrace/core`.
#[derive(Debug, Clone, Deserialize)]
pub struct Options {
    /// What the logits are held against.
    pub loss: Loss,
    /// How gradients become steps.
    pub method: Method,
    /// Learning rate of the first step.
    pub rate: f64,
    /// How parameters begin.
    pub initial: Initial,
    /// Of the parameters and of dropout.
    pub seed: u64,
    /// By the parameter's name.
    #[serde(default)]
    pub penalties: BTreeMap<String, Penalty>,
}

/// Why a call was refused, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainError(pub String);

impl fmt::Display for TrainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TrainError {}

/// What a step did.
#[derive(Debug, Clone)]
pub struct Outcome<T> {
    /// With penalties, before the step.
    pub loss: f64,
    /// L2 norm of the whole gradient.
    pub gradient: f64,
    /// Before the step, picture by picture.
    pub logits: Vec<T>,
}

/// Checked networks: no call of it panics on what it is given.
#[derive(Debug, Clone)]
pub struct Trainer<T> {
    network: Network,
    options: Options,
    parameters: Parameters<T>,
    optimiser: Optimiser<T>,
}

impl<T: Real> Trainer<T> {
    /// With parameters drawn from the seed. Refuses layers without parameters, twins, and options that are no numbers.
    pub fn new(network: Network, options: Options) -> Result<Self, TrainError> {
        let all = parameters(&network.layers);
        let mut names: Vec<&String> = all.iter().map(|parameter| &parameter.name).collect();
        names.sort_unstable();
        if names.is_empty() || names.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(TrainError("the network has no parameters, or two of one name".into()));
        }
        if let Some(unknown) = options.penalties.keys().find(|name| !names.contains(name)) {
            return Err(TrainError(format!("there is no parameter {unknown} to penalise")));
        }
        if all.iter().any(|parameter| parameter.size() == 0) {
            return Err(TrainError("a layer has no inputs or outputs".into()));
        }
        let mut trainer = Self {
            parameters: options.initial.draw(&network, options.seed),
            optimiser: Optimiser::new(options.method, 0.0),
            network,
            options,
        };
        trainer.set_rate(trainer.options.rate)?;
        Ok(trainer)
    }

    /// One step on pictures one after the other ([n, channels, height, width]). A batch of one with batch norms on single samples has no variance: NaN is refused.
    pub fn step(&mut self, shape: [usize; 4], pictures: &[T], labels: &[u8]) -> Result<Outcome<T>, TrainError> {
        let classes = self.outputs(shape, pictures.len())?;
        let most = if self.options.loss == Loss::Binary { 2 } else { classes };
        if (self.options.loss == Loss::Binary) != (classes == 1) {
            return Err(TrainError(format!("the {:?} loss does not go with {classes} outputs", self.options.loss)));
        }
        if labels.len() != shape[0] || labels.iter().any(|&label| usize::from(label) >= most) {
            return Err(TrainError(format!("{} labels of 0…{} for {} pictures", labels.len(), most - 1, shape[0])));
        }
        let draw = Random::new(self.options.seed).fork(self.optimiser.steps).at(0).to_bits();
        let batch = Tensor::of_pictures(shape, pictures);
        let mut step = self.network.step(&mut self.parameters, batch, labels, self.options.loss, draw);
        for (name, penalty) in &self.options.penalties {
            if let (Some(gradient), Some(values)) = (step.gradients.get_mut(name), self.parameters.get(name)) {
                step.loss += penalise(*penalty, values, gradient);
            }
        }
        let squares = step.gradients.values().flatten().map(|value| value.to_f64().powi(2));
        let gradient = squares.sum::<f64>().sqrt();
        if !(step.loss.is_finite() && gradient.is_finite()) {
            return Err(TrainError(format!("the loss is {} and the gradient {gradient}", step.loss)));
        }
        self.optimiser.step(&mut self.parameters, &step.gradients);
        Ok(Outcome { loss: step.loss, gradient, logits: step.logits })
    }

    /// Logits in use, picture by picture: running statistics, no dropout.
    pub fn evaluate(&self, shape: [usize; 4], pictures: &[T]) -> Result<Vec<T>, TrainError> {
        self.outputs(shape, pictures.len())?;
        Ok(self.network.evaluate(&self.parameters, Tensor::of_pictures(shape, pictures)).pictures())
    }

    /// Learning rate of the steps to come.
    pub fn set_rate(&mut self, rate: f64) -> Result<(), TrainError> {
        if !(rate.is_finite() && rate > 0.0) {
            return Err(TrainError(format!("the learning rate must be above 0, received {rate}")));
        }
        self.optimiser.rate = rate;
        Ok(())
    }

    /// Steps so far.
    pub fn steps(&self) -> u64 {
        self.optimiser.steps
    }

    /// What the state holds, in PyTorch's order.
    pub fn state(&self) -> Vec<Parameter> {
        parameters(&self.network.layers)
    }

    /// A parameter's values.
    pub fn parameter(&self, name: &str) -> Option<&[T]> {
        self.parameters.get(name).map(Vec::as_slice)
    }

    /// A parameter's first and second moment, once there was a step.
    pub fn moments(&self, name: &str) -> Option<[&[T]; 2]> {
        self.optimiser.moments.get(name).map(|moments| moments.each_ref().map(Vec::as_slice))
    }

    /// Takes a parameter's values from elsewhere.
    pub fn set_parameter(&mut self, name: &str, values: &[T]) -> Result<(), TrainError> {
        self.fits(name, values)?;
        self.parameters.insert(name.into(), values.to_vec());
        Ok(())
    }

    /// Goes on where another trainer was: its steps, and moments of every trained parameter.
    pub fn resume(&mut self, steps: u64, moments: BTreeMap<String, [Vec<T>; 2]>) -> Result<(), TrainError> {
        for (name, values) in &moments {
            self.fits(name, &values[0])?;
            self.fits(name, &values[1])?;
        }
        (self.optimiser.steps, self.optimiser.moments) = (steps, moments);
        Ok(())
    }

    fn fits(&self, name: &str, values: &[T]) -> Result<(), TrainError> {
        match self.parameters.get(name) {
            Some(own) if own.len() == values.len() && values.iter().all(|value| value.to_f64().is_finite()) => Ok(()),
            Some(own) => {
                Err(TrainError(format!("{name} takes {} finite values, received {}", own.len(), values.len())))
            }
            None => Err(TrainError(format!("there is no parameter {name}"))),
        }
    }

    /// Outputs of a picture.
    fn outputs(&self, shape: [usize; 4], values: usize) -> Result<usize, TrainError> {
        let [_, outputs, h, w] = self.network.check(shape).map_err(TrainError)?;
        if h * w != 1 {
            return Err(TrainError(format!("the network ends in planes of {h}×{w}")));
        }
        if values != shape.iter().product::<usize>() {
            return Err(TrainError(format!("{values} values for a batch of the shape {shape:?}")));
        }
        Ok(outputs)
    }
}

/// Adds a penalty's gradient; the penalty.
fn penalise<T: Real>(Penalty { l1, l2 }: Penalty, values: &[T], gradient: &mut [T]) -> f64 {
    let mut total = 0.0;
    for (value, gradient) in values.iter().zip(gradient) {
        let w = value.to_f64();
        total += l1 * w.abs() + l2 * w * w;
        let sign = if w == 0.0 { 0.0 } else { w.signum() };
        *gradient += T::of(l1 * sign + 2.0 * l2 * w);
    }
    total
}
