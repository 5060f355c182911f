//! A network's answer, as it is used: running statistics, nothing left out.

use crate::layers::{Layer, average, average_pool, max_pool};
use crate::network::{Network, Parameters, add, flatten, named, relu};
use crate::real::Real;
use crate::tensor::Tensor;

impl Network {
    /// Logits of a batch. Panics when a parameter is missing or of another size: see `Network::check`.
    pub fn evaluate<T: Real>(&self, parameters: &Parameters<T>, batch: Tensor<T>) -> Tensor<T> {
        through(&self.layers, parameters, batch)
    }
}

fn through<T: Real>(layers: &[Layer], parameters: &Parameters<T>, x: Tensor<T>) -> Tensor<T> {
    layers.iter().fold(x, |x, layer| one(layer, parameters, x))
}

fn one<T: Real>(layer: &Layer, parameters: &Parameters<T>, mut x: Tensor<T>) -> Tensor<T> {
    match layer {
        Layer::Convolution(convolution) => {
            let bias = convolution.bias.then(|| named(parameters, &convolution.name, "bias"));
            convolution.forward(&x, named(parameters, &convolution.name, "weight"), bias)
        }
        Layer::BatchNorm(norm) => {
            let [affine, running] = [["weight", "bias"], ["running_mean", "running_var"]]
                .map(|words| words.map(|word| named(parameters, &norm.name, word)));
            norm.evaluate(&mut x, affine, running);
            x
        }
        Layer::Relu => {
            relu(&mut x);
            x
        }
        Layer::MaxPool(pool) => max_pool(pool, &x).0,
        Layer::AveragePool(pool) => average_pool(pool, &x),
        Layer::GlobalAveragePool => average(&x),
        Layer::Flatten => flatten(&x),
        Layer::Dropout(_) => x,
        Layer::Linear(linear) => {
            linear.forward(&x, ["weight", "bias"].map(|word| named(parameters, &linear.name, word)))
        }
        Layer::Residual { body, shortcut } => {
            let beside = through(shortcut, parameters, x.clone());
            let mut y = through(body, parameters, x);
            add(&mut y, &beside);
            y
        }
    }
}
