//! Two-dimensional DCT-II, orthonormal.

use crate::context::{Kernels, with_scratch};
use crate::error::{KernelError, Result};
use crate::fft::block::{Rows, store_clipped};
use crate::fft::{Complex, Plan, transform};
use crate::simd::{Isa, Line, Real, Task, Vector, carve, dispatch, lines_for};
use std::f64::consts::PI;

/// A DCT-II of one length by Makhoul's reordering (Makhoul 1980): even samples forward, odd ones backward, one complex transform of
/// the same length for two lines at once, and one rotation of each coefficient.
pub(crate) struct DctPlan<T> {
    pub(crate) fft: Plan<T>,
    /// Where sample n goes.
    pub(crate) place: Vec<u32>,
    /// (cosine, sine) of πk/2n times the orthonormal scale and the half of the unpacking, for k ≤ n/2.
    rotations: Vec<[T; 2]>,
}

impl<T: Real> DctPlan<T> {
    pub(crate) fn new(n: usize) -> Self {
        let place = |i: usize| if i.is_multiple_of(2) { i / 2 } else { n - 1 - i / 2 } as u32;
        let rotation = |k: usize| {
            let scale = if k == 0 { (1.0 / n as f64).sqrt() } else { (0.5 / n as f64).sqrt() };
            let angle = PI * k as f64 / (2 * n) as f64;
            [T::of(scale * angle.cos()), T::of(scale * angle.sin())]
        };
        Self { fft: Plan::new(n), place: (0..n).map(place).collect(), rotations: (0..=n / 2).map(rotation).collect() }
    }
}

/// Takes the coefficients of a transform, k in any order. A trait and not a closure, as [`crate::fft`] explains.
pub(crate) trait Sink<V> {
    /// Coefficient k of the lines that went in as real parts (a) and as imaginary parts (b).
    fn put(&mut self, k: usize, a: V, b: V);
}

/// Unpacks two DCTs from one complex transform of their reordered samples.
#[inline(always)]
pub(crate) fn unpack<V: Vector>(plan: &DctPlan<V::Scalar>, z: &[Complex<V>], sink: &mut impl Sink<V>) {
    let n = plan.fft.n;
    let (z, rotations) = (&z[..n], &plan.rotations[..n / 2 + 1]);
    let scale = V::splat(rotations[0][0]);
    sink.put(0, z[0].re.mul(scale), z[0].im.mul(scale));
    let pairs = z[1..].iter().zip(z[1..].iter().rev());
    for ((k, rotation), (&u, &v)) in rotations.iter().enumerate().skip(1).zip(pairs) {
        let (cos, sin) = (V::splat(rotation[0]), V::splat(rotation[1]));
        let (a_re, a_im) = (u.re.add(v.re), u.im.sub(v.im));
        let (b_re, b_im) = (u.im.add(v.im), v.re.sub(u.re));
        sink.put(k, a_im.mul_add(sin, a_re.mul(cos)), b_im.mul_add(sin, b_re.mul(cos)));
        if k != n - k {
            sink.put(n - k, a_im.neg_mul_add(cos, a_re.mul(sin)), b_im.neg_mul_add(cos, b_re.mul(sin)));
        }
    }
}

/// Coefficient k of line i to `to[k·stride + i]`, for `width` lines from `first`.
struct ToColumns<'a, T> {
    to: &'a mut [T],
    stride: usize,
    first: usize,
    width: usize,
}

impl<V: Vector> Sink<V> for ToColumns<'_, V::Scalar> {
    #[inline(always)]
    fn put(&mut self, k: usize, a: V, b: V) {
        let out = &mut self.to[k * self.stride + self.first..][..self.width];
        if self.width == 2 * V::LANES {
            a.store(out);
            b.store(&mut out[V::LANES..]);
        } else {
            let (head, tail) = out.split_at_mut(self.width.min(V::LANES));
            store_clipped(a, head);
            store_clipped(b, tail);
        }
    }
}

