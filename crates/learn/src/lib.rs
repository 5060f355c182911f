//! Learners of Syntrace: what `fit` of a detector calls. Deterministic, float64 inside, no bindings.
#![warn(missing_docs)]

mod elastic;
mod error;
mod logistic;
mod minimise;
mod one_class;
mod problem;
mod ridge;
mod squared_hinge;
mod squares;

pub use elastic::elastic;
pub use error::LearnError;
pub use logistic::logistic;
pub use one_class::{OneClassModel, OneClassProblem, one_class};
pub use problem::{Model, Problem};
pub use ridge::ridge;
pub use squared_hinge::squared_hinge;
