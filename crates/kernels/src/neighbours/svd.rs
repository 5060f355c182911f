//! Singular values by rotations of pairs of rows (Hestenes 1958): slower than by bidiagonalisation, but every value and vector is exact
//! to rounding, those of matrices without full rank too.

use super::symmetric::{checked, descending, sign};
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Task, dispatch};

/// A = U·diag(s)·V with k = min(m, n).
#[derive(Debug, Clone, PartialEq)]
pub struct Svd {
    /// [m, k], orthonormal columns.
    pub u: Vec<f64>,
    /// [k], largest first.
    pub s: Vec<f64>,
    /// [k, n], orthonormal rows; of each row the component of largest size is positive.
    pub v: Vec<f64>,
}

/// Sweeps over all pairs; ten are many.
const SWEEPS: usize = 60;

/// Length up to which a row is nothing but rounding errors, given the root of the sum of all squares, which turns leave as it is.
fn rounding(rows: &[f64], width: usize) -> f64 {
    f64::EPSILON * (width as f64).sqrt() * dispatch(Dot(rows, rows)).sqrt()
}

/// Sum of products.
struct Dot<'a>(&'a [f64], &'a [f64]);

impl Task for Dot<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<I: Isa>(self) -> f64 {
        let mut sums = [0.0; 16];
        for (a, b) in self.0.chunks(16).zip(self.1.chunks(16)) {
            for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
                *sum += a * b;
            }
        }
        sums.iter().sum()
    }
}

/// (a, b) ← (c·a − s·b, s·a + c·b)
struct Rotate<'a>(&'a mut [f64], &'a mut [f64], f64, f64);

impl Task for Rotate<'_> {
    type Output = ();

    #[inline(always)]
    fn run<I: Isa>(self) {
        let Self(a, b, c, s) = self;
        for (a, b) in a.iter_mut().zip(b) {
            (*a, *b) = (c * *a - s * *b, s * *a + c * *b);
        }
    }
}

fn two(rows: &mut [f64], width: usize, p: usize, q: usize) -> (&mut [f64], &mut [f64]) {
    let (head, tail) = rows.split_at_mut(q * width);
    (&mut head[p * width..][..width], &mut tail[..width])
}

/// Turns `count` rows until all stand at right angles; `turned` takes part, so that its rows are the axes of the turn.
fn straighten(rows: &mut [f64], width: usize, turned: &mut [f64], count: usize) -> Option<()> {
    let least = rounding(rows, width);
    // Cosine that counts as a right angle: what the rounding of a sum of so many products leaves.
    let straight = f64::EPSILON * (width as f64).sqrt().max(4.0);
    for _ in 0..SWEEPS {
        let mut done = true;
        for p in 0..count {
            for q in p + 1..count {
                let (a, b) = two(rows, width, p, q);
                let (aa, bb, ab) = (dispatch(Dot(a, a)), dispatch(Dot(b, b)), dispatch(Dot(a, b)));
                // The directions of rows that are rounding errors mean nothing and would never come to rest.
                if ab.abs() <= straight * (aa * bb).sqrt() || aa.min(bb).sqrt() <= least {
                    continue;
                }
                done = false;
                let zeta = (bb - aa) / (2.0 * ab);
                let t = zeta.signum() / (zeta.abs() + zeta.hypot(1.0));
                let c = 1.0 / t.hypot(1.0);
                dispatch(Rotate(a, b, c, c * t));
                let (a, b) = two(turned, count, p, q);
                dispatch(Rotate(a, b, c, c * t));
            }
        }
        if done {
            return Some(());
        }
    }
    None
}

/// Unit vectors of the rows; in place of those that are 0 but for rounding, others at right angles to all.
fn unit(rows: &mut [f64], width: usize, lengths: &[f64]) {
    let least = rounding(rows, width);
    let mut known: Vec<usize> = Vec::new();
    for (i, &length) in lengths.iter().enumerate().filter(|(_, length)| **length > least) {
        rows[i * width..][..width].iter_mut().for_each(|v| *v /= length);
        known.push(i);
    }
    let mut next = 0;
    for i in (0..lengths.len()).filter(|&i| lengths[i] <= least) {
        loop {
            let mut row = vec![0.0; width];
            row[next % width] = 1.0;
            next += 1;
            // Twice, since once leaves rounding errors that are felt when little is left.
            for &other in known.iter().chain(&known) {
                let other = &rows[other * width..][..width];
                let along = dispatch(Dot(&row, other));
                row.iter_mut().zip(other).for_each(|(v, o)| *v -= along * o);
            }
            let length = dispatch(Dot(&row, &row)).sqrt();
            // One of the axes is always far enough from a space that is not all.
            if length > 0.5 / (width as f64).sqrt() {
                rows[i * width..][..width].iter_mut().zip(row).for_each(|(to, v)| *to = v / length);
                known.push(i);
                break;
            }
        }
    }
}

impl Kernels {
    /// Thin singular value decomposition of a matrix [m, n], float64, one thread. O(m·n·min(m, n)) a sweep, some ten sweeps.
    ///
    /// Values below √max(m, n)·2e-16 of the root of the sum of all squares are rounding errors; their vectors are any at right angles.
    /// Errors: [`KernelError::Shape`] for sides of 0, [`KernelError::Value`] if the matrix has values that are not finite or the
    /// rotations do not come to an end.
    pub fn svd(&self, x: &[f64], m: usize, n: usize) -> Result<Svd> {
        checked("svd", x, m, n)?;
        // Rows of the shorter side are turned; scaled, so that squares neither overflow nor vanish.
        let (k, width) = (m.min(n), m.max(n));
        let largest = x.iter().fold(0.0, |a: f64, v| a.max(v.abs()));
        let scale = if largest > 0.0 { largest } else { 1.0 };
        let at = |i: usize, j: usize| if m < n { x[i * n + j] } else { x[j * n + i] };
        let mut long: Vec<f64> = (0..k * width).map(|place| at(place / width, place % width) / scale).collect();
        let mut short: Vec<f64> = (0..k * k).map(|place| f64::from(u8::from(place / k == place % k))).collect();
        let failed = || KernelError::value("svd", "the rotations do not come to an end");
        straighten(&mut long, width, &mut short, k).ok_or_else(failed)?;
        let lengths: Vec<f64> = long.chunks_exact(width).map(|row| dispatch(Dot(row, row)).sqrt()).collect();
        unit(&mut long, width, &lengths);
        let order = descending(&lengths);
        let ((u, u_width), (v, v_width)) =
            if m < n { ((short, k), (long, width)) } else { ((long, width), (short, k)) };
        let signs: Vec<f64> = order.iter().map(|&i| sign(v[i * v_width..][..v_width].iter().copied())).collect();
        let row_of_v =
            |(&i, sign): (&usize, &f64)| v[i * v_width..][..v_width].iter().map(|v| v * sign).collect::<Vec<f64>>();
        Ok(Svd {
            u: (0..m)
                .flat_map(|row| order.iter().zip(&signs).map(move |p| (row, p)))
                .map(|(row, (&i, s))| u[i * u_width + row] * s)
                .collect(),
            s: order.iter().map(|&i| lengths[i] * scale).collect(),
            v: order.iter().zip(&signs).flat_map(row_of_v).collect(),
        })
    }
}
