//! What residuals of a collection have in common.

use super::Operation;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::session::call::{Call, one};
use crate::tensor::{Tensor, TensorData};

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
/// | meansOfOthers | | rows | | rows |
/// | latticePeaks | | planes | period | peaks |
pub(super) const TABLE: &[(&str, Operation)] = &[("meansOfOthers", means_of_others), ("latticePeaks", lattice_peaks)];

fn means_of_others(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (_, features) = call.rows(x)?;
    one(x.shape().to_vec(), TensorData::F32(kernels.means_of_others(x.singles(call.op)?, features)?))
}

fn lattice_peaks(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let &[n, height, width] = x.shape() else { return Err(KernelError::shape(call.op, "[n, h, w]", x.shape())) };
    let out = kernels.lattice_peaks(x.singles(call.op)?, height, width, call.whole(0)?)?;
    one(vec![n, out.len() / n.max(1)], TensorData::F64(out))
}
