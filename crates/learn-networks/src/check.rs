//! Whether layers fit each other and a batch.

use std::collections::BTreeSet;

use crate::layers::{Layer, places};
use crate::network::Network;
use crate::parameters::parameters;

impl Network {
    /// The shape of what comes out for an input of a shape, or in words why nothing can.
    pub fn check(&self, input: [usize; 4]) -> Result<[usize; 4], String> {
        let mut names = BTreeSet::new();
        if let Some(twin) = parameters(&self.layers).into_iter().find(|parameter| !names.insert(parameter.name.clone()))
        {
            return Err(format!("two parameters are called {}", twin.name));
        }
        if input.contains(&0) {
            return Err(format!("the input is empty: {input:?}"));
        }
        through(&self.layers, input)
    }
}

fn through(layers: &[Layer], shape: [usize; 4]) -> Result<[usize; 4], String> {
    layers.iter().try_fold(shape, |shape, layer| one(layer, shape))
}

fn one(layer: &Layer, shape: [usize; 4]) -> Result<[usize; 4], String> {
    let [n, c, h, w] = shape;
    let window = |what: &str, channels: usize, kernel: usize, stride: usize, padding: usize| {
        if kernel == 0 || stride == 0 || h.min(w) + 2 * padding < kernel {
            return Err(format!("{what}: no window of {kernel} with stride {stride} fits planes of {h}×{w}"));
        }
        Ok([n, channels, places(h, kernel, stride, padding), places(w, kernel, stride, padding)])
    };
    let wants = |name: &str, wanted: usize, found: usize, what: &str| {
        if wanted == found { Ok(()) } else { Err(format!("{name} wants {wanted} {what}, receives {found}")) }
    };
    match layer {
        Layer::Convolution(layer) => {
            wants(&layer.name, layer.from, c, "channels")?;
            if layer.to == 0 {
                return Err(format!("{} has no outputs", layer.name));
            }
            window(&layer.name, layer.to, layer.kernel, layer.stride, layer.padding)
        }
        Layer::BatchNorm(layer) => {
            wants(&layer.name, layer.channels, c, "channels")?;
            Ok(shape)
        }
        Layer::MaxPool(layer) => {
            if 2 * layer.padding > layer.kernel {
                return Err(format!("max-pool: a padding of {} for a window of {}", layer.padding, layer.kernel));
            }
            window("max-pool", c, layer.kernel, layer.stride, layer.padding)
        }
        Layer::AveragePool(layer) => window("average-pool", c, layer.kernel, layer.stride, 0),
        Layer::GlobalAveragePool => Ok([n, c, 1, 1]),
        Layer::Flatten => Ok([n, c * h * w, 1, 1]),
        Layer::Linear(layer) => {
            wants(&layer.name, layer.from, c, "features")?;
            if h * w != 1 || layer.to == 0 {
                return Err(format!("{} needs features, not planes, and outputs", layer.name));
            }
            Ok([n, layer.to, 1, 1])
        }
        Layer::Dropout(layer) if !(0.0..1.0).contains(&layer.rate) => {
            Err(format!("a dropout of {} is not in 0…1", layer.rate))
        }
        Layer::Relu | Layer::Dropout(_) => Ok(shape),
        Layer::Residual { body, shortcut } => {
            let [inner, outer] = [through(body, shape)?, through(shortcut, shape)?];
            if inner != outer {
                return Err(format!("a residual's branches give {inner:?} and {outer:?}"));
            }
            Ok(inner)
        }
    }
}
