//! Every operation by the name that the TypeScript contract gives it, by theme. Adding a kernel means a line in the table of its theme,
//! a function beside it and a method in the bridge.

mod collections;
mod correlation;
mod filters;
mod forensics;
mod neighbours;
mod noise;
mod pixels;
mod rows;
mod spectra;
mod texture;
mod transforms;

use super::call::Call;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::tensor::Tensor;

/// What runs a call.
pub(super) type Operation = fn(&Call, &Kernels) -> Result<Vec<Tensor>>;

const THEMES: [&[(&str, Operation)]; 11] = [
    pixels::TABLE,
    transforms::TABLE,
    rows::TABLE,
    noise::TABLE,
    correlation::TABLE,
    texture::TABLE,
    spectra::TABLE,
    filters::TABLE,
    forensics::TABLE,
    neighbours::TABLE,
    collections::TABLE,
];

/// The operation of a name, with the name as the table spells it. Errors: [`KernelError::Value`] for an unknown one.
pub(super) fn known(op: &str) -> Result<(&'static str, Operation)> {
    let found = THEMES.into_iter().flatten().find(|(name, _)| *name == op);
    found.copied().ok_or_else(|| KernelError::value("call", format!("there is no operation {op:?}")))
}

/// The names of all operations.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    THEMES.into_iter().flatten().map(|(name, _)| *name)
}
