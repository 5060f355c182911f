//! Euclidean distances between rows.

use crate::context::{Kernels, with_scratch};
use crate::error::{KernelError, Result};
use crate::row_products::{RowProducts, Rows};
use crate::simd::{Isa, Real, Task, dispatch};

/// Rows of a block.
pub(super) const BLOCK: usize = 96;

/// Squared distances below this share of both rows' squared lengths are computed from differences: the product form cancels there.
const CANCELS: f64 = 1e-3;

/// Two sets of rows with their common centre taken off, and their squared lengths from it.
pub(super) struct Pair<'a, S> {
    pub(super) left: Rows<'a, S, f64>,
    pub(super) right: Rows<'a, S, f64>,
    lengths: [Vec<f64>; 2],
}

/// Sum of squared differences of two rows, in float64.
pub(super) struct Difference<'a, S> {
    pub(super) a: &'a [S],
    pub(super) b: &'a [S],
}

impl<S: Real + Into<f64>> Task for Difference<'_, S> {
    type Output = f64;

    #[inline(always)]
    fn run<I: Isa>(self) -> f64 {
        let mut sums = [0.0_f64; 16];
        for (a, b) in self.a.chunks(16).zip(self.b.chunks(16)) {
            for (sum, (&a, &b)) in sums.iter_mut().zip(a.iter().zip(b)) {
                let difference = a.into() - b.into();
                *sum += difference * difference;
            }
        }
        sums.iter().sum()
    }
}

impl<S: Real + Into<f64>> Pair<'_, S> {
    /// Estimates of the squared distances of some rows with others, [rows, others], with the largest error they can have.
    /// Distances do not change when a vector is taken off both sides; the products then cancel far less.
    pub(super) fn estimate(&self, first: usize, others: usize, mut each: impl FnMut(usize, usize, f64, f64)) {
        let (left, right) = (self.left.part(first, BLOCK), self.right.part(others, BLOCK));
        let (rows, columns) = (left.count(), right.count());
        let mut products = vec![0.0; rows * columns];
        with_scratch(|lines| {
            dispatch(RowProducts { left, right, to: &mut products, stride: columns, lines });
        });
        let rounding = (2 * left.width + 8) as f64 * f64::EPSILON;
        for (place, product) in products.into_iter().enumerate() {
            let (i, j) = (first + place / columns, others + place % columns);
            let size = self.lengths[0][i] + self.lengths[1][j];
            each(i, j, size - 2.0 * product, rounding * size);
        }
    }

    pub(super) fn exact(&self, i: usize, j: usize) -> f64 {
        dispatch(Difference { a: self.left.row(i), b: self.right.row(j) })
    }
}

/// Mean of rows, in float64.
pub(super) fn mean<S: Real + Into<f64>>(rows: &[S], width: usize) -> Vec<f64> {
    let mut mean = vec![0.0; width];
    for row in rows.chunks_exact(width) {
        mean.iter_mut().zip(row).for_each(|(sum, &value)| *sum += value.into());
    }
    let count = (rows.len() / width) as f64;
    mean.iter_mut().for_each(|sum| *sum /= count);
    mean
}

impl Kernels {
    /// Checks two sets of rows and puts them around the mean of the second.
    pub(super) fn pair<'a, S: Real + Into<f64>>(
        &self,
        op: &'static str,
        [a, b]: [&'a [S]; 2],
        width: usize,
        centre: &'a mut Vec<f64>,
    ) -> Result<Pair<'a, S>> {
        let whole = |rows: &[S]| width > 0 && !rows.is_empty() && rows.len().is_multiple_of(width);
        if !whole(a) || !whole(b) {
            return Err(KernelError::shape(
                op,
                "at least one row of one width on both sides",
                [a.len(), b.len(), width],
            ));
        }
        *centre = mean(b, width);
        let (left, right) = (Rows { data: a, width, centre: &*centre }, Rows { data: b, width, centre: &*centre });
        let lengths = |rows: Rows<S, f64>| {
            self.map(rows.count(), rows.data.len(), |i| {
                rows.row(i).iter().zip(rows.centre).map(|(&v, c)| (v.into() - c).powi(2)).sum::<f64>()
            })
        };
        let lengths = [lengths(left), lengths(right)];
        if lengths.iter().flatten().any(|length| !length.is_finite()) {
            return Err(KernelError::value(op, "rows must be finite numbers"));
        }
        Ok(Pair { left, right, lengths })
    }

    /// Euclidean distances between the rows of [n, width] and of [m, width]: [n, m].
    ///
    /// float64 by blocked products of rows, whatever the inputs; where rows are close to each other (d² below a thousandth of their
    /// squared distances from the centre) by differences, so that equal rows are exactly 0 apart. Within 1e-11 relative. O(n·m·width).
    /// Errors: [`KernelError::Shape`] if rows differ in width or there are none, [`KernelError::Value`] for values that are not finite.
    pub fn distances<S: Real + Into<f64>>(&self, a: &[S], b: &[S], width: usize) -> Result<Vec<f64>> {
        let mut centre = Vec::new();
        let pair = self.pair("distances", [a, b], width, &mut centre)?;
        let columns = pair.right.count();
        let mut out = self.buffer_of("distances", &[pair.left.count(), columns])?;
        self.each_row(&mut out, BLOCK * columns, |block, to| {
            for others in (0..columns).step_by(BLOCK) {
                pair.estimate(block * BLOCK, others, |i, j, squared, _| {
                    let close = squared < CANCELS * (pair.lengths[0][i] + pair.lengths[1][j]);
                    let squared = if close { pair.exact(i, j) } else { squared };
                    to[(i - block * BLOCK) * columns + j] = squared.sqrt();
                });
            }
        });
        Ok(out)
    }
}
