//! The 121 lags around zero and the whole energy of a pair, from packed spectra.
//!
//! c(ky, kx) = Σ over l, k of Re(X(l, k)·e^{2πi(l·ky/h + k·kx/w)}), X = conj(A)·B, is the inverse transform at 121 points only. It is
//! separable: 11 waves along k first, in registers, for 16 rows at a time; then 11 along l. Where w is even, columns k and w/2 − k share
//! their waves up to a sign, so that their sum and difference halve the products. Nothing of X is stored. The energy of all lags is
//! h·w·Σ|X|² (Parseval), from the same X. About 19 operations a value of the half spectrum, none of them a transform.

use super::shape::{EXCLUDED, GROUP, REACH, Shape, Waves};
use crate::simd::{Isa, Line, Task, Vector, carve, lines_for};

/// Sums along k of a row: cosines (re, im) for 0 … 5, sines (re, im) for 1 … 5, and the energy.
const SUMS: usize = 4 * REACH + 3;
const COSINES_IM: usize = REACH + 1;
const SINES_RE: usize = 2 * (REACH + 1);
const SINES_IM: usize = SINES_RE + REACH;
const ENERGY: usize = SUMS - 1;

/// Pairs that share their strips of spectra while these are near.
pub(super) const TOGETHER: usize = 16;

/// c at the zero lag, Σc² over the block and Σc² over all lags.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Energies {
    pub(super) peak: f64,
    pub(super) block: f64,
    pub(super) all: f64,
}

impl Energies {
    /// The signed PCE. Energy that rounding took away altogether counts as one part in 10⁷ of all: a match so perfect has no finite PCE.
    pub(super) fn pce(self, shape: &Shape) -> f64 {
        if self.peak == 0.0 || self.all == 0.0 {
            return 0.0;
        }
        let outside = (self.all - self.block).max(self.all * 1e-7);
        self.peak.signum() * self.peak * self.peak * (shape.height * shape.width - EXCLUDED) as f64 / outside
    }
}

/// X = conj(A)·B of a column.
#[inline(always)]
fn cross<V: Vector<Scalar = f32>>(a: &[f32], b: &[f32], k: usize, lane: usize) -> [V; 2] {
    let (a, b) = (&a[k * 2 * GROUP..][..2 * GROUP], &b[k * 2 * GROUP..][..2 * GROUP]);
    let (a_re, a_im) = (V::load(&a[lane..]), V::load(&a[GROUP + lane..]));
    let (b_re, b_im) = (V::load(&b[lane..]), V::load(&b[GROUP + lane..]));
    [a_re.mul_add(b_re, a_im.mul(b_im)), a_im.neg_mul_add(b_re, a_re.mul(b_im))]
}

/// Sums along k for the waves FROM … TO − 1 of a group of rows, stored in `sums` [SUMS, rows] from row `at`. With FROM = 0 the energy too.
#[inline(always)]
fn along_columns<V: Vector<Scalar = f32>, const FROM: usize, const TO: usize>(
    shape: &Shape,
    [a, b]: [&[f32]; 2],
    sums: &mut [f32],
    at: usize,
) {
    let zero = V::splat(0.0);
    let rows = shape.padded_rows();
    for lane in (0..GROUP).step_by(V::LANES) {
        let (mut cos_re, mut cos_im, mut sin_re, mut sin_im) = ([zero; 6], [zero; 6], [zero; 6], [zero; 6]);
        let mut energy = zero;
        for (k, waves) in shape.columns.iter().enumerate() {
            let x: [V; 2] = cross(a, b, k, lane);
            if FROM == 0 {
                energy = x[0].mul_add(x[0], x[1].mul_add(x[1], energy));
            }
            let (mut plus, mut minus) = (x, x);
            if let Some(partner) = shape.partner(k) {
                let y: [V; 2] = cross(a, b, partner, lane);
                if FROM == 0 {
                    energy = y[0].mul_add(y[0], y[1].mul_add(y[1], energy));
                }
                plus = [x[0].add(y[0]), x[1].add(y[1])];
                minus = [x[0].sub(y[0]), x[1].sub(y[1])];
            }
            if FROM == 0 && k == 0 {
                // Columns that are their own mirror image count once, all others came with √2 of each side, squared twice: halved below.
                energy = energy.add(energy);
            }
            project::<V, FROM, TO>(waves, plus, minus, [&mut cos_re, &mut cos_im], [&mut sin_re, &mut sin_im]);
        }
        let out = &mut sums[at + lane..];
        for m in FROM..TO {
            cos_re[m].store(&mut out[m * rows..]);
            cos_im[m].store(&mut out[(COSINES_IM + m) * rows..]);
            if m > 0 {
                sin_re[m].store(&mut out[(SINES_RE + m - 1) * rows..]);
                sin_im[m].store(&mut out[(SINES_IM + m - 1) * rows..]);
            }
        }
        if FROM == 0 {
            energy.mul(V::splat(0.5)).store(&mut out[ENERGY * rows..]);
        }
    }
}

