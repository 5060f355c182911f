//! Haralick's features of grey-level co-occurrences.

use super::cooccurrence::{Count, DIRECTIONS};
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Task, dispatch};
use std::sync::OnceLock;

/// Features of a direction.
pub const HARALICK_FEATURES: usize = 13;

/// Counts whose x·log2 x is looked up.
const KNOWN: usize = 1 << 12;

/// x·log2 x of small counts; 0 for 0.
fn known_terms() -> &'static [f64] {
    static TERMS: OnceLock<Vec<f64>> = OnceLock::new();
    TERMS.get_or_init(|| {
        (0..KNOWN as u32).map(|n| if n == 0 { 0.0 } else { f64::from(n) * f64::from(n).log2() }).collect()
    })
}

/// Sums over the symmetric table P = C + Cᵀ of a direction. All but the logarithms and squares are whole numbers, so exact.
#[derive(Default)]
struct Table {
    /// Sum of P: twice the number of pairs.
    total: f64,
    squares: f64,
    /// Sum of P·log2 P.
    terms: f64,
    /// Row sums; sums over i + j; sums over |i − j|.
    rows: Vec<u32>,
    sums: Vec<u32>,
    differences: Vec<u32>,
}

struct Collect<'a> {
    counts: &'a [u32],
    levels: usize,
    known: &'a [f64],
}

impl Task for Collect<'_> {
    type Output = Table;

    #[inline(always)]
    fn run<S: Isa>(self) -> Table {
        let n = self.levels;
        let mut table = Table { rows: vec![0; n], sums: vec![0; 2 * n], differences: vec![0; n], ..Table::default() };
        let term = |count: u32| match self.known.get(count as usize) {
            Some(&term) => term,
            None => f64::from(count) * f64::from(count).log2(),
        };
        for i in 0..n {
            let (diagonal, beside) = self.counts[i * n + i..(i + 1) * n].split_first().expect("a row has a diagonal");
            let beside = &beside[..n - i - 1];
            let mut row = 2 * diagonal;
            for (((to, sum), difference), &count) in table.rows[i + 1..]
                .iter_mut()
                .zip(&mut table.sums[2 * i + 1..])
                .zip(&mut table.differences[1..])
                .zip(beside)
            {
                *to += count;
                *sum += 2 * count;
                *difference += 2 * count;
                row += count;
            }
            table.rows[i] += row;
            table.sums[2 * i] += 2 * diagonal;
            table.differences[0] += 2 * diagonal;
            let doubled = f64::from(2 * diagonal);
            let (mut squares, mut terms) = (0.0, 0.0);
            for &count in beside {
                squares += f64::from(count) * f64::from(count);
                terms += term(count);
            }
            table.squares += 2.0 * squares + doubled * doubled;
            table.terms += 2.0 * terms + term(2 * diagonal);
        }
        table.total = table.rows.iter().map(|&v| f64::from(v)).sum();
        table
    }
}

/// Entropy in bits of counts that sum to `total`.
fn entropy(counts: &[u32], total: f64) -> f64 {
    let share = |&count: &u32| f64::from(count) / total;
    -counts.iter().filter(|&&count| count > 0).map(|count| share(count) * share(count).log2()).sum::<f64>()
}

/// Sum of weight(k)·counts[k], over the total.
fn mean(counts: &[u32], total: f64, weight: impl Fn(f64) -> f64) -> f64 {
    counts.iter().enumerate().map(|(k, &count)| weight(k as f64) * f64::from(count)).sum::<f64>() / total
}

fn features(table: &Table) -> [f64; HARALICK_FEATURES] {
    let Table { total, squares, terms, ref rows, ref sums, ref differences } = *table;
    let mu = mean(rows, total, |i| i);
    let variance = mean(rows, total, |i| i * i) - mu * mu;
    let contrast = mean(differences, total, |k| k * k);
    let (sum, sum_squares) = (mean(sums, total, |k| k), mean(sums, total, |k| k * k));
    // 4·i·j = (i + j)² − (i − j)².
    let product = (sum_squares - contrast) / 4.0;
    let flat = rows.iter().filter(|&&count| count > 0).count() < 2;
    let joint = total.log2() - terms / total;
    let marginal = entropy(rows, total);
    // Both HXY1 and HXY2 are the entropy of independent rows and columns, which is twice that of the rows.
    let information = joint - 2.0 * marginal;
    let share = 1.0 / differences.len() as f64;
    let deviation = |&count: &u32| (f64::from(count) / total - share).powi(2);
    [
        squares / (total * total),
        contrast,
        if flat { 1.0 } else { (product - mu * mu) / variance },
        variance,
        mean(differences, total, |k| 1.0 / (1.0 + k * k)),
        sum,
        sum_squares - sum * sum,
        entropy(sums, total),
        joint,
        differences.iter().map(deviation).sum::<f64>() * share,
        entropy(differences, total),
        if marginal == 0.0 { information } else { information / marginal },
        (1.0 - (2.0 * information).exp()).max(0.0).sqrt(),
    ]
}

