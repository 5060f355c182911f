//! Two-dimensional transforms of real planes, half spectrum, and back.

use super::block::{Rows, store_clipped};
use super::{Complex, Plan, transform};
use crate::context::{Kernels, with_scratch};
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Line, Real, Task, Vector, carve, dispatch, lines_for};

/// Scratch of a plane: two transform buffers and the transposed spectrum as two planes [bins, stride].
pub(super) struct Scratch<'a, V: Vector> {
    pub(super) x: &'a mut [Complex<V>],
    pub(super) y: &'a mut [Complex<V>],
    pub(super) re: &'a mut [V::Scalar],
    pub(super) im: &'a mut [V::Scalar],
    pub(super) stride: usize,
}

impl<'a, V: Vector> Scratch<'a, V> {
    pub(super) fn carve(lines: &'a mut Vec<Line>, plans: (&Plan<V::Scalar>, &Plan<V::Scalar>), bins: usize) -> Self {
        let h = plans.0.n;
        let buffer = plans.0.buffer().max(plans.1.buffer());
        let stride = h.next_multiple_of(16) + 16;
        let needed = 2 * lines_for::<Complex<V>>(buffer) + 2 * lines_for::<V::Scalar>(bins * stride);
        if lines.len() < needed {
            lines.resize(needed, Line::ZERO);
        }
        let (x, rest) = carve(lines, buffer);
        let (y, rest) = carve(rest, buffer);
        let (re, rest) = carve(rest, bins * stride);
        let (im, _) = carve(rest, bins * stride);
        Self { x, y, re, im, stride }
    }
}

struct Forward<'a, T> {
    plans: (&'a Plan<T>, &'a Plan<T>),
    from: &'a [T],
    to: &'a mut [T],
    lines: &'a mut Vec<Line>,
}

impl<T: Real> Task for Forward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let (h, w) = (self.plans.0.n, self.plans.1.n);
        let bins = w / 2 + 1;
        let Scratch { x, y, re, im, stride } = Scratch::<T::Vec<S>>::carve(self.lines, self.plans, bins);
        let lanes = T::Vec::<S>::LANES;
        let half = T::Vec::<S>::splat(T::of(0.5));
        let rows = Rows { data: self.from, stride: w, count: h, length: w };
        // Two rows in one complex transform; the stride leaves room for a whole block after the last row.
        for first in (0..h).step_by(2 * lanes) {
            rows.load::<T::Vec<S>, false>(first, &self.plans.1.order, x);
            rows.load::<T::Vec<S>, true>(first + lanes, &self.plans.1.order, x);
            let z = transform::<S, _>(self.plans.1, x, y);
            let second = first + lanes < h;
            for k in 0..bins {
                let (u, v) = (z[k], z[if k == 0 { 0 } else { w - k }]);
                let at = k * stride + first;
                u.re.add(v.re).mul(half).store(&mut re[at..]);
                u.im.sub(v.im).mul(half).store(&mut im[at..]);
                if second {
                    u.im.add(v.im).mul(half).store(&mut re[at + lanes..]);
                    v.re.sub(u.re).mul(half).store(&mut im[at + lanes..]);
                }
            }
        }
        let columns = |data| Rows { data, stride, count: bins, length: h };
        for first in (0..bins).step_by(lanes) {
            columns(&*re).load::<T::Vec<S>, false>(first, &self.plans.0.order, x);
            columns(&*im).load::<T::Vec<S>, true>(first, &self.plans.0.order, x);
            let z = transform::<S, _>(self.plans.0, x, y);
            let width = 2 * (bins - first).min(lanes);
            for (row, value) in z[..h].iter().enumerate() {
                let (low, high) = T::Vec::<S>::zip(value.re, value.im);
                let (head, tail) = self.to[(row * bins + first) * 2..][..width].split_at_mut(width.min(lanes));
                store_clipped(low, head);
                store_clipped(high, tail);
            }
        }
    }
}