/// Adds a column (or two) times its waves: even cosines and odd sines go with the sum, the others with the difference.
#[inline(always)]
fn project<V: Vector<Scalar = f32>, const FROM: usize, const TO: usize>(
    waves: &Waves,
    plus: [V; 2],
    minus: [V; 2],
    [cos_re, cos_im]: [&mut [V; 6]; 2],
    [sin_re, sin_im]: [&mut [V; 6]; 2],
) {
    for m in FROM..TO {
        let (with_cos, with_sin) = if m % 2 == 0 { (plus, minus) } else { (minus, plus) };
        if m == 0 {
            cos_re[0] = cos_re[0].add(with_cos[0]);
            cos_im[0] = cos_im[0].add(with_cos[1]);
        } else {
            let (cos, sin) = (V::splat(waves[m - 1]), V::splat(waves[REACH + m - 1]));
            cos_re[m] = with_cos[0].mul_add(cos, cos_re[m]);
            cos_im[m] = with_cos[1].mul_add(cos, cos_im[m]);
            sin_re[m] = with_sin[0].mul_add(sin, sin_re[m]);
            sin_im[m] = with_sin[1].mul_add(sin, sin_im[m]);
        }
    }
}

/// Products of line `sum` of the sums with `COUNT` waves along l, from wave `first`; totals in float64.
#[allow(clippy::needless_range_loop, reason = "closures would not be built for the instruction set")]
#[inline(always)]
fn along_rows<V: Vector<Scalar = f32>, const COUNT: usize>(
    shape: &Shape,
    sums: &[f32],
    sum: usize,
    first: usize,
) -> [f64; 6] {
    let rows = shape.padded_rows();
    let line = &sums[sum * rows..][..rows];
    let mut totals = [V::splat(0.0); 6];
    for l in (0..rows).step_by(V::LANES) {
        let value = V::load(&line[l..]);
        for m in 0..COUNT {
            totals[m] = value.mul_add(V::load(&shape.rows[(first + m) * rows + l..]), totals[m]);
        }
    }
    let mut out = [0.0; 6];
    for m in 0..COUNT {
        out[m] = total(totals[m]);
    }
    out
}

/// Sum of the lanes, in float64.
#[inline(always)]
pub(super) fn total<V: Vector<Scalar = f32>>(vector: V) -> f64 {
    let mut lanes = [0.0_f32; 16];
    vector.store(&mut lanes);
    let mut sum = 0.0;
    for lane in lanes {
        sum += f64::from(lane);
    }
    sum
}

/// The second half: from sums along k to the energies.
#[inline(always)]
fn finish<V: Vector<Scalar = f32>>(shape: &Shape, sums: &[f32]) -> Energies {
    let (mut peak, mut block) = (0.0, 0.0);
    for m in 0..=REACH {
        // Cosines of 0 … 5 come first in the table, then sines of 1 … 5.
        let p = along_rows::<V, 6>(shape, sums, m, 0);
        let q = along_rows::<V, 5>(shape, sums, COSINES_IM + m, REACH + 1);
        let (mut r, mut s) = ([0.0; 6], [0.0; 6]);
        if m > 0 {
            r = along_rows::<V, 6>(shape, sums, SINES_IM + m - 1, 0);
            s = along_rows::<V, 5>(shape, sums, SINES_RE + m - 1, REACH + 1);
        }
        // Lags (±n, ±m): c = (p ∓ r) ∓ (q ± s).
        for sign in if m > 0 { &[1.0, -1.0][..] } else { &[1.0] } {
            for n in 0..=REACH {
                let even = p[n] - sign * r[n];
                let odd = if n > 0 { q[n - 1] + sign * s[n - 1] } else { 0.0 };
                if n == 0 {
                    block += even * even;
                } else {
                    block += (even - odd).powi(2) + (even + odd).powi(2);
                }
                if n == 0 && m == 0 {
                    peak = even;
                }
            }
        }
    }
    let rows = shape.padded_rows();
    let all: f64 = sums[ENERGY * rows..][..rows].iter().map(|&e| f64::from(e)).sum();
    Energies { peak, block, all: all * (shape.height * shape.width) as f64 }
}

/// Energies of at most [`TOGETHER`] pairs of packed spectra.
pub(super) struct Blocks<'a> {
    pub(super) shape: &'a Shape,
    pub(super) pairs: &'a [[&'a [f32]; 2]],
    pub(super) lines: &'a mut Vec<Line>,
}

impl Task for Blocks<'_> {
    type Output = [Energies; TOGETHER];

    #[inline(always)]
    fn run<S: Isa>(self) -> Self::Output {
        let Self { shape, pairs, lines } = self;
        let size = SUMS * shape.padded_rows();
        let needed = lines_for::<f32>(TOGETHER * size);
        if lines.len() < needed {
            lines.resize(needed, Line::ZERO);
        }
        let (sums, _) = carve::<f32>(lines, TOGETHER * size);
        let strip = shape.strip();
        for group in 0..shape.groups {
            for (pair, sums) in pairs.iter().zip(sums.chunks_exact_mut(size)) {
                let strips = pair.map(|packed| &packed[group * strip..][..strip]);
                if S::F32::LANES == GROUP {
                    along_columns::<S::F32, 0, 6>(shape, strips, sums, group * GROUP);
                } else {
                    // Half the waves at a time: there are not enough registers for all.
                    along_columns::<S::F32, 0, 3>(shape, strips, sums, group * GROUP);
                    along_columns::<S::F32, 3, 6>(shape, strips, sums, group * GROUP);
                }
            }
        }
        let mut energies = [Energies { peak: 0.0, block: 0.0, all: 0.0 }; TOGETHER];
        for (energies, sums) in energies.iter_mut().zip(sums.chunks_exact(size)).take(pairs.len()) {
            *energies = finish::<S::F32>(shape, sums);
        }
        energies
    }
}
