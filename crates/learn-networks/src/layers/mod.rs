//! Layers, each with its gradient.

mod batch_norm;
mod convolution;
mod linear;
mod pool;

pub(crate) use batch_norm::Statistics;
pub(crate) use pool::{average, average_gradient, max_pool, max_pool_gradient};

/// One layer; names are those of PyTorch's state.
#[derive(Debug, Clone)]
pub enum Layer {
    /// A convolution without bias.
    Convolution(Convolution),
    /// Batch normalisation.
    BatchNorm(BatchNorm),
    /// max(x, 0)
    Relu,
    /// Largest value of a window.
    MaxPool(MaxPool),
    /// Mean over the plane.
    GlobalAveragePool,
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

/// Square kernel, symmetric zero padding, no bias: `NAME.weight` [to, from, kernel, kernel].
#[derive(Debug, Clone)]
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
}

/// By the statistics of the batch while training; `NAME.weight`, `.bias`, and running statistics.
#[derive(Debug, Clone)]
pub struct BatchNorm {
    /// Before `.weight`, `.bias`, `.running_mean`, `.running_var`.
    pub name: String,
    /// Channels.
    pub channels: usize,
    /// Added to the variance.
    pub epsilon: f64,
    /// Share of a batch in the running statistics.
    pub momentum: f64,
}

/// Square window; padding counts as minus infinity.
#[derive(Debug, Clone)]
pub struct MaxPool {
    /// Side of the window.
    pub kernel: usize,
    /// Step in samples.
    pub stride: usize,
    /// Samples around the plane.
    pub padding: usize,
}

/// `NAME.weight` [to, from], `NAME.bias` [to].
#[derive(Debug, Clone)]
pub struct Linear {
    /// Before `.weight` and `.bias`.
    pub name: String,
    /// Features in.
    pub from: usize,
    /// Features out.
    pub to: usize,
}

/// Places of a window along an axis.
pub(crate) fn places(length: usize, kernel: usize, stride: usize, padding: usize) -> usize {
    (length + 2 * padding - kernel) / stride + 1
}
