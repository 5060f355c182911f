//! Rows in, lanes across: how blocks of a plane reach the transforms.

use crate::simd::{Real, Vector};

/// Rows of equal length in a slice, `stride` apart.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a, T> {
    pub(crate) data: &'a [T],
    pub(crate) stride: usize,
    pub(crate) count: usize,
    pub(crate) length: usize,
}

impl<'a, T: Real> Rows<'a, T> {
    /// Row `i`, or the last one: blocks that reach beyond the plane repeat it and their results are not kept.
    #[inline(always)]
    pub(crate) fn row(&self, i: usize) -> &'a [T] {
        &self.data[i.min(self.count - 1) * self.stride..][..self.length]
    }

    /// Calls `put(column, lanes)` for each column with the samples of rows `first … first + LANES − 1` in the lanes.
    #[inline(always)]
    pub(crate) fn columns<V: Vector<Scalar = T>>(&self, first: usize, mut put: impl FnMut(usize, V)) {
        let whole = self.length / V::LANES * V::LANES;
        let mut rows: [&[T]; 16] = [&[]; 16];
        for (lane, row) in rows.iter_mut().enumerate().take(V::LANES) {
            *row = self.row(first + lane);
        }
        let rows = &rows[..V::LANES];
        let mut square = [V::splat(T::default()); 16];
        for start in (0..whole).step_by(V::LANES) {
            for (lanes, row) in square.iter_mut().zip(rows) {
                *lanes = V::load(&row[start..]);
            }
            V::transpose(&mut square[..V::LANES]);
            for (i, &lanes) in square.iter().enumerate().take(V::LANES) {
                put(start + i, lanes);
            }
        }
        let mut edge = [T::default(); 16];
        for column in whole..self.length {
            for (value, row) in edge.iter_mut().zip(rows) {
                *value = row[column];
            }
            put(column, V::load(&edge));
        }
    }
}

/// Stores the lanes that still lie inside `to`.
#[inline(always)]
pub(crate) fn store_clipped<V: Vector>(lanes: V, to: &mut [V::Scalar]) {
    if to.len() >= V::LANES {
        lanes.store(to);
    } else {
        let mut edge = [V::Scalar::default(); 16];
        lanes.store(&mut edge);
        to.copy_from_slice(&edge[..to.len()]);
    }
}
