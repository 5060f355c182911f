//! Means of windows.

use rayon::prelude::*;

use super::{AveragePool, places};
use crate::real::Real;
use crate::tensor::Tensor;

/// The mean of each whole window.
pub(crate) fn average_pool<T: Real>(pool: &AveragePool, x: &Tensor<T>) -> Tensor<T> {
    let [n, c, height, width] = x.shape;
    let along = |length| places(length, pool.kernel, pool.stride, 0);
    let mut y = Tensor::zeros([n, c, along(height), along(width)]);
    let (w, size) = (along(width), y.plane());
    let share = T::of(1.0 / (pool.kernel * pool.kernel) as f64);
    y.values.par_chunks_mut(size).zip(x.values.par_chunks(height * width)).for_each(|(to, plane)| {
        for (i, to) in to.iter_mut().enumerate() {
            let start = i / w * pool.stride * width + i % w * pool.stride;
            let rows = (0..pool.kernel).map(|row| &plane[start + row * width..][..pool.kernel]);
            *to = share * rows.flatten().copied().sum();
        }
    });
    y
}

/// A share of each gradient at every place of its window.
pub(crate) fn average_pool_gradient<T: Real>(pool: &AveragePool, shape: [usize; 4], dy: &Tensor<T>) -> Tensor<T> {
    let mut dx = Tensor::zeros(shape);
    let (width, w, size) = (shape[3], dy.shape[3], dy.plane());
    let (plane, share) = (dx.plane(), T::of(1.0 / (pool.kernel * pool.kernel) as f64));
    dx.values.par_chunks_mut(plane).zip(dy.values.par_chunks(size)).for_each(|(to, dy)| {
        for (i, &dy) in dy.iter().enumerate() {
            let start = i / w * pool.stride * width + i % w * pool.stride;
            for row in 0..pool.kernel {
                to[start + row * width..][..pool.kernel].iter_mut().for_each(|to| *to += share * dy);
            }
        }
    });
    dx
}
