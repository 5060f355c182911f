//! Training of small convolutional networks: layers with explicit forward and backward passes over matrix products, in float32 or float64, on as many
//! threads as rayon has. The layers are those of `Network` in `@syntrace/core`. No bindings.
#![warn(missing_docs)]

mod adam;
mod layers;
mod loss;
mod network;
mod real;
mod tensor;

pub use adam::Adam;
pub use layers::{BatchNorm, Convolution, Layer, Linear, MaxPool};
pub use loss::binary_cross_entropy;
pub use network::{Network, Parameters, Step};
pub use real::Real;
pub use tensor::Tensor;
