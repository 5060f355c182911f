//! High-pass residuals of a plane, quantised and truncated to −2…2.

use crate::simd::{Isa, Task};

/// What is left of a sample when its neighbours predict it. Names are those of Fridrich and Kodovský 2012.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HighPass {
    /// To the next sample: b − a.
    First,
    /// From the mean of both neighbours: (a + c)/2 − b.
    Second,
    /// Third difference: (d − 3c + 3b − a)/3.
    Third,
    /// `SQUARE 3×3`: from (2·sides − corners)/4.
    Square,
}

impl HighPass {
    /// Rows or columns that a line of the filter spans, less one.
    const fn reach(self) -> usize {
        match self {
            Self::First => 1,
            Self::Second | Self::Square => 2,
            Self::Third => 3,
        }
    }

    /// Units of the whole-number residual in a level of the picture, whose planes are in quarters.
    pub(super) const fn units(self) -> f64 {
        match self {
            Self::First => 4.0,
            Self::Second => 8.0,
            Self::Third => 12.0,
            Self::Square => 16.0,
        }
    }
}

/// Residuals of a plane as levels 0…4: rows first, fewer by the filter's reach.
pub(super) struct Truncated<'a> {
    pub(super) plane: &'a [i16],
    pub(super) width: usize,
    pub(super) filter: HighPass,
    /// The filter's line runs down a column; `Square` has none.
    pub(super) down: bool,
    /// Size of a level of the residual, in levels of the picture.
    pub(super) step: f64,
    pub(super) to: &'a mut Vec<u8>,
}

impl Task for Truncated<'_> {
    /// Width of the plane of levels.
    type Output = usize;

    #[inline(always)]
    fn run<S: Isa>(self) -> usize {
        let (w, reach) = (self.width, self.filter.reach());
        let height = self.plane.len() / w;
        let (rows, columns) = match (self.filter, self.down) {
            (HighPass::Square, _) => (height - reach, w - reach),
            (_, true) => (height - reach, w),
            (_, false) => (height, w - reach),
        };
        self.to.resize(rows * columns, 0);
        // Halves go outwards, to both sides alike.
        let unit = self.step * self.filter.units();
        let limits = [(0.5 * unit).ceil() as i16, (1.5 * unit).ceil() as i16];
        let by = if self.down { w } else { 1 };
        for (y, to) in self.to.chunks_exact_mut(columns).enumerate() {
            let at = |offset: usize| &self.plane[y * w + offset..][..columns];
            match self.filter {
                HighPass::First => {
                    let (a, b) = (at(0), at(by));
                    fill(to, limits, |i| b[i] - a[i]);
                }
                HighPass::Second => {
                    let (a, b, c) = (at(0), at(by), at(2 * by));
                    fill(to, limits, |i| a[i] + c[i] - 2 * b[i]);
                }
                HighPass::Third => {
                    let (a, b, c, d) = (at(0), at(by), at(2 * by), at(3 * by));
                    fill(to, limits, |i| d[i] - a[i] + 3 * (b[i] - c[i]));
                }
                HighPass::Square => {
                    let rows = [0, w, 2 * w].map(|row| [at(row), at(row + 1), at(row + 2)]);
                    let [[a, b, c], [d, e, f], [g, h, i]] = rows;
                    fill(to, limits, |x| 2 * (b[x] + d[x] + f[x] + h[x]) - (a[x] + c[x] + g[x] + i[x]) - 4 * e[x]);
                }
            }
        }
        columns
    }
}

/// Levels of one row.
#[inline(always)]
fn fill(to: &mut [u8], [one, two]: [i16; 2], residual: impl Fn(usize) -> i16) {
    for (i, to) in to.iter_mut().enumerate() {
        let r = residual(i);
        *to = (2 + i16::from(r >= one) + i16::from(r >= two) - i16::from(r <= -one) - i16::from(r <= -two)) as u8;
    }
}