struct Inverse<'a, T> {
    plans: (&'a Plan<T>, &'a Plan<T>),
    from: &'a [T],
    to: &'a mut [T],
    lines: &'a mut Vec<Line>,
}

impl<T: Real> Task for Inverse<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let (h, w) = (self.plans.0.n, self.plans.1.n);
        let bins = w / 2 + 1;
        let Scratch { x, y, re, im, stride } = Scratch::<T::Vec<S>>::carve(self.lines, self.plans, bins);
        let lanes = T::Vec::<S>::LANES;
        // Columns first: [h, bins] complex in, two transposed planes out. Rows alternate re and im, so a row has 2·bins columns.
        let rows = Rows { data: self.from, stride: 2 * bins, count: h, length: 2 * bins };
        let mut square = [T::Vec::<S>::splat(T::default()); 16];
        for first in (0..h).step_by(lanes) {
            for start in (0..2 * bins).step_by(lanes) {
                rows.square(first, start, &mut square);
                for column in start..(start + lanes).min(2 * bins) {
                    let plane = if column % 2 == 0 { &mut *re } else { &mut *im };
                    square[column - start].store(&mut plane[column / 2 * stride + first..]);
                }
            }
        }
        for first in (0..bins).step_by(lanes) {
            let last = bins - 1;
            // Swapped on the way in and out: the forward passes then give the inverse.
            let columns = |data| Rows { data, stride, count: bins, length: h };
            columns(&*re).load::<T::Vec<S>, true>(first, &self.plans.0.order, x);
            columns(&*im).load::<T::Vec<S>, false>(first, &self.plans.0.order, x);
            let z = transform::<S, _>(self.plans.0, x, y);
            scatter(&z[..h], re, im, |lane, row| (first + lane <= last).then(|| (first + lane) * stride + row));
        }
        // Rows: two half spectra A and B joined as A + iB.
        let scale = T::Vec::<S>::splat(T::of(1.0 / (h * w) as f64));
        for first in (0..h).step_by(2 * lanes) {
            // Rows beyond the plane read what an earlier block left in the padding of the stride; their results are not stored.
            let second = if first + lanes < h { first + lanes } else { first };
            for k in 0..bins {
                let at = k * stride;
                let (a, b) = (at + first, at + second);
                let (mut a_im, mut b_im) = (T::Vec::<S>::load(&im[a..]), T::Vec::<S>::load(&im[b..]));
                let (a_re, b_re) = (T::Vec::<S>::load(&re[a..]), T::Vec::<S>::load(&re[b..]));
                let own_mirror = k == 0 || 2 * k == w;
                if own_mirror {
                    // A real picture has real values here; what stands there otherwise is ignored, as NumPy does.
                    (a_im, b_im) = (T::Vec::<S>::splat(T::default()), T::Vec::<S>::splat(T::default()));
                }
                x[k] = Complex { im: a_re.sub(b_im), re: a_im.add(b_re) };
                if !own_mirror {
                    x[w - k] = Complex { im: a_re.add(b_im), re: b_re.sub(a_im) };
                }
            }
            let z = transform::<S, _>(self.plans.1, x, y);
            for (start, part) in [(first, 0), (first + lanes, 1)] {
                store_rows(&z[..w], part, scale, start, h, self.to);
            }
        }
    }
}

/// Lane `l` of value `row` goes to `place(l, row)` of both planes (undoing the swap).
#[inline(always)]
fn scatter<V: Vector>(
    z: &[Complex<V>],
    re: &mut [V::Scalar],
    im: &mut [V::Scalar],
    place: impl Fn(usize, usize) -> Option<usize>,
) {
    let mut square = [V::splat(V::Scalar::default()); 16];
    let mut edge = [V::Scalar::default(); 16];
    for (start, block) in z.chunks(V::LANES).enumerate().map(|(i, block)| (i * V::LANES, block)) {
        for imaginary in [false, true] {
            let plane = if imaginary { &mut *im } else { &mut *re };
            for (i, value) in block.iter().enumerate() {
                square[i] = if imaginary { value.re } else { value.im };
            }
            V::transpose(&mut square[..V::LANES]);
            for (lane, values) in square.iter().enumerate().take(V::LANES) {
                if let Some(at) = place(lane, start) {
                    values.store(&mut edge);
                    plane[at..at + block.len()].copy_from_slice(&edge[..block.len()]);
                }
            }
        }
    }
}

