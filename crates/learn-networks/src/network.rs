//! A network's forward and backward pass.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::layers::{Layer, average, average_gradient, max_pool, max_pool_gradient};
use crate::loss::binary_cross_entropy;
use crate::real::Real;
use crate::tensor::Tensor;

/// Values by the names of PyTorch's state.
pub type Parameters<T> = BTreeMap<String, Vec<T>>;

/// What one batch taught.
#[derive(Debug, Clone)]
pub struct Step<T> {
    /// Before the step.
    pub loss: f64,
    /// Before the step.
    pub logits: Vec<T>,
    /// Of each trained parameter.
    pub gradients: Parameters<T>,
}

/// Layers one after the other.
#[derive(Debug, Clone)]
pub struct Network {
    /// From the input to the logit.
    pub layers: Vec<Layer>,
}

/// What the backward pass needs of a layer's forward pass.
enum Kept<T> {
    Input(Tensor<T>),
    Normalised(Tensor<T>, crate::layers::Statistics),
    Signs(Vec<bool>),
    Places([usize; 4], Vec<u32>),
    Shape([usize; 4]),
    Branches(Vec<Kept<T>>, Vec<Kept<T>>),
}

impl Network {
    /// Loss and gradients of a batch in training mode; running statistics among the parameters are brought up to date.
    /// Memory: about three times the activations. Panics when a parameter is missing or of another size.
    pub fn step<T: Real>(&self, parameters: &mut Parameters<T>, batch: Tensor<T>, labels: &[u8]) -> Step<T> {
        let (logits, kept) = forward(&self.layers, parameters, batch);
        let (loss, gradient) = binary_cross_entropy(&logits, labels);
        let mut gradients = Parameters::new();
        backward(&self.layers, parameters, kept, gradient, &mut gradients, true);
        Step { loss, logits: logits.values, gradients }
    }
}

fn named<'a, T>(parameters: &'a Parameters<T>, name: &str, word: &str) -> &'a [T] {
    let name = format!("{name}.{word}");
    parameters.get(&name).unwrap_or_else(|| panic!("parameter {name} is missing"))
}

fn forward<T: Real>(layers: &[Layer], parameters: &mut Parameters<T>, x: Tensor<T>) -> (Tensor<T>, Vec<Kept<T>>) {
    let mut kept = Vec::with_capacity(layers.len());
    let y = layers.iter().fold(x, |x, layer| {
        let (y, keep) = one(layer, parameters, x);
        kept.push(keep);
        y
    });
    (y, kept)
}

fn one<T: Real>(layer: &Layer, parameters: &mut Parameters<T>, mut x: Tensor<T>) -> (Tensor<T>, Kept<T>) {
    match layer {
        Layer::Convolution(convolution) => {
            (convolution.forward(&x, named(parameters, &convolution.name, "weight")), Kept::Input(x))
        }
        Layer::BatchNorm(norm) => {
            let mut take = |word: &str| parameters.remove(&format!("{}.{word}", norm.name)).unwrap_or_default();
            let [mut mean, mut variance] = ["running_mean", "running_var"].map(&mut take);
            let affine = ["weight", "bias"].map(|word| named(parameters, &norm.name, word));
            let (y, statistics) = norm.forward(&x, affine, [&mut mean, &mut variance]);
            parameters.insert(format!("{}.running_mean", norm.name), mean);
            parameters.insert(format!("{}.running_var", norm.name), variance);
            (y, Kept::Normalised(x, statistics))
        }
        Layer::Relu => {
            let zero = T::default();
            let signs = x.values.par_iter().map(|&value| value > zero).collect();
            x.values.par_iter_mut().for_each(|value| *value = if *value > zero { *value } else { zero });
            (x, Kept::Signs(signs))
        }
        Layer::MaxPool(pool) => {
            let (y, at) = max_pool(pool, &x);
            (y, Kept::Places(x.shape, at))
        }
        Layer::GlobalAveragePool => (average(&x), Kept::Shape(x.shape)),
        Layer::Linear(linear) => {
            let affine = ["weight", "bias"].map(|word| named(parameters, &linear.name, word));
            (linear.forward(&x, affine), Kept::Input(x))
        }
        Layer::Residual { body, shortcut } => {
            let (beside, outer) = forward(shortcut, parameters, x.clone());
            let (mut y, inner) = forward(body, parameters, x);
            y.values.par_iter_mut().zip(&beside.values).for_each(|(y, &value)| *y += value);
            (y, Kept::Branches(inner, outer))
        }
    }
}

/// The gradient of the first layer's input is not wanted where nothing lies below it.
fn backward<T: Real>(
    layers: &[Layer],
    parameters: &Parameters<T>,
    kept: Vec<Kept<T>>,
    dy: Tensor<T>,
    gradients: &mut Parameters<T>,
    outermost: bool,
) -> Tensor<T> {
    let all = layers.iter().zip(kept).enumerate().rev();
    all.fold(dy, |dy, (i, (layer, kept))| gradient(layer, parameters, kept, dy, gradients, !(outermost && i == 0)))
}

fn gradient<T: Real>(
    layer: &Layer,
    parameters: &Parameters<T>,
    kept: Kept<T>,
    mut dy: Tensor<T>,
    gradients: &mut Parameters<T>,
    wants_input: bool,
) -> Tensor<T> {
    let mut keep = |name: &str, words: [&str; 2], [first, second]: [Vec<T>; 2]| {
        gradients.insert(format!("{name}.{}", words[0]), first);
        gradients.insert(format!("{name}.{}", words[1]), second);
    };
    match (layer, kept) {
        (Layer::Convolution(convolution), Kept::Input(x)) => {
            let weight = named(parameters, &convolution.name, "weight");
            let (dx, dw) = convolution.backward(&x, weight, &dy, wants_input);
            gradients.insert(format!("{}.weight", convolution.name), dw);
            dx
        }
        (Layer::BatchNorm(norm), Kept::Normalised(x, statistics)) => {
            let (dx, affine) = norm.backward(&x, named(parameters, &norm.name, "weight"), &statistics, dy);
            keep(&norm.name, ["weight", "bias"], affine);
            dx
        }
        (Layer::Relu, Kept::Signs(signs)) => {
            dy.values.par_iter_mut().zip(signs).for_each(|(dy, sign)| {
                if !sign {
                    *dy = T::default();
                }
            });
            dy
        }
        (Layer::MaxPool(_), Kept::Places(shape, at)) => max_pool_gradient(shape, &at, &dy),
        (Layer::GlobalAveragePool, Kept::Shape(shape)) => average_gradient(shape, &dy),
        (Layer::Linear(linear), Kept::Input(x)) => {
            let (dx, affine) = linear.backward(&x, named(parameters, &linear.name, "weight"), &dy);
            keep(&linear.name, ["weight", "bias"], affine);
            dx
        }
        (Layer::Residual { body, shortcut }, Kept::Branches(inner, outer)) => {
            let beside = backward(shortcut, parameters, outer, dy.clone(), gradients, false);
            let mut dx = backward(body, parameters, inner, dy, gradients, false);
            dx.values.par_iter_mut().zip(&beside.values).for_each(|(dx, &value)| *dx += value);
            dx
        }
        _ => unreachable!("what was kept belongs to its layer"),
    }
}