impl Kernels {
    /// Haralick's 13 features of 8-bit planes [n, h, w] in 4 directions (right, down right, down, down left; distance 1): [n, 4, 13].
    ///
    /// Grey levels count from 0 to the plane's largest. In order: angular second moment, contrast, correlation (1 if the variance is 0),
    /// variance, inverse difference moment, sum average, sum variance, sum entropy, entropy, variance of the difference probabilities,
    /// difference entropy, the two measures of information. Entropies in bits; nothing is standardised. Counts are exact, the rest
    /// float64: within 1e-12 relative of mahotas 1.4 `haralick`, but for the last feature where rows and columns are nearly
    /// independent (absolute 1e-7, a square root near 0). O(hw + levels²).
    /// Errors: [`KernelError::Shape`] if a side is below 2, the data is not whole planes, or a plane has 2³¹ samples or more.
    /// Source: Haralick, Shanmugam, Dinstein 1973 as mahotas reads it; NoiseScope, section 7.2.
    pub fn haralick(&self, planes: &[u8], height: usize, width: usize) -> Result<Vec<f64>> {
        let size = height.saturating_mul(width);
        if height < 2 || width < 2 || size >= 1 << 31 || !planes.len().is_multiple_of(size) {
            return Err(KernelError::shape("haralick", "8-bit planes with sides of at least 2", [height, width]));
        }
        let jobs = planes.len() / size * DIRECTIONS.len();
        let mut out = self.buffer("haralick", jobs * HARALICK_FEATURES)?;
        let results = self.map(jobs, planes.len() * DIRECTIONS.len(), |job| {
            let plane = &planes[job / DIRECTIONS.len() * size..][..size];
            let levels = usize::from(plane.iter().copied().max().unwrap_or(0)) + 1;
            let mut counts = vec![0; 2 * levels * levels];
            let direction = DIRECTIONS[job % DIRECTIONS.len()];
            dispatch(Count { plane, width, direction, levels, counts: &mut counts });
            let counts = &counts[..levels * levels];
            features(&dispatch(Collect { counts, levels, known: known_terms() }))
        });
        for (to, features) in out.chunks_exact_mut(HARALICK_FEATURES).zip(results) {
            to.copy_from_slice(&features);
        }
        Ok(out)
    }

    /// [`Kernels::haralick`], mean of the four directions: [n, 13], the texture vector of NoiseScope.
    pub fn haralick_mean(&self, planes: &[u8], height: usize, width: usize) -> Result<Vec<f64>> {
        let each = self.haralick(planes, height, width)?;
        let mut out = self.buffer("haralick", each.len() / DIRECTIONS.len())?;
        for (to, from) in out.chunks_exact_mut(HARALICK_FEATURES).zip(each.chunks_exact(HARALICK_FEATURES * 4)) {
            for (i, to) in to.iter_mut().enumerate() {
                *to = from.iter().skip(i).step_by(HARALICK_FEATURES).sum::<f64>() / DIRECTIONS.len() as f64;
            }
        }
        self.recycle(each);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_plane() {
        let flat = Kernels::new().haralick(&[3; 12], 3, 4).unwrap();
        let first = [1.0, 0.0, 1.0, 0.0, 1.0, 6.0, 0.0, 0.0, 0.0, 0.1875, 0.0, 0.0, 0.0];
        assert_eq!(flat[..13], first);
    }

    #[test]
    fn a_checkerboard_by_hand() {
        // Right and down: only pairs (0, 1); diagonals: only (0, 0) and (1, 1).
        let board: Vec<u8> = (0..16).map(|i| (i / 4 + i % 4) as u8 % 2).collect();
        let f = Kernels::new().haralick(&board, 4, 4).unwrap();
        let (right, diagonal) = (&f[..13], &f[13..26]);
        assert_eq!(right[..6], [0.5, 1.0, -1.0, 0.25, 0.5, 1.0]);
        assert_eq!((diagonal[1], diagonal[2]), (0.0, 1.0));
        assert!((right[11] + 1.0).abs() < 1e-15 && (right[8] - 1.0).abs() < 1e-15);
    }

    #[test]
    fn transposing_swaps_directions() {
        let x: Vec<u8> = (0..30 * 17).map(|i: u32| (i * i * 31 % 200) as u8).collect();
        let turned: Vec<u8> = (0..30 * 17).map(|i| x[i % 30 * 17 + i / 30]).collect();
        let (a, b) = (Kernels::new().haralick(&x, 30, 17).unwrap(), Kernels::new().haralick(&turned, 17, 30).unwrap());
        assert_eq!(a[..13], b[26..39]);
        assert_eq!(a[13..26], b[13..26]);
    }

    #[test]
    fn thin_planes_are_refused() {
        assert_eq!(Kernels::new().haralick(&[1; 5], 1, 5).unwrap_err().code(), "KERNEL_SHAPE");
    }
}
