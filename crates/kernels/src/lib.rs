//! The numerics of Syntrace, each algorithm once, in pure Rust: compiled to WASM SIMD and to a Node addon by thin binding crates.
//!
//! Every operation is a method of [`Kernels`], takes row-major slices with their sizes and returns a new buffer, or a
//! [`KernelError`]; none panics on wrong arguments. Planes of a batch are independent and spread over threads.
//! [`Session`] holds tensors by number and runs operations by name: what a binding exposes.

mod colour;
mod context;
mod correlation;
mod crop;
mod dct;
mod error;
mod exp;
mod fft;
mod filters;
mod grid_fit;
mod heat_map;
mod interleave;
mod lattice;
mod leave_one_out;
mod linear;
mod log;
mod masksim;
mod moments;
mod neighbours;
mod noise;
mod npr;
mod radial;
mod rich_model;
mod row_products;
mod session;
mod sharpness;
mod simd;
mod tensor;
mod texture;
mod thumbnail;
mod tile_dct;
mod watermark;

pub use colour::ColourSpace;
pub use context::{Element, Kernels};
pub use correlation::{PCE_COLUMNS, Pair, PairsOf, PceReport};
pub use crop::Window;
pub use error::{KernelError, Result};
pub use filters::{Arithmetic, Gaussian, Resampling};
pub use heat_map::ColourMap;
pub use log::Logarithm;
pub use masksim::{Adam, AdamForm, MaskGradients, MaskHeads, MaskSimilarity, NORM, SPECTRA};
pub use moments::Moments;
pub use neighbours::{Eigen, Nearest, PrincipalAxes, Svd};
pub use noise::{Band, Border, PrnuSums, Residual, Sample, Saturation};
pub use radial::Origin;
pub use rich_model::{RICH_MODEL_FEATURES, Scale};
pub use session::{Call, Session};
pub use simd::{Level, Real};
pub use tensor::{DType, Tensor, TensorData};
pub use texture::{CSD_FEATURES, HARALICK_FEATURES, Rounding, YcbcrCoefficients};
pub use tile_dct::{TileGrid, TileStatistics};
