//! How well noise residuals match: cyclic cross-correlation and the signed peak-to-correlation energy (PCE).

mod block;
mod exact;
mod pairs;
mod pce;
mod shape;
mod spectra;
mod statistics;
mod surface;

pub use pairs::{Pair, PairsOf};
pub use pce::{PCE_COLUMNS, PceReport};