/// DCT of every row; the result is transposed: coefficient k of row i stands at `to[k·stride + i]`.
#[inline(always)]
fn rows_to_columns<S: Isa, V: Vector>(
    plan: &DctPlan<V::Scalar>,
    from: Rows<'_, V::Scalar>,
    to: &mut [V::Scalar],
    stride: usize,
    buffers: (&mut [Complex<V>], &mut [Complex<V>]),
) {
    let (x, y) = buffers;
    for first in (0..from.count).step_by(2 * V::LANES) {
        from.load::<V, false>(first, &plan.place, x);
        from.load::<V, true>(first + V::LANES, &plan.place, x);
        let z = transform::<S, _>(&plan.fft, x, y);
        let width = (from.count - first).min(2 * V::LANES);
        unpack(plan, z, &mut ToColumns { to: &mut *to, stride, first, width });
    }
}

struct Dct2<'a, T> {
    plans: (&'a DctPlan<T>, &'a DctPlan<T>),
    from: &'a [T],
    to: &'a mut [T],
    scratch: &'a mut Vec<Line>,
}

impl<T: Real> Task for Dct2<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let (columns_plan, rows_plan) = self.plans;
        let (h, w) = (columns_plan.fft.n, rows_plan.fft.n);
        // The odd number of lines beside a power of two keeps columns out of each other's cache sets.
        let stride = h.next_multiple_of(16) + 16;
        let buffer = columns_plan.fft.buffer().max(rows_plan.fft.buffer());
        type Lanes<T, S> = Complex<<T as crate::simd::sealed::Scalar>::Vec<S>>;
        let needed = 2 * lines_for::<Lanes<T, S>>(buffer) + lines_for::<T>(w * stride);
        if self.scratch.len() < needed {
            self.scratch.resize(needed, Line::ZERO);
        }
        let (x, rest) = carve::<Lanes<T, S>>(self.scratch, buffer);
        let (y, rest) = carve::<Lanes<T, S>>(rest, buffer);
        let (middle, _) = carve::<T>(rest, w * stride);
        let rows = Rows { data: self.from, stride: w, count: h, length: w };
        rows_to_columns::<S, T::Vec<S>>(rows_plan, rows, middle, stride, (x, y));
        let columns = Rows { data: middle, stride, count: w, length: h };
        rows_to_columns::<S, T::Vec<S>>(columns_plan, columns, self.to, w, (x, y));
    }
}

impl Kernels {
    /// 2-D DCT-II, orthonormal, of each plane.
    ///
    /// `x`: planes [n, h, w], row-major; the result has the same layout, `[0, 0]` is the mean times √(h·w).
    /// Any sides ≥ 1; O(hw·log(hw)); fast for sides 2^a·3^b·5^c·7^d, others cost about five times as much.
    /// Equals SciPy's `dctn(type=2, norm="ortho")`: float32 within 3e-7·√log2(hw) of the largest coefficient, float64 within 1e-15 of it.
    /// Errors: [`KernelError::Shape`] if a side is 0 or `x` is not whole planes. Source: Frank et al. 2020, section 3; Makhoul 1980.
    pub fn dct2<T: Real>(&self, x: &[T], height: usize, width: usize) -> Result<Vec<T>> {
        if height == 0 || width == 0 || !x.len().is_multiple_of(height * width) {
            return Err(KernelError::shape("dct2", "planes with sides of at least 1", [height, width]));
        }
        let caches = &T::plans(self).dct;
        let plans = (caches.get(height, DctPlan::new), caches.get(width, DctPlan::new));
        let mut out = self.buffer::<T>("dct2", x.len())?;
        self.each(x, height * width, &mut out, height * width, |_, from, to| {
            with_scratch(|scratch| dispatch(Dct2 { plans: (&plans.0, &plans.1), from, to, scratch }));
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::{Level, dispatch_at};

    #[test]
    fn every_instruction_set_of_this_processor_agrees() {
        for (h, w) in [(16, 16), (37, 50), (64, 33), (3, 224), (61, 7)] {
            let x: Vec<f64> = (0..h * w).map(|i| (i * 7919 % 256) as f64).collect();
            let plans = (DctPlan::new(h), DctPlan::new(w));
            let at = |level| {
                let mut to = vec![f64::NAN; h * w];
                let task = Dct2 { plans: (&plans.0, &plans.1), from: &x, to: &mut to, scratch: &mut Vec::new() };
                dispatch_at(level, task);
                to
            };
            let base = at(Level::Base);
            for level in [Level::Avx2, Level::Avx512] {
                for (a, b) in at(level).iter().zip(&base) {
                    assert!((a - b).abs() < 1e-9, "{} {h}×{w}: {a} {b}", level.name());
                }
            }
        }
    }
}
