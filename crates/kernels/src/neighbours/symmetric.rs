//! Eigenvectors of symmetric matrices: nalgebra's, in one order and with one choice of signs.

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use nalgebra::DMatrix;

/// Eigenvalues of a symmetric matrix, largest first, and unit eigenvectors as rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigen {
    /// [n]
    pub values: Vec<f64>,
    /// [n, n], row i belongs to value i; the component of largest size is positive.
    pub vectors: Vec<f64>,
}

/// Sweeps that one value may take; nothing that is finite has been seen to need a tenth.
const SWEEPS: usize = 300;

pub(super) fn checked(op: &'static str, x: &[f64], rows: usize, columns: usize) -> Result<()> {
    if rows == 0 || columns == 0 || x.len() != rows.saturating_mul(columns) {
        return Err(KernelError::shape(op, "a matrix with sides of at least 1", [rows, columns]));
    }
    if x.iter().any(|v| !v.is_finite()) {
        return Err(KernelError::value(op, "the matrix must have finite numbers"));
    }
    Ok(())
}

/// −1 where the component of largest size (the first of several) is negative, else 1.
pub(super) fn sign(vector: impl Iterator<Item = f64>) -> f64 {
    let largest = vector.reduce(|a, b| if b.abs() > a.abs() { b } else { a });
    if largest.unwrap_or(0.0) < 0.0 { -1.0 } else { 1.0 }
}

/// Places of values, largest first; of equal ones in their order.
pub(super) fn descending(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
    order
}

impl Kernels {
    /// Eigenvalues and eigenvectors of a symmetric matrix [n, n] (the upper half is not read), float64, one thread. O(n³).
    ///
    /// Errors: [`KernelError::Shape`] unless the matrix is square, [`KernelError::Value`] if it has values that are not finite or the
    /// iteration does not converge. Householder tridiagonalisation and implicit QR (nalgebra).
    pub fn symmetric_eigen(&self, x: &[f64], n: usize) -> Result<Eigen> {
        checked("symmetricEigen", x, n, n)?;
        let matrix = DMatrix::from_fn(n, n, |i, j| x[i.max(j) * n + i.min(j)]);
        let found = matrix.try_symmetric_eigen(f64::EPSILON, SWEEPS * n);
        let found = found.ok_or_else(|| KernelError::value("symmetricEigen", "the iteration does not converge"))?;
        let order = descending(found.eigenvalues.as_slice());
        let mut vectors = Vec::with_capacity(n * n);
        for &i in &order {
            let column = found.eigenvectors.column(i);
            let sign = sign(column.iter().copied());
            vectors.extend(column.iter().map(|v| v * sign));
        }
        Ok(Eigen { values: order.iter().map(|&i| found.eigenvalues[i]).collect(), vectors })
    }
}
