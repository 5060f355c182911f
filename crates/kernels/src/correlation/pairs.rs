//! PCE of all pairs of a collection by the exact fast method (NoiseScope 13.1 to 13.3): no transform per pair.

use super::block::{Blocks, TOGETHER, total};
use super::shape::{Shape, check_sides};
use crate::context::{Kernels, with_scratch};
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Task, Vector, dispatch};

/// Which pairs of packed spectra are compared.
#[derive(Debug, Clone, Copy)]
pub enum PairsOf<'a> {
    /// Each row from number `from` on with every row before it: all pairs for 0, or those of new clusters at the end.
    One {
        /// Spectra [n, length].
        spectra: &'a [f32],
        /// First row whose pairs are wanted.
        from: usize,
    },
    /// Each row of the first with each row of the second.
    Two(&'a [f32], &'a [f32]),
}

/// A pair above the threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Row of the first spectra, the later one where both come from one set.
    pub row: usize,
    /// Row of the second.
    pub column: usize,
    /// Its PCE.
    pub pce: f64,
}

/// Rows and columns of a tile of the matrix at most; a thread takes one at a time, and its spectra stay in the shared cache.
const TILE: usize = 32;
/// Rows and columns of a micro tile, whose spectra stay in the cache of a core.
const MICRO: usize = 4;
/// Tiles whose results are held at a time.
const TILES: usize = 256;

impl<'a> PairsOf<'a> {
    fn sides(self) -> [&'a [f32]; 2] {
        match self {
            Self::One { spectra, .. } => [spectra, spectra],
            Self::Two(a, b) => [a, b],
        }
    }

    /// First row that is compared, and whether a pair is.
    fn first(self) -> usize {
        match self {
            Self::One { from, .. } => from,
            Self::Two(..) => 0,
        }
    }

    fn wants(self, row: usize, column: usize) -> bool {
        matches!(self, Self::Two(..)) || column < row
    }
}

/// Products of 4 × 4 rows in float32 within a strip, float64 over strips: for the sign of the peak.
struct Products<'a> {
    a: [&'a [f32]; MICRO],
    b: [&'a [f32]; MICRO],
    strip: usize,
}

impl Task for Products<'_> {
    type Output = [[f64; MICRO]; MICRO];

    #[allow(clippy::needless_range_loop, reason = "closures would not be built for the instruction set")]
    #[inline(always)]
    fn run<S: Isa>(self) -> Self::Output {
        let mut totals = [[0.0; MICRO]; MICRO];
        let zero = S::F32::splat(0.0);
        for start in (0..self.a[0].len()).step_by(self.strip) {
            let [a, b] = [self.a, self.b].map(|rows| rows.map(|row| &row[start..][..self.strip]));
            let mut sums = [[zero; MICRO]; MICRO];
            for x in (0..self.strip).step_by(S::F32::LANES) {
                let mut columns = [zero; MICRO];
                for j in 0..MICRO {
                    columns[j] = S::F32::load(&b[j][x..]);
                }
                for i in 0..MICRO {
                    let row = S::F32::load(&a[i][x..]);
                    for j in 0..MICRO {
                        sums[i][j] = row.mul_add(columns[j], sums[i][j]);
                    }
                }
            }
            for i in 0..MICRO {
                for j in 0..MICRO {
                    totals[i][j] += total(sums[i][j]);
                }
            }
        }
        totals
    }
}

/// A comparison under way.
struct Work<'a> {
    shape: Shape,
    pairs: PairsOf<'a>,
    /// Pairs whose PCE does not exceed it are left out.
    threshold: Option<f64>,
}

impl<'a> Work<'a> {
    fn row(&self, side: usize, i: usize) -> &'a [f32] {
        let length = self.shape.packed();
        &self.pairs.sides()[side][i * length..][..length]
    }

    /// The pairs of a micro tile that can exceed the threshold: p ≤ 0 gives PCE ≤ 0.
    fn candidates(&self, rows: std::ops::Range<usize>, columns: std::ops::Range<usize>, to: &mut Vec<(usize, usize)>) {
        let first = to.len();
        for row in rows.clone() {
            let wanted = columns.clone().filter(|&column| self.pairs.wants(row, column));
            to.extend(wanted.map(|column| (row, column)));
        }
        if to.len() == first || !self.threshold.is_some_and(|threshold| threshold >= 0.0) {
            return;
        }
        let a = std::array::from_fn(|i| self.row(0, (rows.start + i).min(rows.end - 1)));
        let b = std::array::from_fn(|i| self.row(1, (columns.start + i).min(columns.end - 1)));
        let p = dispatch(Products { a, b, strip: self.shape.strip() });
        let mut kept = first;
        for i in first..to.len() {
            let (row, column) = to[i];
            if p[row - rows.start][column - columns.start] > 0.0 {
                to[kept] = to[i];
                kept += 1;
            }
        }
        to.truncate(kept);
    }

    /// The values of a tile.
    fn tile(&self, rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) -> Vec<Pair> {
        let mut wanted = Vec::with_capacity(rows.len() * columns.len());
        for row in rows.clone().step_by(MICRO) {
            for column in columns.clone().step_by(MICRO) {
                self.candidates(row..rows.end.min(row + MICRO), column..columns.end.min(column + MICRO), &mut wanted);
            }
        }
        let mut values = Vec::with_capacity(wanted.len());
        for wanted in wanted.chunks(TOGETHER) {
            let spectra: Vec<[&[f32]; 2]> = wanted.iter().map(|&(a, b)| [self.row(0, a), self.row(1, b)]).collect();
            let energies = with_scratch(|lines| dispatch(Blocks { shape: &self.shape, pairs: &spectra, lines }));
            let pairs = wanted.iter().zip(energies);
            let values_of = pairs.map(|(&(row, column), e)| Pair { row, column, pce: e.pce(&self.shape) });
            values.extend(values_of.filter(|pair| self.threshold.is_none_or(|threshold| pair.pce > threshold)));
        }
        values
    }
}

