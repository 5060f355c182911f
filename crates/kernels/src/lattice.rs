//! Peaks that a periodic pattern leaves on the frequency lattice.

use crate::context::Kernels;
use crate::error::{KernelError, Result};

/// Frequencies on each side of a lattice point that make up its surroundings.
const RADIUS: usize = 4;
/// Keeps logarithms finite where a plane is constant.
const FLOOR: f64 = 1e-3;

/// Lattice points of a period without the mean, one of each conjugate pair: (row, column) in units of side/period.
fn points(period: usize) -> Vec<(usize, usize)> {
    let own_mirror = |column: usize| column == 0 || 2 * column == period;
    let all = (0..period).flat_map(|row| (0..=period / 2).map(move |column| (row, column)));
    all.filter(|&(row, column)| (row, column) != (0, 0) && !(own_mirror(column) && 2 * row > period)).collect()
}

impl Kernels {
    /// ln of the power at each frequency that a pattern of `period` samples can have, over the median power around it (9×9 frequencies
    /// without the middle): 0 without a pattern, whatever the plane's own spectrum. x [n, h, w] → float64 [n, points]; points are
    /// (row, column)·side/period by rows, one of each conjugate pair, without the mean. Sides are cut at the right and bottom to
    /// multiples of the period. O(n·hw·log hw).
    /// Errors: [`KernelError::Shape`] where a side is below 9·period; [`KernelError::Value`] for a period below 2.
    pub fn lattice_peaks(&self, x: &[f32], height: usize, width: usize, period: usize) -> Result<Vec<f64>> {
        let op = "latticePeaks";
        if period < 2 {
            return Err(KernelError::value(op, format!("period {period} is below 2")));
        }
        let (h, w) = (height - height % period, width - width % period);
        let least = period * (2 * RADIUS + 1);
        if h < least || w < least || !x.len().is_multiple_of(height * width) {
            return Err(KernelError::shape(
                op,
                format!("planes of at least {least}×{least}"),
                [x.len(), height, width],
            ));
        }
        let points = points(period);
        let cut: Vec<f32> = x
            .chunks_exact(height * width)
            .flat_map(|plane| plane.chunks_exact(width).take(h).flat_map(|row| &row[..w]))
            .copied()
            .collect();
        let spectra = self.rfft2(&cut, h, w)?;
        let mut out = vec![0.0; x.len() / (height * width) * points.len()];
        self.each(&spectra, 2 * h * (w / 2 + 1), &mut out, points.len(), |_, values, to| {
            let power = Power { values, height: h, width: w };
            for (to, &(row, column)) in to.iter_mut().zip(&points) {
                *to = power.peak(row * h / period, column * w / period);
            }
        });
        Ok(out)
    }
}

/// A half spectrum [h, ⌊w/2⌋+1, 2].
struct Power<'a> {
    values: &'a [f32],
    height: usize,
    width: usize,
}

impl Power<'_> {
    /// Power at any whole frequency, by conjugate symmetry.
    fn at(&self, row: usize, column: usize) -> f64 {
        let (row, column) = (row % self.height, column % self.width);
        let (row, column) = if 2 * column > self.width {
            ((self.height - row) % self.height, self.width - column)
        } else {
            (row, column)
        };
        let at = 2 * (row * (self.width / 2 + 1) + column);
        self.values[at..at + 2].iter().map(|&v| f64::from(v) * f64::from(v)).sum()
    }

    fn peak(&self, row: usize, column: usize) -> f64 {
        let mut around = Vec::with_capacity((2 * RADIUS + 1).pow(2));
        for dy in 0..=2 * RADIUS {
            for dx in 0..=2 * RADIUS {
                if (dy, dx) != (RADIUS, RADIUS) {
                    around.push(self.at(self.height + row + dy - RADIUS, self.width + column + dx - RADIUS));
                }
            }
        }
        around.sort_unstable_by(f64::total_cmp);
        let middle = around.len() / 2;
        let median = (around[middle - 1] + around[middle]) / 2.0;
        (self.at(row, column) + FLOOR).ln() - (median + FLOOR).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(n: usize) -> Vec<f32> {
        let mut state = 1_u32;
        let mut draw = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32 - 0.5
        };
        (0..n).map(|_| draw()).collect()
    }

    #[test]
    fn points_are_one_of_each_pair() {
        assert_eq!(points(2), [(0, 1), (1, 0), (1, 1)]);
        assert_eq!(points(4).len(), 9);
        assert_eq!(points(8).len(), 33);
    }

    #[test]
    fn a_pattern_stands_out_where_it_is() {
        let (h, w) = (75, 82);
        let mut x = noise(2 * h * w);
        let flat = Kernels::new().lattice_peaks(&x, h, w, 4).unwrap();
        for (i, value) in x[h * w..].iter_mut().enumerate() {
            *value += if (i / w) % 4 == 0 { 0.3 } else { 0.0 };
        }
        let peaks = Kernels::new().lattice_peaks(&x, h, w, 4).unwrap();
        assert_eq!(peaks[..9], flat[..9]);
        let rows = points(4);
        for (i, &(row, column)) in rows.iter().enumerate() {
            let expected = column == 0 && row > 0;
            assert_eq!(peaks[9 + i] - flat[9 + i] > 2.0, expected, "{row}, {column}: {} {}", peaks[9 + i], flat[9 + i]);
        }
    }

    #[test]
    fn small_planes_are_refused() {
        assert_eq!(Kernels::new().lattice_peaks(&[0.0; 71 * 72], 71, 72, 8).unwrap_err().code(), "KERNEL_SHAPE");
        assert_eq!(Kernels::new().lattice_peaks(&[0.0; 9], 3, 3, 0).unwrap_err().code(), "KERNEL_VALUE");
    }
}
