//! Azimuthal averages.

use crate::context::Kernels;
use crate::error::{KernelError, Result};

/// Where radius 0 lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// `corner`: at [0, 0], as in a DCT.
    Corner,
    /// `centre`: at [⌊h/2⌋, ⌊w/2⌋], as in a shifted Fourier spectrum.
    Centre,
}

/// Ring of every sample, `outside` for those beyond the last one. Along a row radii change by at most 1, so no square roots are taken.
fn rings(height: usize, width: usize, (cy, cx): (usize, usize), outside: u32) -> Vec<u32> {
    let mut rings = vec![0; height * width];
    for (row, rings) in rings.chunks_exact_mut(width).enumerate() {
        let dy = row.abs_diff(cy) as u64;
        let mut walk = |columns: &mut dyn Iterator<Item = usize>| {
            let mut radius = dy;
            for column in columns {
                let dx = column.abs_diff(cx) as u64;
                radius += u64::from((radius + 1) * (radius + 1) <= dy * dy + dx * dx);
                rings[column] = outside.min(u32::try_from(radius).unwrap_or(outside));
            }
        };
        walk(&mut (cx..width));
        walk(&mut (0..cx).rev());
    }
    rings
}

/// Bins at most; no picture has a longer radius.
const MOST: usize = 1 << 16;

impl Kernels {
    /// Mean of each ring of planes [n, h, w] → [n, bins]: ring i holds the samples with radius i ≤ r < i + 1 in samples.
    ///
    /// Samples beyond the last ring are not used; empty rings are 0. Sums in float64. O(hw).
    /// Errors: [`KernelError::Shape`] for empty planes, [`KernelError::Value`] for bins outside 1…65536.
    pub fn radial_mean(&self, x: &[f32], height: usize, width: usize, origin: Origin, bins: usize) -> Result<Vec<f32>> {
        if height == 0 || width == 0 || !x.len().is_multiple_of(height * width) {
            return Err(KernelError::shape("radialMean", "planes with sides of at least 1", [height, width]));
        }
        if !(1..=MOST).contains(&bins) {
            return Err(KernelError::value("radialMean", format!("bins must be 1…{MOST}, not {bins}")));
        }
        let (cy, cx) = if origin == Origin::Centre { (height / 2, width / 2) } else { (0, 0) };
        let rings = rings(height, width, (cy, cx), bins as u32);
        let mut counts = vec![0.0_f64; bins + 1];
        for &ring in &rings {
            counts[ring as usize] += 1.0;
        }
        let mut out = self.buffer_of("radialMean", &[x.len() / (height * width), bins])?;
        self.each(x, height * width, &mut out, bins, |_, from, to| {
            let mut sums = vec![0.0_f64; bins + 1];
            for (&ring, &value) in rings.iter().zip(from) {
                sums[ring as usize] += f64::from(value);
            }
            for ((to, sum), count) in to.iter_mut().zip(&sums).zip(&counts) {
                *to = if *count > 0.0 { (sum / count) as f32 } else { 0.0 };
            }
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_around_the_corner_and_the_centre() {
        let x = [1.0, 2.0, 9.0, 4.0, 6.0, 9.0, 9.0, 9.0, 9.0];
        let kernels = Kernels::new();
        assert_eq!(kernels.radial_mean(&x, 3, 3, Origin::Corner, 2).unwrap(), [1.0, 4.0]);
        // The ring around the centre: 1 + 2 + 4 + five times 9, over 8.
        assert_eq!(kernels.radial_mean(&x, 3, 3, Origin::Centre, 3).unwrap(), [6.0, 6.5, 0.0]);
    }
}
