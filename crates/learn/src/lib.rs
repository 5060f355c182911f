//! Learners of Syntrace: what `fit` of a detector calls. Deterministic, float64 inside, no bindings.
#![warn(missing_docs)]

mod elastic;
mod error;
mod logistic;
mod problem;
mod ridge;
mod squares;

pub use elastic::elastic;
pub use error::LearnError;
pub use logistic::logistic;
pub use problem::{Model, Problem};
pub use ridge::ridge;
