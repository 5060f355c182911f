//! Batches of planes.

use crate::real::Real;

/// [n, channels, height, width], row-major; rows of features have height and width 1.
#[derive(Debug, Clone)]
pub struct Tensor<T> {
    /// n, channels, height, width
    pub shape: [usize; 4],
    /// `shape`'s product of values.
    pub values: Vec<T>,
}

impl<T: Real> Tensor<T> {
    /// Nought everywhere.
    pub fn zeros(shape: [usize; 4]) -> Self {
        Self { shape, values: vec![T::default(); shape.iter().product()] }
    }

    /// Values of one picture of the batch.
    pub(crate) fn image(&self) -> usize {
        self.shape[1] * self.plane()
    }

    /// Values of one plane.
    pub(crate) fn plane(&self) -> usize {
        self.shape[2] * self.shape[3]
    }
}
