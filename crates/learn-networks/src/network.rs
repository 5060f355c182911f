//! A network's forward and backward pass.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Deserialize;

use crate::elementwise::{each, each_with};
use crate::layers::{
    Layer, Mask, average, average_gradient, average_pool, average_pool_gradient, drop, max_pool, max_pool_gradient,
};
use crate::loss::Loss;
use crate::random::Random;
use crate::real::Real;
use crate::tensor::{Tensor, exchanged};

/// Values by the names of PyTorch's state.
pub type Parameters<T> = BTreeMap<String, Vec<T>>;

/// What one batch taught.
#[derive(Debug, Clone)]
pub struct Step<T> {
    /// Before the step.
    pub loss: f64,
    /// Before the step, picture by picture.
    pub logits: Vec<T>,
    /// Of each trained parameter.
    pub gradients: Parameters<T>,
}

/// Layers one after the other. As JSON: `Network` of `@syntrace/core`.
#[derive(Debug, Clone, Deserialize)]
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
    Dropped(Mask),
    Branches(Vec<Kept<T>>, Vec<Kept<T>>),
}

/// Where the forward pass of a training step takes its statistics, and what it draws.
struct Training<'a, T> {
    parameters: &'a mut Parameters<T>,
    random: Random,
    drawn: u64,
}

impl Network {
    /// Loss and gradients of a batch in training mode; running statistics among the parameters are brought up to date. `draw` decides what dropout leaves out.
    /// Memory: about three times the activations. Panics when a parameter is missing or of another size: see `Network::check`.
    pub fn step<T: Real>(
        &self,
        parameters: &mut Parameters<T>,
        batch: Tensor<T>,
        labels: &[u8],
        loss: Loss,
        draw: u64,
    ) -> Step<T> {
        let mut training = Training { parameters, random: Random::new(draw), drawn: 0 };
        let (logits, kept) = forward(&self.layers, &mut training, batch);
        let (loss, gradient) = loss.of(&logits, labels);
        let mut gradients = Parameters::new();
        backward(&self.layers, parameters, kept, gradient, &mut gradients, true);
        Step { loss, logits: logits.pictures(), gradients }
    }
}

pub(crate) fn named<'a, T>(parameters: &'a Parameters<T>, name: &str, word: &str) -> &'a [T] {
    let name = format!("{name}.{word}");
    parameters.get(&name).unwrap_or_else(|| panic!("parameter {name} is missing"))
}

/// max(x, 0); NaN stays, so that it shows.
pub(crate) fn relu<T: Real>(x: &mut Tensor<T>) {
    let zero = T::default();
    each(&mut x.values, |value| *value = if *value < zero { zero } else { *value });
}

/// x + y
pub(crate) fn add<T: Real>(x: &mut Tensor<T>, y: &Tensor<T>) {
    each_with(&mut x.values, &y.values, |x, y| *x += y);
}

/// [n, c, h, w] → [n, c·h·w, 1, 1]
pub(crate) fn flatten<T: Real>(x: &Tensor<T>) -> Tensor<T> {
    let [n, c, ..] = x.shape;
    let planes = x.values.chunks(x.row()).flat_map(|row| exchanged(row, n, x.plane(), 1));
    Tensor { shape: [n, c * x.plane(), 1, 1], values: planes.collect() }
}

fn unflatten<T: Real>(shape: [usize; 4], dy: &Tensor<T>) -> Tensor<T> {
    let (n, plane) = (shape[0], shape[2] * shape[3]);
    Tensor { shape, values: dy.values.chunks(n * plane).flat_map(|rows| exchanged(rows, plane, n, 1)).collect() }
}

fn forward<T: Real>(layers: &[Layer], training: &mut Training<T>, x: Tensor<T>) -> (Tensor<T>, Vec<Kept<T>>) {
    let mut kept = Vec::with_capacity(layers.len());
    let y = layers.iter().fold(x, |x, layer| {
        let (y, keep) = one(layer, training, x);
        kept.push(keep);
        y
    });
    (y, kept)
}

fn one<T: Real>(layer: &Layer, training: &mut Training<T>, mut x: Tensor<T>) -> (Tensor<T>, Kept<T>) {
    let parameters = &mut *training.parameters;
    match layer {
        Layer::Convolution(convolution) => {
            let bias = convolution.bias.then(|| named(parameters, &convolution.name, "bias"));
            (convolution.forward(&x, named(parameters, &convolution.name, "weight"), bias), Kept::Input(x))
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
            let mut signs = Vec::new();
            x.values.par_iter().map(|&value| value > zero).collect_into_vec(&mut signs);
            relu(&mut x);
            (x, Kept::Signs(signs))
        }
        Layer::MaxPool(pool) => {
            let (y, at) = max_pool(pool, &x);
            (y, Kept::Places(x.shape, at))
        }
        Layer::AveragePool(pool) => (average_pool(pool, &x), Kept::Shape(x.shape)),
        Layer::GlobalAveragePool => (average(&x), Kept::Shape(x.shape)),
        Layer::Flatten => (flatten(&x), Kept::Shape(x.shape)),
        Layer::Dropout(dropout) => {
            let mask = Mask::new(dropout, training.random.fork(training.drawn));
            training.drawn += 1;
            drop(mask, &mut x.values);
            (x, Kept::Dropped(mask))
        }
        Layer::Linear(linear) => {
            let affine = ["weight", "bias"].map(|word| named(parameters, &linear.name, word));
            (linear.forward(&x, affine), Kept::Input(x))
        }
        Layer::Residual { body, shortcut } => {
            let (beside, outer) = forward(shortcut, training, x.clone());
            let (mut y, inner) = forward(body, training, x);
            add(&mut y, &beside);
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
            let (dx, dw, db) = convolution.backward(&x, weight, &dy, wants_input);
            gradients.insert(format!("{}.weight", convolution.name), dw);
            if let Some(db) = db {
                gradients.insert(format!("{}.bias", convolution.name), db);
            }
            dx
        }
        (Layer::BatchNorm(norm), Kept::Normalised(x, statistics)) => {
            let (dx, affine) = norm.backward(&x, named(parameters, &norm.name, "weight"), &statistics, dy);
            keep(&norm.name, ["weight", "bias"], affine);
            dx
        }
        (Layer::Relu, Kept::Signs(signs)) => {
            each_with(&mut dy.values, &signs, |dy, sign| *dy = if sign { *dy } else { T::default() });
            dy
        }
        (Layer::MaxPool(_), Kept::Places(shape, at)) => max_pool_gradient(shape, &at, &dy),
        (Layer::AveragePool(pool), Kept::Shape(shape)) => average_pool_gradient(pool, shape, &dy),
        (Layer::GlobalAveragePool, Kept::Shape(shape)) => average_gradient(shape, &dy),
        (Layer::Flatten, Kept::Shape(shape)) => unflatten(shape, &dy),
        (Layer::Dropout(_), Kept::Dropped(mask)) => {
            drop(mask, &mut dy.values);
            dy
        }
        (Layer::Linear(linear), Kept::Input(x)) => {
            let (dx, affine) = linear.backward(&x, named(parameters, &linear.name, "weight"), &dy);
            keep(&linear.name, ["weight", "bias"], affine);
            dx
        }
        (Layer::Residual { body, shortcut }, Kept::Branches(inner, outer)) => {
            let beside = backward(shortcut, parameters, outer, dy.clone(), gradients, false);
            let mut dx = backward(body, parameters, inner, dy, gradients, false);
            add(&mut dx, &beside);
            dx
        }
        _ => unreachable!("what was kept belongs to its layer"),
    }
}
