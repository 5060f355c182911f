//! Two-dimensional transforms of complex planes.

use super::block::{Rows, store_clipped};
use super::real::Scratch;
use super::{Plan, transform};
use crate::context::{Kernels, with_scratch};
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Line, Real, Task, Vector, dispatch};

struct Transform<'a, T> {
    plans: (&'a Plan<T>, &'a Plan<T>),
    inverse: bool,
    from: &'a [T],
    to: &'a mut [T],
    lines: &'a mut Vec<Line>,
}

impl<T: Real> Task for Transform<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let (h, w) = (self.plans.0.n, self.plans.1.n);
        let Scratch { x, y, re, im, stride } = Scratch::<T::Vec<S>>::carve(self.lines, self.plans, w);
        let lanes = T::Vec::<S>::LANES;
        let scale = T::Vec::<S>::splat(T::of(if self.inverse { 1.0 / (h * w) as f64 } else { 1.0 }));
        let mut square = [scale; 16];
        // Rows alternate re and im; swapped on the way in and out, the forward passes give the inverse.
        let rows = Rows { data: self.from, stride: 2 * w, count: h, length: 2 * w };
        for first in (0..h).step_by(lanes) {
            for start in (0..2 * w).step_by(lanes) {
                rows.square(first, start, &mut square);
                for column in start..(start + lanes).min(2 * w) {
                    if (column % 2 == 1) != self.inverse {
                        x[column / 2].im = square[column - start];
                    } else {
                        x[column / 2].re = square[column - start];
                    }
                }
            }
            let z = transform::<S, _>(self.plans.1, x, y);
            for (k, value) in z[..w].iter().enumerate() {
                value.re.store(&mut re[k * stride + first..]);
                value.im.store(&mut im[k * stride + first..]);
            }
        }
        let columns = |data| Rows { data, stride, count: w, length: h };
        for first in (0..w).step_by(lanes) {
            columns(&*re).load::<T::Vec<S>, false>(first, &self.plans.0.order, x);
            columns(&*im).load::<T::Vec<S>, true>(first, &self.plans.0.order, x);
            let z = transform::<S, _>(self.plans.0, x, y);
            let width = 2 * (w - first).min(lanes);
            for (row, value) in z[..h].iter().enumerate() {
                let (a, b) = if self.inverse { (value.im, value.re) } else { (value.re, value.im) };
                let (low, high) = T::Vec::<S>::zip(a.mul(scale), b.mul(scale));
                let (head, tail) = self.to[(row * w + first) * 2..][..width].split_at_mut(width.min(lanes));
                store_clipped(low, head);
                store_clipped(high, tail);
            }
        }
    }
}

impl Kernels {
    /// 2-D FFT of complex planes [n, h, w, 2] of (re, im), unnormalised; with `inverse` the inverse, divided by h·w. Equals NumPy's `fft2`
    /// and `ifft2`.
    ///
    /// Any sides ≥ 1, primes too; O(hw·log(hw)); fast for sides 2^a·3^b·5^c·7^d, others cost about five times as much. Errors as
    /// [`Kernels::rfft2`]. Errors: [`KernelError::Shape`] if a side is 0 or `x` is not whole planes.
    pub fn fft2<T: Real>(&self, x: &[T], height: usize, width: usize, inverse: bool) -> Result<Vec<T>> {
        let op = if inverse { "ifft2" } else { "fft2" };
        let size = 2 * height * width;
        if size == 0 || !x.len().is_multiple_of(size) {
            return Err(KernelError::shape(op, "complex planes with sides of at least 1", [height, width]));
        }
        let caches = &T::plans(self).fft;
        let plans = (caches.get(height, Plan::new), caches.get(width, Plan::new));
        let mut out = self.buffer(op, x.len())?;
        self.each(x, size, &mut out, size, |_, from, to| {
            with_scratch(|lines| dispatch(Transform { plans: (&plans.0, &plans.1), inverse, from, to, lines }));
        });
        Ok(out)
    }
}
