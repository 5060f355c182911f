//! Traces of watermarks and of earlier encodes.

use super::Operation;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::session::call::{Call, one};
use crate::tensor::{Tensor, TensorData};

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
/// | watermarkVotes | | images | bits of each message | votes |
/// | gridFit | | plane, tables | | means and counts |
/// | gridFitMap | | plane, table | y, x | means |
pub(super) const TABLE: &[(&str, Operation)] =
    &[("watermarkVotes", watermark_votes), ("gridFit", grid_fit), ("gridFitMap", grid_fit_map)];

fn watermark_votes(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [n, h, w, c] = call.images(x)?;
    if c != 3 {
        return Err(KernelError::shape(call.op, "[b, h, w, 3]", x.shape()));
    }
    let lengths: Vec<usize> = (0..call.parameters.len()).map(|i| call.whole(i)).collect::<Result<_>>()?;
    let votes = kernels.watermark_votes(x.bytes(call.op)?, h, w, &lengths)?;
    one(vec![n, lengths.iter().sum()], TensorData::F32(votes))
}

fn grid_fit(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (plane, tables) = (call.input(0)?, call.input(1)?);
    let (_, h, w) = call.planes(plane)?;
    let (count, steps) = call.rows(tables)?;
    if steps != 64 {
        return Err(KernelError::shape(call.op, "tables [k, 64]", tables.shape()));
    }
    let out = kernels.grid_fit(plane.singles(call.op)?, h, w, tables.singles(call.op)?)?;
    one(vec![64, count, 2], TensorData::F32(out))
}

fn grid_fit_map(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (plane, table) = (call.input(0)?, call.input(1)?);
    let (_, h, w) = call.planes(plane)?;
    let corner = (call.whole(0)?, call.whole(1)?);
    let (out, rows, columns) = kernels.grid_fit_map(plane.singles(call.op)?, h, w, table.singles(call.op)?, corner)?;
    one(vec![rows, columns], TensorData::F32(out))
}