impl Kernels {
    /// Calls `take` with the pairs of one tile after the other.
    fn pce_tiles(
        &self,
        op: &'static str,
        pairs: PairsOf<'_>,
        (height, width): (usize, usize),
        threshold: Option<f64>,
        mut take: impl FnMut(Vec<Pair>) -> Result<()>,
    ) -> Result<()> {
        check_sides(op, height, width)?;
        let shape = Shape::new(height, width);
        let length = shape.packed();
        let [a, b] = pairs.sides();
        if !a.len().is_multiple_of(length) || !b.len().is_multiple_of(length) {
            return Err(KernelError::shape(op, format!("spectra of {length} values"), [a.len(), b.len()]));
        }
        let (rows, columns) = (a.len() / length, b.len() / length);
        // Enough tiles for all threads also in small collections.
        let side = (rows.max(columns) / 8).next_multiple_of(MICRO).clamp(MICRO, TILE);
        let work = Work { shape, pairs, threshold };
        let mut tiles = Vec::new();
        for row in (pairs.first()..rows).step_by(side) {
            let ends = rows.min(row + side);
            let wanted = (0..columns).step_by(side).filter(|&column| pairs.wants(ends - 1, column));
            tiles.extend(wanted.map(|column| (row..ends, column..columns.min(column + side))));
        }
        for tiles in tiles.chunks(TILES) {
            let weight = tiles.len() * side * length;
            for found in self.map(tiles.len(), weight, |i| work.tile(tiles[i].0.clone(), tiles[i].1.clone())) {
                take(found)?;
            }
        }
        Ok(())
    }

    /// Signed PCE at the zero lag of pairs of packed spectra ([`Kernels::pce_spectra`]) of planes h × w: the matrix [rows, columns] in
    /// float64, of the rows from `from` where both come from one set; there, only pairs with column < row are computed, the rest is 0.
    ///
    /// Exact up to rounding (float32 products, relative error of a PCE about 1e-6; the same bits whatever the threads): equals
    /// [`Kernels::pce`] without shifts. About 19·h·w/2 operations a pair; beside the result, memory is bounded by the tiles at work.
    /// Errors: [`KernelError::Shape`] unless the spectra are those of such planes.
    pub fn pce_pairs(&self, pairs: PairsOf<'_>, height: usize, width: usize) -> Result<Vec<f64>> {
        let op = "pcePairs";
        let length = self.pce_spectrum_length(height, width)?;
        let [rows, columns] = pairs.sides().map(|side| side.len() / length);
        let first = pairs.first();
        let mut out = self.buffer_of(op, &[rows.saturating_sub(first), columns])?;
        out.fill(0.0);
        self.pce_tiles(op, pairs, (height, width), None, |found| {
            found.into_iter().for_each(|pair| out[(pair.row - first) * columns + pair.column] = pair.pce);
            Ok(())
        })?;
        Ok(out)
    }

    /// The pairs of [`Kernels::pce_pairs`] whose PCE is above (not at) the threshold, by row, then column. Pairs whose peak is not
    /// positive are left out before the costly part where the threshold is at least 0 (NoiseScope 13.2; exact). Memory is that of the
    /// pairs found. Errors: as [`Kernels::pce_pairs`]; [`KernelError::Value`] for a threshold that is no number or without memory.
    pub fn pce_above(&self, pairs: PairsOf<'_>, height: usize, width: usize, threshold: f64) -> Result<Vec<Pair>> {
        let op = "pceAbove";
        if threshold.is_nan() {
            return Err(KernelError::value(op, "the threshold is no number"));
        }
        let mut all: Vec<Pair> = Vec::new();
        self.pce_tiles(op, pairs, (height, width), Some(threshold), |found| {
            let count = all.len() + found.len();
            all.try_reserve(found.len()).map_err(|_| KernelError::value(op, format!("no memory for {count} pairs")))?;
            all.extend(found);
            Ok(())
        })?;
        all.sort_by_key(|pair| (pair.row, pair.column));
        Ok(all)
    }
}
