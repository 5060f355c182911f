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
        const LANES: usize = 16;
        let [above, middle, below] = self.rows;
        let inner = middle.len() - 2;
        let (left, right, centre) = (&middle[..inner], &middle[2..], &middle[1..=inner]);
        let (above, below) = (&above[1..=inner], &below[1..=inner]);
        let (mut sum, mut squares) = (0.0, 0.0);
        // Float32 in blocks whose sums are small enough to lose nothing that matters, float64 above.
        for start in (0..inner).step_by(LANES * 8) {
            let end = (start + LANES * 8).min(inner);
            let mut values = [0.0_f32; LANES * 8];
            let values = &mut values[..end - start];
            let sides =
                left[start..end].iter().zip(&right[start..end]).zip(above[start..end].iter().zip(&below[start..end]));
            for ((value, ((l, r), (a, b))), c) in values.iter_mut().zip(sides).zip(&centre[start..end]) {
                *value = l + r + a + b - 4.0 * c;
            }
            let (mut s, mut q) = ([0.0_f32; LANES], [0.0_f32; LANES]);
            for lanes in values.chunks(LANES) {
                for (i, v) in lanes.iter().enumerate() {
                    s[i] += v;
                    q[i] += v * v;
                }
            }
            sum += s.iter().map(|&v| f64::from(v)).sum::<f64>();
            squares += q.iter().map(|&v| f64::from(v)).sum::<f64>();
        }
        (sum, squares)
    }
}

impl Kernels {
    /// Population variance of the 3×3 Laplacian (0 1 0 / 1 −4 1 / 0 1 0) of planes [n, h, w] → [n]; inner samples only.
    ///
    /// Sums in float32 over blocks of 128 and in float64 above: relative error below 1e-6. O(hw). Errors: [`KernelError::Shape`] if a side is below 3. A baseline: it says how sharp a picture is, nothing else.
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
