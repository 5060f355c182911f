//! Traces of an earlier JPEG quantisation: how near the coefficients of a block grid lie to the multiples of a table's steps.

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Task, dispatch};

const SIDE: usize = 8;
const CELLS: usize = SIDE * SIDE;

/// Sum of d² and how many coefficients it is over, d the distance to the nearest multiple in steps.
#[derive(Clone, Copy, Default)]
struct Fit {
    sum: f64,
    count: f64,
}

impl Fit {
    /// Adds the coefficients of a block; `per_step` is 1/step, 0 for a frequency that is left out.
    /// Coefficients next to 0 say nothing: in smooth places they lie there whatever the step was.
    #[inline(always)]
    fn add(&mut self, coefficients: &[f32; CELLS], per_step: &[f32; CELLS]) {
        // So many sums at a time, that they become vectors whatever the processor's are.
        let (mut sums, mut counts) = ([0.0f32; LANES], [0.0f32; LANES]);
        for (coefficients, per_step) in coefficients.chunks_exact(LANES).zip(per_step.chunks_exact(LANES)) {
            for i in 0..LANES {
                let steps = coefficients[i] * per_step[i];
                // Beyond 2²³ a float32 has no fraction: adding and taking it off rounds.
                let nearest = (steps + ROUNDING) - ROUNDING;
                let counts_here = if nearest == 0.0 { 0.0 } else { 1.0 };
                let distance = steps - nearest;
                sums[i] += counts_here * distance * distance;
                counts[i] += counts_here;
            }
        }
        self.sum += f64::from(sums.iter().sum::<f32>());
        self.count += f64::from(counts.iter().sum::<f32>());
    }

    fn mean(self) -> f32 {
        if self.count > 0.0 { (12.0 * self.sum / self.count) as f32 } else { 1.0 }
    }
}

const LANES: usize = 16;
const ROUNDING: f32 = 12_582_912.0;

/// Fits of all tables over the blocks of one grid, and how many blocks these are.
struct OnGrid<'a> {
    plane: &'a [f32],
    size: (usize, usize),
    place: (usize, usize),
    per_step: &'a [[f32; CELLS]],
}

impl Task for OnGrid<'_> {
    type Output = (Vec<Fit>, f64);

    #[inline(always)]
    fn run<S: Isa>(self) -> Self::Output {
        let mut fits = vec![Fit::default(); self.per_step.len()];
        let mut blocks = 0.0f64;
        each_block(self.plane, self.size, self.place, |coefficients| {
            blocks += 1.0;
            for (fit, per_step) in fits.iter_mut().zip(self.per_step) {
                fit.add(coefficients, per_step);
            }
        });
        (fits, blocks.max(1.0))
    }
}

impl Kernels {
    /// For each of the 64 places of an 8×8 grid and each of k tables, the mean of 12·d² over the coefficients of all whole blocks, and how
    /// many these are a block: f32 plane [h, w] on the 0…255 scale, f32 tables [k, 64] in row order (0: the frequency is left out) →
    /// f32 [64, k, 2]; place 8·y + x is the grid that starts at row y and column x.
    ///
    /// 1 where the coefficients were not quantised by that table on that grid (d is uniform), near 0 where they were and little happened
    /// since. Coefficients whose nearest multiple is 0 are left out. O(h·w·(k + 16)·64).
    /// Errors: [`KernelError::Shape`] for sides below 16 or tables of another size. Source: the periodic histograms of Popescu & Farid 2004
    /// and JPEG ghosts (Farid 2009), taken as one statistic in the DCT domain.
    pub fn grid_fit(&self, plane: &[f32], height: usize, width: usize, tables: &[f32]) -> Result<Vec<f32>> {
        const OP: &str = "gridFit";
        check(OP, plane, height, width)?;
        if tables.is_empty() || !tables.len().is_multiple_of(CELLS) {
            return Err(KernelError::shape(OP, "tables [k, 64]", [tables.len()]));
        }
        let count = tables.len() / CELLS;
        let per_step: Vec<[f32; CELLS]> = tables.chunks_exact(CELLS).map(per_step).collect();
        let mut out = self.buffer(OP, CELLS * count * 2)?;
        let fits = self.map(CELLS, height * width * (count + 16), |place| {
            dispatch(OnGrid { plane, size: (height, width), place: (place / SIDE, place % SIDE), per_step: &per_step })
        });
        let means = fits
            .iter()
            .flat_map(|(fits, blocks)| fits.iter().map(move |fit| [fit.mean(), (fit.count / blocks) as f32]));
        out.chunks_exact_mut(2).zip(means).for_each(|(to, pair)| to.copy_from_slice(&pair));
        Ok(out)
    }

    /// The same for each block of one grid: f32 plane [h, w], one table of 64 steps, the grid's first row and column (0…7) →
    /// f32 [rows, columns] of means, 1 where a block has no coefficient that counts. O(h·w).
    /// Errors: [`KernelError::Shape`] for sides below 16 or another table, [`KernelError::Value`] for a place beyond 7.
    pub fn grid_fit_map(
        &self,
        plane: &[f32],
        height: usize,
        width: usize,
        table: &[f32],
        (y, x): (usize, usize),
    ) -> Result<(Vec<f32>, usize, usize)> {
        const OP: &str = "gridFitMap";
        check(OP, plane, height, width)?;
        if table.len() != CELLS {
            return Err(KernelError::shape(OP, "a table of 64 steps", [table.len()]));
        }
        if y >= SIDE || x >= SIDE {
            return Err(KernelError::value(OP, format!("a grid starts at 0…7, not at row {y}, column {x}")));
        }
        let (rows, columns) = ((height - y) / SIDE, (width - x) / SIDE);
        let mut out = self.buffer(OP, rows * columns)?;
        let (per_step, mut at) = (per_step(table), 0);
        each_block(plane, (height, width), (y, x), |coefficients| {
            let mut fit = Fit::default();
            fit.add(coefficients, &per_step);
            out[at] = fit.mean();
            at += 1;
        });
        Ok((out, rows, columns))
    }
}

