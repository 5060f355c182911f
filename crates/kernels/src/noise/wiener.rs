//! The local Wiener estimate of noise in a band of coefficients.

use super::lines::{SLACK, padded};
use crate::context::{Kernels, with_scratch};
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Line, Real, Task, Vector, carve, dispatch, lines_for};

/// Half of the widest window.
const REACH: usize = 4;
/// Rows of squares that a window needs.
const ROWS: usize = 2 * REACH + 1;

/// Elements of scratch that [`wiener`] needs.
pub(super) fn scratch(width: usize) -> usize {
    (ROWS + 4) * row_length(width)
}

fn row_length(width: usize) -> usize {
    padded(width + 2 * REACH) + SLACK
}

/// Each value x of a band becomes x·v/(t + v): v the variance of the noise, t the least over windows of 3, 5, 7 and 9 of
/// max(0, mean of x² − v), zeros outside the band (NoiseScope 2.4). In place. The four vertical sums of squares grow out of each other
/// for each row, the horizontal ones are direct: running sums would lose digits in float32 (13.5).
#[inline(always)]
pub(super) fn wiener<V: Vector>(
    band: &mut [V::Scalar],
    stride: usize,
    (height, width): (usize, usize),
    variance: V::Scalar,
    scratch: &mut [V::Scalar],
) {
    let length = row_length(width);
    let zero = V::Scalar::default();
    let scratch = &mut scratch[..(ROWS + 4) * length];
    scratch.fill(zero);
    let (squares, sums) = scratch.split_at_mut(ROWS * length);
    let v = V::splat(variance);
    let mut scales = [v; 4];
    for (scale, w) in scales.iter_mut().zip([3.0, 5.0, 7.0, 9.0]) {
        *scale = V::splat(V::Scalar::of(1.0 / (w * w)));
    }
    for ahead in 0..height + REACH {
        // Row `ahead` of squares takes the place of the one that no window needs any more.
        let square = &mut squares[ahead % ROWS * length..][..length];
        if ahead < height {
            let row = &band[ahead * stride..][..stride];
            for x in (0..width).step_by(V::LANES) {
                let value = V::load(&row[x..]);
                value.mul(value).store(&mut square[REACH + x..]);
            }
            square[REACH + width..].fill(zero);
        } else {
            square.fill(zero);
        }
        if ahead < REACH {
            continue;
        }
        let y = ahead - REACH;
        let rows: [&[V::Scalar]; ROWS] =
            std::array::from_fn(|i| &squares[(y + REACH + i + 1) % ROWS * length..][..length]);
        let (s3, rest) = sums.split_at_mut(length);
        let (s5, rest) = rest.split_at_mut(length);
        let (s7, s9) = rest.split_at_mut(length);
        for x in (0..width + 2 * REACH).step_by(V::LANES) {
            let three = V::load(&rows[3][x..]).add(V::load(&rows[5][x..])).add(V::load(&rows[4][x..]));
            let five = V::load(&rows[2][x..]).add(V::load(&rows[6][x..])).add(three);
            let seven = V::load(&rows[1][x..]).add(V::load(&rows[7][x..])).add(five);
            let nine = V::load(&rows[0][x..]).add(V::load(&rows[8][x..])).add(seven);
            three.store(&mut s3[x..]);
            five.store(&mut s5[x..]);
            seven.store(&mut s7[x..]);
            nine.store(&mut s9[x..]);
        }
        let row = &mut band[y * stride..][..stride];
        for x in (0..width).step_by(V::LANES) {
            let means = [
                across::<V, 1>(&s3[x..]).mul(scales[0]),
                across::<V, 2>(&s5[x..]).mul(scales[1]),
                across::<V, 3>(&s7[x..]).mul(scales[2]),
                across::<V, 4>(&s9[x..]).mul(scales[3]),
            ];
            let least = means[0].min(means[1]).min(means[2].min(means[3]));
            // max(t − v, 0) + v = max(t, v)
            let value = V::load(&row[x..]);
            value.mul(v).div(least.max(v)).store(&mut row[x..]);
        }
    }
}

/// Sum of `2·HALF + 1` neighbours around the fifth element of each lane.
#[inline(always)]
fn across<V: Vector, const HALF: usize>(line: &[V::Scalar]) -> V {
    let line = &line[..V::LANES + 2 * REACH];
    let mut sum = V::load(&line[REACH..]);
    for i in 1..=HALF {
        sum = sum.add(V::load(&line[REACH - i..]).add(V::load(&line[REACH + i..])));
    }
    sum
}

struct Local<'a, T> {
    from: &'a [T],
    to: &'a mut [T],
    width: usize,
    variance: T,
    lines: &'a mut Vec<Line>,
}

impl<T: Real> Task for Local<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let (height, stride) = (self.from.len() / self.width, padded(self.width));
        let needed = lines_for::<T>(height * stride) + lines_for::<T>(scratch(self.width));
        if self.lines.len() < needed {
            self.lines.resize(needed, Line::ZERO);
        }
        let (band, rest) = carve::<T>(self.lines, height * stride);
        let (scratch, _) = carve::<T>(rest, scratch(self.width));
        for (row, from) in band.chunks_exact_mut(stride).zip(self.from.chunks_exact(self.width)) {
            row[..self.width].copy_from_slice(from);
        }
        wiener::<T::Vec<S>>(band, stride, (height, self.width), self.variance, scratch);
        for (row, to) in band.chunks_exact(stride).zip(self.to.chunks_exact_mut(self.width)) {
            to.copy_from_slice(&row[..self.width]);
        }
    }
}

/// The estimate of one plane.
pub(super) fn local<T: Real>(from: &[T], to: &mut [T], width: usize, variance: f64) {
    with_scratch(|lines| dispatch(Local { from, to, width, variance: T::of(variance), lines }));
}

impl Kernels {
    /// Local Wiener estimate of the noise in planes [n, h, w]: x·v/(t + v), with t the least over w = 3, 5, 7, 9 of
    /// max(0, mean of x² over w × w − v), zeros outside the plane and the divisor always w². `variance` v in squared units of x.
    ///
    /// O(hw). Errors: [`KernelError::Shape`] if a side is 0 or `x` is not whole planes, [`KernelError::Value`] unless the variance is
    /// above 0. Source: NoiseScope 2.4 (Mihçak et al. 1999).
    pub fn local_wiener<T: Real>(&self, x: &[T], height: usize, width: usize, variance: f64) -> Result<Vec<T>> {
        let op = "localWiener";
        if height == 0 || width == 0 || !x.len().is_multiple_of(height * width) {
            return Err(KernelError::shape(op, "planes with sides of at least 1", [height, width]));
        }
        check_variance(op, variance)?;
        let mut out = self.buffer(op, x.len())?;
        self.each(x, height * width, &mut out, height * width, |_, from, to| {
            local(from, to, width, variance);
        });
        Ok(out)
    }
}

/// Errors: [`KernelError::Value`] unless the variance is above 0 and finite.
pub(super) fn check_variance(op: &'static str, variance: f64) -> Result<()> {
    let good = variance > 0.0 && variance.is_finite();
    good.then_some(()).ok_or_else(|| KernelError::value(op, format!("a noise variance of {variance} is not above 0")))
}
