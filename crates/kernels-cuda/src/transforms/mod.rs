//! Batched transforms: our own, or cuFFT's where its library is found.

pub(crate) mod cufft;
pub(crate) mod plan;
