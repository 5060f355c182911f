//! Rows in, lanes across: how blocks of a plane reach the transforms.

use super::Complex;
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

    /// Samples `start …` of rows `first …`, LANES of each, turned: vector i holds sample `start + i` of every row. Beyond the end of the
    /// rows nothing is read and the vectors hold anything.
    #[inline(always)]
    pub(crate) fn square<V: Vector<Scalar = T>>(&self, first: usize, start: usize, square: &mut [V; 16]) {
        let whole = start + V::LANES <= self.length;
        for (lane, turned) in square.iter_mut().enumerate().take(V::LANES) {
            let row = &self.row(first + lane)[start..];
            *turned = if whole {
                V::load(row)
            } else {
                let mut edge = [T::default(); 16];
                edge[..row.len()].copy_from_slice(row);
                V::load(&edge)
            };
        }
        V::transpose(&mut square[..V::LANES]);
    }

    /// Samples of rows `first … first + LANES − 1` into `x`, sample n at `place[n]`: as real parts, or as imaginary ones.
    #[inline(always)]
    pub(crate) fn load<V: Vector<Scalar = T>, const IMAGINARY: bool>(
        &self,
        first: usize,
        place: &[u32],
        x: &mut [Complex<V>],
    ) {
        let mut square = [V::splat(T::default()); 16];
        for (block, places) in place[..self.length].chunks(V::LANES).enumerate() {
            self.square(first, block * V::LANES, &mut square);
            for (i, &at) in places.iter().enumerate() {
                if IMAGINARY {
                    x[at as usize].im = square[i];
                } else {
                    x[at as usize].re = square[i];
                }
            }
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
