//! The wavelet transform by itself.

use super::lines::{Plane, SLACK, padded};
use super::wavelet::{self, Border, analyse, synthesise};
use crate::context::{Kernels, with_scratch};
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Line, Real, Task, carve, dispatch, lines_for};

/// A band of coefficients of planes, [n, height, width].
#[derive(Debug, Clone, PartialEq)]
pub struct Band<T> {
    /// Rows.
    pub height: usize,
    /// Columns.
    pub width: usize,
    /// The coefficients.
    pub data: Vec<T>,
}

/// One level of one plane; `to` is the four bands one after the other.
struct Analysis<'a, T> {
    border: Border,
    size: (usize, usize),
    from: &'a [T],
    to: &'a mut [T],
    lines: &'a mut Vec<Line>,
}

/// Elements of a plane with padded rows.
fn elements((h, w): (usize, usize)) -> usize {
    h * padded(w) + SLACK
}

/// `count` pieces of scratch of `each` elements, and a last one.
fn pieces<T: Real, const COUNT: usize>(
    lines: &mut Vec<Line>,
    each: usize,
    last: usize,
) -> ([&mut [T]; COUNT], &mut [T]) {
    let needed = lines_for::<T>(COUNT * each + last);
    if lines.len() < needed {
        lines.resize(needed, Line::ZERO);
    }
    let (mut rest, _) = carve::<T>(lines, COUNT * each + last);
    let pieces = std::array::from_fn(|_| {
        let (piece, after) = std::mem::take(&mut rest).split_at_mut(each);
        rest = after;
        piece
    });
    (pieces, rest)
}

fn widen<T: Real>(from: &[T], width: usize, to: &mut [T]) {
    for (to, from) in to.chunks_exact_mut(padded(width)).zip(from.chunks_exact(width)) {
        to[..width].copy_from_slice(from);
    }
}

fn narrow<T: Real>(from: &[T], width: usize, to: &mut [T]) {
    for (to, from) in to.chunks_exact_mut(width).zip(from.chunks_exact(padded(width))) {
        to.copy_from_slice(&from[..width]);
    }
}

impl<T: Real> Task for Analysis<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let (height, width) = self.size;
        let half = (self.border.half(height), self.border.half(width));
        let (each, scratch) = (elements(self.size).max(elements(half)), wavelet::scratch(width));
        let ([plane, a, b, c, d], scratch) = pieces::<T, 5>(self.lines, each, scratch);
        widen(self.from, width, plane);
        let plane = Plane { data: plane, stride: padded(width), height, width };
        analyse::<T::Vec<S>>(plane, self.border, [&mut *a, &mut *b, &mut *c, &mut *d], padded(half.1), scratch);
        for (band, to) in [a, b, c, d].into_iter().zip(self.to.chunks_exact_mut(half.0 * half.1)) {
            narrow(band, half.1, to);
        }
    }
}

/// The inverse of one level.
struct Synthesis<'a, T> {
    border: Border,
    half: (usize, usize),
    /// Size of the plane, at most what the bands give.
    size: (usize, usize),
    from: [&'a [T]; 4],
    to: &'a mut [T],
    lines: &'a mut Vec<Line>,
}

impl<T: Real> Task for Synthesis<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let ((height, width), half) = (self.size, self.half);
        let (each, scratch) = (elements(self.size).max(elements(half)), wavelet::scratch(width));
        let ([plane, a, b, c, d], scratch) = pieces::<T, 5>(self.lines, each, scratch);
        for (band, from) in [&mut *a, &mut *b, &mut *c, &mut *d].into_iter().zip(self.from) {
            widen(from, half.1, band);
        }
        let band = |data| Plane { data, stride: padded(half.1), height: half.0, width: half.1 };
        let bands = [band(&*a), band(b), band(c), band(d)];
        synthesise::<T::Vec<S>>(bands, self.border, plane, padded(width), height, scratch);
        narrow(plane, width, self.to);
    }
}

fn check_planes(op: &'static str, length: usize, border: Border, (h, w): (usize, usize)) -> Result<()> {
    let even = border == Border::Symmetric || (h.is_multiple_of(2) && w.is_multiple_of(2));
    let good = h > 0 && w > 0 && even && length.is_multiple_of(h * w);
    let sides = if even { "planes with sides of at least 1" } else { "planes with even sides" };
    good.then_some(()).ok_or_else(|| KernelError::shape(op, sides, [h, w]))
}

impl Kernels {
    /// One level of the 8-tap Daubechies wavelet (`db4`) of planes [n, h, w]: the bands low, high along x, high along y, high along both,
    /// each [n, h', w'] with h' = h/2 (periodic border, even sides) or ⌊(h + 7)/2⌋ (symmetric border). Deeper levels: the low band again.
    ///
    /// Taps as published with 12 digits, divided by their norm: orthonormal to 1e-11. O(hw). Equals PyWavelets' `dwt2` with the modes
    /// `periodization`-like cyclic start at sample 0 (NoiseScope 2.3), or `symmetric`.
    /// Errors: [`KernelError::Shape`] if a side is 0 or, for the periodic border, odd.
    pub fn dwt2<T: Real>(&self, x: &[T], height: usize, width: usize, border: Border) -> Result<[Band<T>; 4]> {
        let op = "dwt2";
        check_planes(op, x.len(), border, (height, width))?;
        let (h, w) = (border.half(height), border.half(width));
        let (plane, band) = (height * width, h * w);
        let count = x.len() / plane;
        let mut bands: Vec<T> = self.buffer_of(op, &[count, 4, band])?;
        self.each(x, plane, &mut bands, 4 * band, |_, from, to| {
            with_scratch(|lines| dispatch(Analysis { border, size: (height, width), from, to, lines }));
        });
        let part = |b: usize| -> Result<Band<T>> {
            let mut data = self.buffer(op, count * band)?;
            for (to, from) in data.chunks_exact_mut(band).zip(bands.chunks_exact(4 * band)) {
                to.copy_from_slice(&from[b * band..][..band]);
            }
            Ok(Band { height: h, width: w, data })
        };
        let parts = [part(0)?, part(1)?, part(2)?, part(3)?];
        self.recycle(bands);
        Ok(parts)
    }

    /// The inverse of [`Kernels::dwt2`]: bands [n, h', w'] → planes [n, h, w], cut to the size asked for.
    /// Errors: [`KernelError::Shape`] if the bands differ in size or do not belong to planes of that size.
    pub fn idwt2<T: Real>(&self, bands: [&[T]; 4], height: usize, width: usize, border: Border) -> Result<Vec<T>> {
        let op = "idwt2";
        check_planes(op, 0, border, (height, width))?;
        let half = (border.half(height), border.half(width));
        let band = half.0 * half.1;
        if bands.iter().any(|other| other.len() != bands[0].len() || !other.len().is_multiple_of(band)) {
            let sizes = bands.map(<[T]>::len);
            return Err(KernelError::shape(op, format!("four bands of {}×{}", half.0, half.1), sizes));
        }
        let mut out = self.buffer_of(op, &[bands[0].len() / band, height, width])?;
        self.fill(&mut out, height * width, |i, to| {
            let from = bands.map(|data| &data[i * band..][..band]);
            with_scratch(|lines| dispatch(Synthesis { border, half, size: (height, width), from, to, lines }));
        });
        Ok(out)
    }
}
