//! What depends only on the size of the planes: the block of lags and its cosines and sines.

use crate::error::{KernelError, Result};
use std::f64::consts::TAU;

/// Lags up to this far from the peak are left out of the energy.
pub(super) const REACH: usize = 5;
/// Number of those lags.
pub(super) const EXCLUDED: usize = (2 * REACH + 1) * (2 * REACH + 1);
/// Rows of a spectrum that stand side by side: a whole number of vectors on every processor.
pub(super) const GROUP: usize = 16;

/// Errors: [`KernelError::Shape`] where the block of lags leaves nothing for the energy.
pub(super) fn check_sides(op: &'static str, height: usize, width: usize) -> Result<()> {
    let good = height.min(width) > 2 * REACH && height * width > EXCLUDED;
    let expected = || KernelError::shape(op, "planes with sides of at least 11, and more than 11×11", [height, width]);
    good.then_some(()).ok_or_else(expected)
}

/// Cosines of 1 … 5 and sines of 1 … 5 times an angle.
pub(super) type Waves = [f32; 2 * REACH];

/// Sizes and tables for planes of one size.
pub(super) struct Shape {
    pub(super) height: usize,
    pub(super) width: usize,
    /// Columns of the half spectrum.
    pub(super) bins: usize,
    /// Groups of [`GROUP`] rows.
    pub(super) groups: usize,
    /// Waves along x of the columns 0, 1, … that stand for themselves or for a pair of columns.
    pub(super) columns: Vec<Waves>,
    /// Waves along y, each over all rows (padded with zeros): cosines of 0 … 5 times the angle, then sines of 1 … 5.
    pub(super) rows: Vec<f32>,
}

impl Shape {
    pub(super) fn new(height: usize, width: usize) -> Self {
        let (bins, groups) = (width / 2 + 1, height.div_ceil(GROUP));
        // Exact angles: the product is reduced in integers.
        let angle = |a: usize, b: usize, n: usize| TAU * (a * b % n) as f64 / n as f64;
        let wave = |k: usize| -> Waves {
            std::array::from_fn(|i| match i {
                i if i < REACH => angle(k, i + 1, width).cos() as f32,
                i => angle(k, i + 1 - REACH, width).sin() as f32,
            })
        };
        // Column k and its partner w/2 − k have the same waves but for their signs.
        let own = if width.is_multiple_of(2) { width / 4 + 1 } else { bins };
        let lines = (0..=REACH).map(|m| (m, false)).chain((1..=REACH).map(|m| (m, true)));
        let line = |(m, sine): (usize, bool)| {
            (0..groups * GROUP).map(move |l| match l {
                l if l >= height => 0.0,
                l if sine => angle(l, m, height).sin() as f32,
                l => angle(l, m, height).cos() as f32,
            })
        };
        let rows = lines.flat_map(line).collect();
        Self { height, width, bins, groups, columns: (0..own).map(wave).collect(), rows }
    }

    /// The column that shares the waves of column k, if there is another one.
    #[inline(always)]
    pub(super) fn partner(&self, k: usize) -> Option<usize> {
        (self.width.is_multiple_of(2) && 2 * k != self.width / 2).then(|| self.width / 2 - k)
    }

    /// Values of a group of rows of a packed spectrum.
    pub(super) fn strip(&self) -> usize {
        self.bins * 2 * GROUP
    }

    /// Values of a packed spectrum.
    pub(super) fn packed(&self) -> usize {
        self.groups * self.strip()
    }

    /// Rows with the padding.
    pub(super) fn padded_rows(&self) -> usize {
        self.groups * GROUP
    }
}
