//! Pooling.

use rayon::prelude::*;

use super::{MaxPool, places};
use crate::real::Real;
use crate::tensor::Tensor;

/// The largest value of each window and where it lay in its plane; of equal ones the first, as PyTorch has it.
pub(crate) fn max_pool<T: Real>(pool: &MaxPool, x: &Tensor<T>) -> (Tensor<T>, Vec<u32>) {
    let [n, c, height, width] = x.shape;
    let along = |length| places(length, pool.kernel, pool.stride, pool.padding);
    let (h, w) = (along(height), along(width));
    let mut y = Tensor::zeros([n, c, h, w]);
    let mut at = vec![0u32; y.values.len()];
    let range = |i: usize, length: usize| {
        let start = i * pool.stride;
        start.saturating_sub(pool.padding)..(start + pool.kernel).saturating_sub(pool.padding).min(length)
    };
    let planes = x.values.par_chunks(height * width);
    y.values.par_chunks_mut(h * w).zip(at.par_chunks_mut(h * w)).zip(planes).for_each(|((to, at), plane)| {
        for (i, (to, at)) in to.iter_mut().zip(at).enumerate() {
            let rows = range(i / w, height);
            let mut best = rows.start * width + range(i % w, width).start;
            for y in rows {
                for x in range(i % w, width) {
                    if plane[y * width + x] > plane[best] {
                        best = y * width + x;
                    }
                }
            }
            (*to, *at) = (plane[best], best as u32);
        }
    });
    (y, at)
}

/// Each gradient at the place its value came from.
pub(crate) fn max_pool_gradient<T: Real>(shape: [usize; 4], at: &[u32], dy: &Tensor<T>) -> Tensor<T> {
    let mut dx = Tensor::zeros(shape);
    let (from, to) = (dy.plane(), dx.plane());
    dx.values.par_chunks_mut(to).zip(dy.values.par_chunks(from)).zip(at.par_chunks(from)).for_each(|((to, dy), at)| {
        dy.iter().zip(at).for_each(|(&dy, &at)| to[at as usize] += dy);
    });
    dx
}

/// The mean of each plane.
pub(crate) fn average<T: Real>(x: &Tensor<T>) -> Tensor<T> {
    let plane = x.plane();
    let mean = |values: &[T]| T::of(values.iter().map(|value| value.to_f64()).sum::<f64>() / plane as f64);
    Tensor { shape: [x.shape[0], x.shape[1], 1, 1], values: x.values.par_chunks(plane).map(mean).collect() }
}

/// A share of the gradient at every place.
pub(crate) fn average_gradient<T: Real>(shape: [usize; 4], dy: &Tensor<T>) -> Tensor<T> {
    let mut dx = Tensor::zeros(shape);
    let plane = dx.plane();
    let share = T::of(1.0 / plane as f64);
    dx.values.par_chunks_mut(plane).zip(&dy.values).for_each(|(to, &dy)| to.fill(dy * share));
    dx
}