fn check(op: &'static str, plane: &[f32], height: usize, width: usize) -> Result<()> {
    if height < 2 * SIDE || width < 2 * SIDE || plane.len() != height * width {
        return Err(KernelError::shape(op, "one plane with sides of at least 16", [height, width]));
    }
    Ok(())
}

/// Steps to multiply with instead of dividing; 0 where there is none.
fn per_step(table: &[f32]) -> [f32; CELLS] {
    std::array::from_fn(|f| if table[f] > 0.0 { 1.0 / table[f] } else { 0.0 })
}

/// The orthonormal DCT-II of every whole block of a grid, by rows of blocks.
#[inline(always)]
fn each_block(
    plane: &[f32],
    (height, width): (usize, usize),
    (y, x): (usize, usize),
    mut work: impl FnMut(&[f32; CELLS]),
) {
    let basis = basis();
    let (mut half, mut coefficients) = ([0.0f32; CELLS], [0.0f32; CELLS]);
    for top in (y..=height - SIDE).step_by(SIDE) {
        for left in (x..=width - SIDE).step_by(SIDE) {
            for row in 0..SIDE {
                let samples = &plane[(top + row) * width + left..][..SIDE];
                for v in 0..SIDE {
                    half[row * SIDE + v] = samples.iter().zip(&basis[v]).map(|(a, b)| a * b).sum();
                }
            }
            for u in 0..SIDE {
                let mut sums = [0.0f32; SIDE];
                for (row, factor) in half.chunks_exact(SIDE).zip(&basis[u]) {
                    sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += factor * value);
                }
                coefficients[u * SIDE..][..SIDE].copy_from_slice(&sums);
            }
            work(&coefficients);
        }
    }
}

fn basis() -> [[f32; SIDE]; SIDE] {
    std::array::from_fn(|k| {
        let scale = if k == 0 { (1.0 / SIDE as f64).sqrt() } else { (2.0 / SIDE as f64).sqrt() };
        std::array::from_fn(|n| {
            let angle = std::f64::consts::PI * (2 * n + 1) as f64 * k as f64 / (2 * SIDE) as f64;
            (scale * angle.cos()) as f32
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks whose coefficients are multiples of 12 on the grid that starts at (3, 5), and noise elsewhere.
    fn quantised() -> (Vec<f32>, usize, usize) {
        let (height, width) = (83, 93);
        let basis = basis();
        let mut state = 7u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32
        };
        let mut plane: Vec<f32> = (0..height * width).map(|_| 255.0 * next()).collect();
        for top in (3..=height - 8).step_by(8) {
            for left in (5..=width - 8).step_by(8) {
                let coefficients: Vec<f32> = (0..64).map(|_| 12.0 * (10.0 * next() - 5.0).round()).collect();
                for (i, sample) in (0..64).map(|i| (i, (top + i / 8) * width + left + i % 8)) {
                    plane[sample] = (0..64).map(|f| coefficients[f] * basis[f / 8][i / 8] * basis[f % 8][i % 8]).sum();
                }
            }
        }
        (plane, height, width)
    }

    #[test]
    fn finds_the_grid_and_the_step() {
        let (plane, height, width) = quantised();
        let tables: Vec<f32> = [9.0, 12.0, 17.0].iter().flat_map(|&step| vec![step; 64]).collect();
        let fits = Kernels::new().grid_fit(&plane, height, width, &tables).unwrap();
        let best = (0..64 * 3).min_by(|&a, &b| fits[2 * a].total_cmp(&fits[2 * b])).unwrap();
        assert_eq!((best / 3, best % 3), (3 * 8 + 5, 1));
        assert!(fits[2 * best] < 1e-4);
        let others = (0..64 * 3).filter(|&i| i != best).map(|i| fits[2 * i]);
        others.for_each(|fit| assert!((0.7..1.4).contains(&fit), "{fit}"));
    }

    #[test]
    fn maps_each_block() {
        let (mut plane, height, width) = quantised();
        plane[3 * width + 5] += 9.0;
        let (map, rows, columns) = Kernels::new().grid_fit_map(&plane, height, width, &[12.0; 64], (3, 5)).unwrap();
        assert_eq!((rows, columns, map.len()), (10, 11, 110));
        assert!(map[0] > 0.05 && map[1..].iter().all(|&fit| fit < 1e-3));
    }

    #[test]
    fn frequencies_without_a_step_and_blocks_without_contrast_count_nothing() {
        let kernels = Kernels::new();
        let fits = kernels.grid_fit(&[100.0; 20 * 20], 20, 20, &[&[0.0][..], &[8.0; 63]].concat()).unwrap();
        assert!(fits.chunks(2).all(|fit| fit == [1.0, 0.0]));
        assert!(kernels.grid_fit(&[0.0; 15 * 20], 15, 20, &[1.0; 64]).is_err());
        assert!(kernels.grid_fit(&[0.0; 400], 20, 20, &[1.0; 65]).is_err());
        assert!(kernels.grid_fit_map(&[0.0; 400], 20, 20, &[1.0; 64], (8, 0)).is_err());
    }
}
