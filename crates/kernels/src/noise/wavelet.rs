//! One level of the 8-tap Daubechies wavelet (4 vanishing moments: `db4`, not `db8`) in two dimensions.
//!
//! Columns and rows go in one sweep: two lines of the vertical filter at a time, each filtered along x at once, so that a plane is read
//! once from near memory. Planes have rows a whole number of vectors apart; what stands beyond their width is unspecified.

use super::lines::{Plane, SLACK, padded};
use crate::simd::{Real, Vector};

/// What lies beyond the edges of a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// `periodic`: the other end (NoiseScope 2.3). Sides must be even; a half has n/2 coefficients.
    Periodic,
    /// `symmetric`: the mirror image, edge sample repeated (PRNU, frequency section 12). A half has ⌊(n + 7)/2⌋ coefficients.
    Symmetric,
}

impl Border {
    /// Both with their names.
    pub const ALL: [(&'static str, Self); 2] = [("periodic", Self::Periodic), ("symmetric", Self::Symmetric)];

    /// Coefficients of either half of n samples.
    pub(crate) fn half(self, n: usize) -> usize {
        match self {
            Self::Periodic => n / 2,
            Self::Symmetric => (n + 7) / 2,
        }
    }

    /// Samples before the first that the first coefficient reads.
    fn lead(self) -> usize {
        match self {
            Self::Periodic => 0,
            Self::Symmetric => 6,
        }
    }

    /// Where sample `i − lead` of n comes from.
    fn source(self, i: usize, n: usize) -> usize {
        match self {
            Self::Periodic => i % n,
            Self::Symmetric => {
                let at = (i + 2 * n * self.lead() - self.lead()) % (2 * n);
                if at < n { at } else { 2 * n - 1 - at }
            }
        }
    }

    /// Coefficients of a synthesis line that stand before the first: the other end, or none.
    fn before(self) -> usize {
        match self {
            Self::Periodic => 3,
            Self::Symmetric => 0,
        }
    }
}

/// Scaling taps as published with 12 digits (NoiseScope 2.3), divided by their norm, and the high-pass (−1)^j·h[7 − j] of them.
pub(crate) fn taps<T: Real>() -> [[T; 8]; 2] {
    const H: [f64; 8] = [
        0.230377813309,
        0.714846570553,
        0.630880767930,
        -0.027983769417,
        -0.187034811719,
        0.030841381836,
        0.032883011667,
        -0.010597401785,
    ];
    let norm = H.iter().map(|h| h * h).sum::<f64>().sqrt();
    let low = H.map(|h| h / norm);
    [
        std::array::from_fn(|j| T::of(low[j])),
        std::array::from_fn(|j| T::of(if j % 2 == 0 { low[7 - j] } else { -low[7 - j] })),
    ]
}

/// Elements of scratch that [`analyse`] and [`synthesise`] need for planes of this width.
pub(super) fn scratch(width: usize) -> usize {
    4 * (padded(width + 8) + SLACK)
}

/// Sums of taps times values: eight values into a low and a high one.
#[inline(always)]
fn both<V: Vector>(values: [V; 8], taps: &[[V; 8]; 2]) -> (V, V) {
    let (mut low, mut high) = (values[0].mul(taps[0][0]), values[0].mul(taps[1][0]));
    for j in 1..8 {
        low = values[j].mul_add(taps[0][j], low);
        high = values[j].mul_add(taps[1][j], high);
    }
    (low, high)
}

#[inline(always)]
fn spread<V: Vector>() -> [[V; 8]; 2] {
    let taps = taps::<V::Scalar>();
    let zero = V::splat(V::Scalar::default());
    let mut wide = [[zero; 8]; 2];
    for (wide, taps) in wide.iter_mut().zip(&taps) {
        for (wide, &tap) in wide.iter_mut().zip(taps) {
            *wide = V::splat(tap);
        }
    }
    wide
}

/// Bands of one level: low, high along x, high along y, high along both (top left, top right, bottom left, bottom right in the layout
/// of quadrants).
pub(super) type Quadrants<'a, T> = [&'a mut [T]; 4];

/// One level of `from`; the bands have rows `stride` apart.
#[inline(always)]
pub(super) fn analyse<V: Vector>(
    from: Plane<'_, V::Scalar>,
    border: Border,
    to: Quadrants<'_, V::Scalar>,
    stride: usize,
    scratch: &mut [V::Scalar],
) {
    let taps = spread::<V>();
    let Plane { data, stride: across, height: h, width: w } = from;
    let (rows, columns) = (border.half(h), border.half(w));
    let [low_low, high_low, low_high, high_high] = to;
    let length = padded(w) + SLACK;
    let (low, rest) = scratch.split_at_mut(length);
    let (high, rest) = rest.split_at_mut(length);
    let (even, odd) = rest.split_at_mut(padded(w / 2 + 8) + SLACK);
    for k in 0..rows {
        let lines: [&[V::Scalar]; 8] = std::array::from_fn(|j| &data[border.source(2 * k + j, h) * across..][..across]);
        for x in (0..w).step_by(V::LANES) {
            let mut values = [taps[0][0]; 8];
            for j in 0..8 {
                values[j] = V::load(&lines[j][x..]);
            }
            let (a, b) = both(values, &taps);
            a.store(&mut low[x..]);
            b.store(&mut high[x..]);
        }
        let out = k * stride..(k + 1) * stride;
        for (line, a, b) in [
            (&*low, &mut low_low[out.clone()], &mut high_low[out.clone()]),
            (&*high, &mut low_high[out.clone()], &mut high_high[out]),
        ] {
            apart(&line[..w], border, columns, even, odd);
            for x in (0..columns).step_by(V::LANES) {
                let (e, o) = (&even[x..][..V::LANES + 3], &odd[x..][..V::LANES + 3]);
                let mut values = [taps[0][0]; 8];
                for m in 0..4 {
                    values[2 * m] = V::load(&e[m..]);
                    values[2 * m + 1] = V::load(&o[m..]);
                }
                let (low, high) = both(values, &taps);
                low.store(&mut a[x..]);
                high.store(&mut b[x..]);
            }
        }
    }
}

/// The even and the odd samples of a line with what lies beyond its edges: the k-th coefficient reads four of each from k.
#[inline(always)]
fn apart<T: Real>(line: &[T], border: Border, columns: usize, even: &mut [T], odd: &mut [T]) {
    let (before, pairs) = (border.lead() / 2, line.len() / 2);
    for ((e, o), pair) in even[before..][..pairs].iter_mut().zip(&mut odd[before..][..pairs]).zip(line.chunks_exact(2))
    {
        *e = pair[0];
        *o = pair[1];
    }
    for m in (0..before).chain(before + pairs..columns + 3) {
        even[m] = line[border.source(2 * m, line.len())];
        odd[m] = line[border.source(2 * m + 1, line.len())];
    }
}

/// The inverse of [`analyse`]: bands of `rows` × `columns` with rows `stride` apart into the first `height` rows of `to`. Each row takes
/// a whole number of vector pairs, and so writes beyond its end what the next row or the slack after the last takes.
#[inline(always)]
pub(super) fn synthesise<V: Vector>(
    bands: [Plane<'_, V::Scalar>; 4],
    border: Border,
    to: &mut [V::Scalar],
    across: usize,
    height: usize,
    scratch: &mut [V::Scalar],
) {
    let taps = spread::<V>();
    let Plane { height: rows, width: columns, stride, .. } = bands[0];
    let before = border.before();
    // Lines of a pair of rows: even and odd row of the low columns, then of the high ones.
    let length = padded(columns) + SLACK;
    let (a, rest) = scratch.split_at_mut(length);
    let (b, rest) = rest.split_at_mut(length);
    let (c, d) = rest.split_at_mut(length);
    let pairs = |n: usize| n + before - 3;
    for i in 0..pairs(rows).min(height.div_ceil(2)) {
        let row = |m: usize| (i + rows * 3 + 3 - before - m) % rows;
        for (band, even, odd) in [(0, &mut *a, &mut *b), (1, &mut *c, &mut *d)] {
            let lines = |of: usize| -> [&[V::Scalar]; 4] {
                std::array::from_fn(|m| &bands[of].data[row(m) * stride..][..stride])
            };
            let (low, high) = (lines(band), lines(band + 2));
            for x in (0..columns).step_by(V::LANES) {
                let (e, o) = upsample::<V>([&low, &high], [x; 4], &taps);
                e.store(&mut even[before + x..]);
                o.store(&mut odd[before + x..]);
            }
            for line in [even, odd] {
                for q in 0..before {
                    line[q] = line[before + (q + 3 * columns - before) % columns];
                }
            }
        }
        for (y, low, high) in [(2 * i, &*a, &*c), (2 * i + 1, &*b, &*d)] {
            if y >= height {
                break;
            }
            let out = &mut to[y * across..];
            for x in (0..pairs(columns)).step_by(V::LANES) {
                let (low, high) = (&low[x..][..V::LANES + 3], &high[x..][..V::LANES + 3]);
                let (e, o) = upsample::<V>([&[low; 4], &[high; 4]], [3, 2, 1, 0], &taps);
                let (first, second) = V::zip(e, o);
                first.store(&mut out[2 * x..]);
                second.store(&mut out[2 * x + V::LANES..]);
            }
        }
    }
}

/// An even and an odd sample from four low and four high coefficients, the nearest first, each read at its place in its line.
#[inline(always)]
fn upsample<V: Vector>(halves: [&[&[V::Scalar]; 4]; 2], at: [usize; 4], taps: &[[V; 8]; 2]) -> (V, V) {
    let zero = V::splat(V::Scalar::default());
    let (mut even, mut odd) = (zero, zero);
    for (lines, taps) in halves.iter().zip(taps) {
        for m in 0..4 {
            let value = V::load(&lines[m][at[m]..]);
            even = value.mul_add(taps[2 * m], even);
            odd = value.mul_add(taps[2 * m + 1], odd);
        }
    }
    (even, odd)
}
