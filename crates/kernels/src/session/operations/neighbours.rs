//! Distances between rows and their principal axes.

use super::Operation;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::neighbours::{Nearest, PrincipalAxes};
use crate::session::call::{Call, of_floats, one};
use crate::tensor::{Tensor, TensorData};

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
/// | distances | | rows, rows | | distances |
/// | nearest | | queries, rows | k, without self (0 or 1) | distances, indices |
/// | symmetricEigen | | matrix | | values, vectors |
/// | svd | | matrix | | u, s, v |
/// | principalAxes | | rows | count | mean, axes, variances |
pub(super) const TABLE: &[(&str, Operation)] = &[
    ("distances", distances),
    ("nearest", nearest),
    ("symmetricEigen", symmetric_eigen),
    ("svd", svd),
    ("principalAxes", principal_axes),
];

fn f64s(shape: &[usize], values: Vec<f64>) -> Result<Tensor> {
    Tensor::new(shape.to_vec(), TensorData::F64(values))
}

/// Runs on two sets of rows of one precision and width.
macro_rules! of_pairs {
    ($call:expr, |$a:ident, $b:ident, $width:ident| $work:expr) => {{
        let (left, right) = ($call.input(0)?, $call.input(1)?);
        let ((_, $width), (_, other)) = ($call.rows(left)?, $call.rows(right)?);
        if $width != other {
            return Err(KernelError::shape($call.op, format!("rows of {} values", $width), right.shape()));
        }
        match (left.data(), right.data()) {
            (TensorData::F32($a), TensorData::F32($b)) => $work,
            (TensorData::F64($a), TensorData::F64($b)) => $work,
            _ => {
                let received = right.dtype().name();
                Err(KernelError::Dtype { op: $call.op, expected: "f32 or f64, the same on both sides", received })
            }
        }
    }};
}

fn distances(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let out = of_pairs!(call, |a, b, width| kernels.distances(a, b, width))?;
    let count = call.rows(call.input(0)?)?.0;
    one(vec![count, out.len() / count], TensorData::F64(out))
}

fn nearest(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (k, without_self) = (call.whole(0)?, call.number(1)? != 0.0);
    let found = of_pairs!(call, |a, b, width| kernels.nearest(a, b, width, k, without_self))?;
    let Nearest { distances, indices } = found;
    let shape = [distances.len() / k, k];
    Ok(vec![f64s(&shape, distances)?, f64s(&shape, indices.into_iter().map(f64::from).collect())?])
}

/// A matrix [m, n].
fn matrix<'a>(call: &Call, x: &'a Tensor) -> Result<(&'a [f64], usize, usize)> {
    let &[m, n] = x.shape() else { return Err(KernelError::shape(call.op, "[m, n]", x.shape())) };
    Ok((x.doubles(call.op)?, m, n))
}

fn symmetric_eigen(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (x, m, n) = matrix(call, call.input(0)?)?;
    if m != n {
        return Err(KernelError::shape(call.op, "[n, n]", [m, n]));
    }
    let found = kernels.symmetric_eigen(x, n)?;
    Ok(vec![f64s(&[n], found.values)?, f64s(&[n, n], found.vectors)?])
}

fn svd(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (x, m, n) = matrix(call, call.input(0)?)?;
    let found = kernels.svd(x, m, n)?;
    let k = m.min(n);
    Ok(vec![f64s(&[m, k], found.u)?, f64s(&[k], found.s)?, f64s(&[k, n], found.v)?])
}

fn principal_axes(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (x, count) = (call.input(0)?, call.whole(0)?);
    let (_, width) = call.rows(x)?;
    let PrincipalAxes { mean, axes, variances } =
        of_floats!(call, x, |values| kernels.principal_axes(values, width, count))?;
    Ok(vec![f64s(&[width], mean)?, f64s(&[count, width], axes)?, f64s(&[variances.len()], variances)?])
}
