//! Scalar products of all rows of one matrix with all rows of another, by blocks that stay in the caches.

use crate::context::{Kernels, with_scratch};
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Line, Real, Task, Vector, carve, dispatch, lines_for};

/// Rows of equal width, of which a vector (or nothing, when empty) is taken off.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a, S, T> {
    pub(crate) data: &'a [S],
    pub(crate) width: usize,
    pub(crate) centre: &'a [T],
}

impl<'a, S: Copy, T> Rows<'a, S, T> {
    pub(crate) fn count(&self) -> usize {
        self.data.len() / self.width
    }

    /// Rows from `first`, at most `count` of them.
    pub(crate) fn part(self, first: usize, count: usize) -> Self {
        let end = (first + count).min(self.count());
        Self { data: &self.data[first * self.width..end * self.width], ..self }
    }

    pub(crate) fn row(&self, i: usize) -> &'a [S] {
        &self.data[i * self.width..][..self.width]
    }
}

/// Rows of the left side that a step takes, vectors of rows of the right side, and columns that are packed at a time.
const LEFT: usize = 4;
const RIGHT: usize = 2;
const DEPTH: usize = 256;

/// `to[i · stride + j]` = row i of `left` · row j of `right`; the rest of `to` stays. Each product is summed in the order of the columns,
/// in stretches of [`DEPTH`], whatever the number of rows.
pub(crate) struct RowProducts<'a, S, T> {
    pub(crate) left: Rows<'a, S, T>,
    pub(crate) right: Rows<'a, S, T>,
    pub(crate) to: &'a mut [T],
    pub(crate) stride: usize,
    pub(crate) lines: &'a mut Vec<Line>,
}

impl<S: Copy + Into<T>, T: Real> Task for RowProducts<'_, S, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: Isa>(self) {
        let lanes = T::Vec::<I>::LANES;
        let (left_rows, right_rows) = (self.left.count(), self.right.count());
        let (left_panels, right_panels) = (left_rows.div_ceil(LEFT), right_rows.div_ceil(RIGHT * lanes));
        let sizes = [left_panels * LEFT * DEPTH, right_panels * RIGHT * lanes * DEPTH];
        let needed = lines_for::<T>(sizes[0]) + lines_for::<T>(sizes[1]);
        if self.lines.len() < needed {
            self.lines.resize(needed, Line::ZERO);
        }
        let (left, rest) = carve::<T>(self.lines, sizes[0]);
        let (right, _) = carve::<T>(rest, sizes[1]);
        for start in (0..self.left.width).step_by(DEPTH) {
            let depth = DEPTH.min(self.left.width - start);
            pack(self.left, start, depth, LEFT, left);
            pack(self.right, start, depth, RIGHT * lanes, right);
            for (r, right) in right.chunks_exact(RIGHT * lanes * depth).take(right_panels).enumerate() {
                for (l, left) in left.chunks_exact(LEFT * depth).take(left_panels).enumerate() {
                    let block = multiply::<T::Vec<I>>(left, right);
                    let mut line = [T::default(); 64];
                    for (i, vectors) in block.iter().enumerate().take(left_rows - l * LEFT) {
                        for (v, vector) in vectors.iter().enumerate() {
                            vector.store(&mut line[v * lanes..]);
                        }
                        let first = r * RIGHT * lanes;
                        let width = (right_rows - first).min(RIGHT * lanes);
                        let to = &mut self.to[(l * LEFT + i) * self.stride + first..][..width];
                        for (to, value) in to.iter_mut().zip(line) {
                            *to = if start == 0 { value } else { *to + value };
                        }
                    }
                }
            }
        }
    }
}

/// Columns `start …` of all rows as panels of `side` rows, column after column; rows beyond the last are 0.
#[inline(always)]
fn pack<S: Copy + Into<T>, T: Real>(rows: Rows<S, T>, start: usize, depth: usize, side: usize, to: &mut [T]) {
    let count = rows.count();
    for (panel, to) in to.chunks_exact_mut(side * depth).take(count.div_ceil(side)).enumerate() {
        for r in 0..side {
            let i = panel * side + r;
            let places = to[r..].iter_mut().step_by(side);
            if i >= count {
                places.for_each(|to| *to = T::default());
                continue;
            }
            let from = &rows.row(i)[start..start + depth];
            if rows.centre.is_empty() {
                places.zip(from).for_each(|(to, &from)| *to = from.into());
            } else {
                let centre = &rows.centre[start..start + depth];
                places.zip(from.iter().zip(centre)).for_each(|(to, (&from, &centre))| *to = from.into() - centre);
            }
        }
    }
}

/// Products of a panel of [`LEFT`] rows with one of [`RIGHT`] vectors of rows.
#[inline(always)]
fn multiply<V: Vector>(left: &[V::Scalar], right: &[V::Scalar]) -> [[V; RIGHT]; LEFT] {
    let mut sums = [[V::splat(V::Scalar::default()); RIGHT]; LEFT];
    for (left, right) in left.chunks_exact(LEFT).zip(right.chunks_exact(RIGHT * V::LANES)) {
        let columns = [V::load(right), V::load(&right[V::LANES..])];
        for (sums, &value) in sums.iter_mut().zip(left) {
            let value = V::splat(value);
            for (sum, column) in sums.iter_mut().zip(columns) {
                *sum = value.mul_add(column, *sum);
            }
        }
    }
    sums
}

/// Rows of each side of a block of products.
const BLOCK: usize = 96;

impl Kernels {
    /// All products of rows, [left rows, right rows]. Errors: [`KernelError::Value`] if there are too many.
    pub(crate) fn row_products<S: Real + Into<T>, T: Real>(
        &self,
        op: &'static str,
        left: Rows<S, T>,
        right: Rows<S, T>,
    ) -> Result<Vec<T>> {
        if left.width != right.width || left.width == 0 {
            return Err(KernelError::shape(op, "rows of one width of at least 1", [left.width, right.width]));
        }
        let stride = right.count();
        let mut out = self.buffer_of(op, &[left.count(), stride])?;
        self.each_row(&mut out, BLOCK * stride, |i, to| {
            with_scratch(|lines| {
                for first in (0..stride).step_by(BLOCK) {
                    let (left, right) = (left.part(i * BLOCK, BLOCK), right.part(first, BLOCK));
                    dispatch(RowProducts { left, right, to: &mut to[first..], stride, lines: &mut *lines });
                }
            });
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_equals_plain_sums() {
        let values = |seed: usize, count: usize| -> Vec<f32> {
            (0..count).map(|i| ((i * 7919 + seed * 31) % 201) as f32 - 100.0).collect()
        };
        for (n, m, width) in [(1, 1, 1), (3, 5, 7), (4, 16, 256), (97, 200, 259), (130, 33, 600)] {
            let (a, b) = (values(1, n * width), values(2, m * width));
            let centre: Vec<f64> = (0..width).map(|k| k as f64 / 8.0).collect();
            for centre in [&[] as &[f64], &centre] {
                let left = Rows { data: &a, width, centre };
                let got = Kernels::new().row_products("test", left, Rows { data: &b, ..left }).unwrap();
                for (place, got) in got.iter().enumerate() {
                    let (i, j) = (place / m, place % m);
                    let off = |k: usize| centre.get(k).copied().unwrap_or(0.0);
                    let term =
                        |k: usize| (f64::from(a[i * width + k]) - off(k)) * (f64::from(b[j * width + k]) - off(k));
                    let want: f64 = (0..width).map(term).sum();
                    assert!((got - want).abs() < 1e-8, "{n}×{m}×{width} [{i}, {j}]: {got} for {want}");
                }
            }
        }
    }
}
