//! Batches of planes.

use crate::real::Real;

/// [n, channels, height, width]; rows of features have height and width 1. In memory channel by channel, the planes of a batch one after the other, so
/// that a layer is one matrix product over all pictures: ((c·n + i)·height + y)·width + x.
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

    /// From pictures one after the other (n, channels, height, width). Panics when their number is another.
    pub fn of_pictures(shape: [usize; 4], pictures: &[T]) -> Self {
        let [n, channels, height, width] = shape;
        assert_eq!(pictures.len(), n * channels * height * width);
        Self { shape, values: exchanged(pictures, n, channels, height * width) }
    }

    /// Pictures one after the other.
    pub fn pictures(&self) -> Vec<T> {
        exchanged(&self.values, self.shape[1], self.shape[0], self.plane())
    }

    /// Values of one channel of the batch.
    pub(crate) fn row(&self) -> usize {
        self.shape[0] * self.plane()
    }

    /// Values of one plane.
    pub(crate) fn plane(&self) -> usize {
        self.shape[2] * self.shape[3]
    }
}

/// [outer, inner, size] → [inner, outer, size]
pub(crate) fn exchanged<T: Real>(values: &[T], outer: usize, inner: usize, size: usize) -> Vec<T> {
    let mut to = Vec::with_capacity(values.len());
    for j in 0..inner {
        for i in 0..outer {
            to.extend_from_slice(&values[(i * inner + j) * size..][..size]);
        }
    }
    to
}
