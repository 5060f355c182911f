//! Training of small convolutional networks: layers with explicit forward and backward passes over matrix products, in float32 or float64, on as many
//! threads as rayon has. The layers are those of `Network` in `@syntrace/core`. No bindings.
#![warn(missing_docs)]

mod check;
mod elementwise;
mod evaluate;
mod initial;
mod layers;
mod loss;
mod network;
mod optimiser;
mod parameters;
mod random;
mod real;
mod tensor;
mod trainer;

pub use initial::Initial;
pub use layers::{AveragePool, BatchNorm, Convolution, Dropout, Layer, Linear, MaxPool};
pub use loss::Loss;
pub use network::{Network, Parameters, Step};
pub use optimiser::{Method, Optimiser};
pub use parameters::{Parameter, Role};
pub use real::Real;
pub use tensor::Tensor;
pub use trainer::{Options, Outcome, Penalty, TrainError, Trainer};
