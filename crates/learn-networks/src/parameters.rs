//! What a network's state holds.

use crate::layers::Layer;

/// What a parameter does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Of a convolution or a linear layer.
    Weight,
    /// Added to an output.
    Bias,
    /// Of a batch norm.
    Scale,
    /// Of a batch norm.
    Shift,
    /// Running, of a batch norm.
    Mean,
    /// Running, of a batch norm.
    Variance,
}

/// An entry of the state.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// As PyTorch names it.
    pub name: String,
    /// Sizes.
    pub shape: Vec<usize>,
    /// What it does.
    pub role: Role,
}

impl Parameter {
    /// Values.
    pub fn size(&self) -> usize {
        self.shape.iter().product()
    }
}

/// The state of layers, in the order of PyTorch's `state_dict`.
pub(crate) fn parameters(layers: &[Layer]) -> Vec<Parameter> {
    layers.iter().flat_map(of_layer).collect()
}

fn of_layer(layer: &Layer) -> Vec<Parameter> {
    let entry = |name: &str, word: &str, shape: &[usize], role| Parameter {
        name: format!("{name}.{word}"),
        shape: shape.to_vec(),
        role,
    };
    match layer {
        Layer::Convolution(c) => {
            let mut all = vec![entry(&c.name, "weight", &[c.to, c.from, c.kernel, c.kernel], Role::Weight)];
            all.extend(c.bias.then(|| entry(&c.name, "bias", &[c.to], Role::Bias)));
            all
        }
        Layer::BatchNorm(n) => {
            let words = ["weight", "bias", "running_mean", "running_var"];
            let roles = [Role::Scale, Role::Shift, Role::Mean, Role::Variance];
            words.into_iter().zip(roles).map(|(word, role)| entry(&n.name, word, &[n.channels], role)).collect()
        }
        Layer::Linear(l) => {
            vec![entry(&l.name, "weight", &[l.to, l.from], Role::Weight), entry(&l.name, "bias", &[l.to], Role::Bias)]
        }
        Layer::Residual { body, shortcut } => body.iter().chain(shortcut).flat_map(of_layer).collect(),
        _ => Vec::new(),
    }
}
