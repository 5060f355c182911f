//! Fourier transforms of many lines at once.
//!
//! Every lane of a vector carries another line, so that a butterfly needs no shuffles whatever the width of the vectors: the same code
//! runs at 4 lanes in WASM and at 16 with AVX-512. Lines are rows or columns of a plane, moved in and out by blocks ([`block`]).
//! Sides 2^a·3^b·5^c·7^d go through Stockham's self-sorting passes of radix 4, 2, 3, 5 and 7; all others through Bluestein's chirp
//! (Bluestein 1970), which costs about five times as much and is O(n log n) too, for primes as well.

pub(crate) mod block;
mod complex;
mod plan;
mod real;
mod stages;

pub(crate) use plan::{Cache, Plan};

pub(crate) use stages::{Complex, transform};
