//! Layers, each with its gradient.

mod average_pool;
mod batch_norm;
mod convolution;
mod dropout;
mod linear;
mod pool;

use serde::Deserialize;

pub(crate) use average_pool::{average_pool, average_pool_gradient};
pub(crate) use batch_norm::Statistics;
pub(crate) use dropout::{Mask, drop};
pub(crate) use pool::{average, average_gradient, max_pool, max_pool_gradient};

/// One layer; names are those of PyTorch's state. As JSON: `Layer` of `@syntrace/core`.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Layer {
    /// A convolution.
    Convolution(Convolution),
    /// Batch normalisation.
    BatchNorm(BatchNorm),
    /// max(x, 0)
    Relu,
    /// Largest value of a window.
    MaxPool(MaxPool),
    /// Mean of a window.
    AveragePool(AveragePool),
    /// Mean over the plane.
    GlobalAveragePool,
    /// [n, c, h, w] → [n, c·h·w]
    Flatten,
    /// While training, values are nought with a probability, the others grow by as much.
    Dropout(Dropout),
    /// Wx + b
    Linear(Linear),
    /// body(x) + shortcut(x); an empty shortcut is x itself.
    Residual {
        /// The branch that learns the difference.
        body: Vec<Layer>,
        /// What is added to it.
        shortcut: Vec<Layer>,
    },
}

/// Square kernel, symmetric zero padding: `NAME.weight` [to, from, kernel, kernel], and `NAME.bias` [to] where it has one.
#[derive(Debug, Clone, Deserialize)]
pub struct Convolution {
    /// Before `.weight`.
    pub name: String,
    /// Channels in.
    pub from: usize,
    /// Channels out.
    pub to: usize,
    /// Side of the kernel.
    pub kernel: usize,
    /// Step in samples.
    pub stride: usize,
    /// Zeros around the plane.
    pub padding: usize,
    /// Whether each output channel has a number that is added.
    pub bias: bool,
}

/// By the statistics of the batch while training; `NAME.weight`, `.bias`, and running statistics.
#[derive(Debug, Clone, Deserialize)]
pub struct BatchNorm {
    /// Before `.weight`, `.bias`, `.running_mean`, `.running_var`.
    pub name: String,
    /// Channels.
    pub channels: usize,
    /// Added to the variance.
    pub epsilon: f64,
    /// Share of a batch in the running statistics.
    #[serde(default = "torch_momentum")]
    pub momentum: f64,
}

/// Square window; padding counts as minus infinity.
#[derive(Debug, Clone, Deserialize)]
pub struct MaxPool {
    /// Side of the window.
    pub kernel: usize,
    /// Step in samples.
    pub stride: usize,
    /// Samples around the plane.
    pub padding: usize,
}

/// Square window without padding.
#[derive(Debug, Clone, Deserialize)]
pub struct AveragePool {
    /// Side of the window.
    pub kernel: usize,
    /// Step in samples.
    pub stride: usize,
}

/// Acts while training alone.
#[derive(Debug, Clone, Deserialize)]
pub struct Dropout {
    /// Probability of nought, 0 to below 1.
    pub rate: f64,
}

/// `NAME.weight` [to, from], `NAME.bias` [to].
#[derive(Debug, Clone, Deserialize)]
pub struct Linear {
    /// Before `.weight` and `.bias`.
    pub name: String,
    /// Features in.
    pub from: usize,
    /// Features out.
    pub to: usize,
}

const fn torch_momentum() -> f64 {
    0.1
}

/// Places of a window along an axis.
pub(crate) fn places(length: usize, kernel: usize, stride: usize, padding: usize) -> usize {
    (length + 2 * padding - kernel) / stride + 1
}
