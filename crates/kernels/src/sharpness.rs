//! Sharpness.

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Task, dispatch};

struct Sums<'a> {
    rows: [&'a [f32]; 3],
}

impl Task for Sums<'_> {
    type Output = (f64, f64);

    #[inline(always)]
    fn run<S: Isa>(self) -> (f64, f64) {
        const LANES: usize = 8;
        let [above, middle, below] = self.rows;
        let inner = middle.len() - 2;
        let value = |i: usize| f64::from(above[i + 1] + below[i + 1] + middle[i] + middle[i + 2] - 4.0 * middle[i + 1]);
        let (mut sums, mut squares) = ([0.0; LANES], [0.0; LANES]);
        let whole = inner / LANES * LANES;
        for start in (0..whole).step_by(LANES) {
            for lane in 0..LANES {
                let v = value(start + lane);
                sums[lane] += v;
                squares[lane] += v * v;
            }
        }
        for i in whole..inner {
            let v = value(i);
            sums[i - whole] += v;
            squares[i - whole] += v * v;
        }
        (sums.iter().sum(), squares.iter().sum())
    }
}

impl Kernels {
    /// Population variance of the 3×3 Laplacian (0 1 0 / 1 −4 1 / 0 1 0) of planes [n, h, w] → [n]; inner samples only.
    ///
    /// Sums in float64. O(hw). Errors: [`KernelError::Shape`] if a side is below 3. A baseline: it says how sharp a picture is, nothing else.
    pub fn laplacian_variance(&self, x: &[f32], height: usize, width: usize) -> Result<Vec<f32>> {
        if height < 3 || width < 3 || !x.len().is_multiple_of(height * width) {
            return Err(KernelError::shape("laplacianVariance", "planes with sides of at least 3", [height, width]));
        }
        let mut out = self.buffer("laplacianVariance", x.len() / (height * width))?;
        self.each(x, height * width, &mut out, 1, |_, plane, to| {
            let row = |y: usize| &plane[y * width..][..width];
            let (mut sum, mut squares) = (0.0, 0.0);
            for y in 1..height - 1 {
                let (s, q) = dispatch(Sums { rows: [row(y - 1), row(y), row(y + 1)] });
                sum += s;
                squares += q;
            }
            let n = ((height - 2) * (width - 2)) as f64;
            to[0] = ((squares - sum * sum / n) / n).max(0.0) as f32;
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_and_ramp_have_none_and_a_dot_has_its_own() {
        let kernels = Kernels::new();
        let ramp: Vec<f32> = (0..20 * 30).map(|i| (i / 30) as f32 * 2.0 + (i % 30) as f32).collect();
        assert_eq!(kernels.laplacian_variance(&ramp, 20, 30).unwrap(), [0.0]);
        let mut dot = vec![0.0; 25];
        dot[12] = 1.0;
        // Inner 3×3: −4 and four times 1; mean 0, squares 20.
        assert_eq!(kernels.laplacian_variance(&dot, 5, 5).unwrap(), [(20.0_f64 / 9.0) as f32]);
    }
}