/// The lanes of a block as rows `start …` of the plane; part 0 is the first row of each pair, 1 the second (swapped values).
#[inline(always)]
fn store_rows<V: Vector>(z: &[Complex<V>], part: usize, scale: V, start: usize, rows: usize, to: &mut [V::Scalar]) {
    let width = z.len();
    let mut square = [V::splat(V::Scalar::default()); 16];
    for (column, block) in z.chunks(V::LANES).enumerate().map(|(i, block)| (i * V::LANES, block)) {
        for (i, value) in block.iter().enumerate() {
            square[i] = if part == 0 { value.im } else { value.re }.mul(scale);
        }
        V::transpose(&mut square[..V::LANES]);
        for (lane, &values) in square.iter().enumerate().take(V::LANES) {
            if start + lane < rows {
                store_clipped(values, &mut to[(start + lane) * width + column..][..block.len()]);
            }
        }
    }
}

impl Kernels {
    /// 2-D FFT of real planes [n, h, w], unnormalised: half spectra [n, h, ⌊w/2⌋ + 1, 2] of (re, im). Equals NumPy's `rfft2`.
    ///
    /// Any sides ≥ 1; O(hw·log(hw)); fast for sides 2^a·3^b·5^c·7^d. Float32 error within 3e-7·√log2(hw) of the
    /// largest value, float64 within 1e-15·√log2(hw).
    /// Errors: [`KernelError::Shape`] if a side is 0 or `x` is not whole planes.
    pub fn rfft2<T: Real>(&self, x: &[T], height: usize, width: usize) -> Result<Vec<T>> {
        if height == 0 || width == 0 || !x.len().is_multiple_of(height * width) {
            return Err(KernelError::shape("rfft2", "planes with sides of at least 1", [height, width]));
        }
        let caches = &T::plans(self).fft;
        let plans = (caches.get(height, Plan::new), caches.get(width, Plan::new));
        let size = height * (width / 2 + 1) * 2;
        let mut out = self.buffer("rfft2", x.len() / (height * width) * size)?;
        self.each(x, height * width, &mut out, size, |_, from, to| {
            with_scratch(|lines| dispatch(Forward { plans: (&plans.0, &plans.1), from, to, lines }));
        });
        Ok(out)
    }

    /// Inverse of [`Kernels::rfft2`], divided by h·w: [n, h, ⌊w/2⌋ + 1, 2] → [n, h, w]. Equals NumPy's `irfft2(x, (h, w))`:
    /// imaginary parts that a real plane cannot have are ignored.
    /// Errors: [`KernelError::Shape`] if the half spectrum does not belong to `width`.
    pub fn irfft2<T: Real>(&self, x: &[T], height: usize, width: usize) -> Result<Vec<T>> {
        let size = height * (width / 2 + 1) * 2;
        if height == 0 || width == 0 || !x.len().is_multiple_of(size) {
            return Err(KernelError::shape("irfft2", format!("half spectra of width {width}"), [height, width]));
        }
        let caches = &T::plans(self).fft;
        let plans = (caches.get(height, Plan::new), caches.get(width, Plan::new));
        let mut out = self.buffer("irfft2", x.len() / size * height * width)?;
        self.each(x, size, &mut out, height * width, |_, from, to| {
            with_scratch(|lines| dispatch(Inverse { plans: (&plans.0, &plans.1), from, to, lines }));
        });
        Ok(out)
    }
}
