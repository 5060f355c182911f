//! From learned logits to masks.

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::exp::sigmoid;
use crate::simd::{Isa, Task, dispatch};

/// A row of 3×3 averages, zeros outside.
struct Average<'a> {
    /// The rows above, here and below; none outside.
    rows: [Option<&'a [f32]>; 3],
    to: &'a mut [f32],
}

impl Task for Average<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let mut columns = vec![0.0; self.to.len() + 2];
        for row in self.rows.into_iter().flatten() {
            for (sum, value) in columns[1..].iter_mut().zip(row) {
                *sum += value;
            }
        }
        for (to, three) in self.to.iter_mut().zip(columns.windows(3)) {
            *to = (three[0] + three[1] + three[2]) * (1.0 / 9.0);
        }
    }
}

struct Sigmoid<'a>(&'a mut [f32]);

impl Task for Sigmoid<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        self.0.iter_mut().for_each(|value| *value = sigmoid(*value));
    }
}

impl Kernels {
    /// 3×3 averages of planes, zeros outside, and `then` on each row of the result.
    pub(super) fn average3(
        &self,
        op: &'static str,
        x: &[f32],
        (height, width): (usize, usize),
        then: impl Fn(&mut [f32]) + Send + Sync,
    ) -> Result<Vec<f32>> {
        if height == 0 || width == 0 || !x.len().is_multiple_of(height * width) {
            return Err(KernelError::shape(op, "planes with sides of at least 1", [height, width]));
        }
        let mut out = self.buffer(op, x.len())?;
        self.each_row(&mut out, width, |i, to| {
            let y = i % height;
            let row = |i: usize| &x[i * width..][..width];
            let rows = [(y > 0).then(|| row(i - 1)), Some(row(i)), (y + 1 < height).then(|| row(i + 1))];
            dispatch(Average { rows, to });
            then(to);
        });
        Ok(out)
    }

    /// Masks 0…1 of logits [n, h, w]: the sigmoid of their 3×3 average with zeros outside. float32, same shape. O(hw).
    /// Errors: [`KernelError::Shape`] for sides of 0. Source: Li et al. 2024 (MaskSim), section 5.
    pub fn mask_of_logits(&self, logits: &[f32], height: usize, width: usize) -> Result<Vec<f32>> {
        self.average3("maskOfLogits", logits, (height, width), |row| dispatch(Sigmoid(row)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_count_as_zeros() {
        let out = Kernels::new().mask_of_logits(&[9.0; 9], 3, 3).unwrap();
        let want = [4.0, 6.0, 4.0, 6.0, 9.0, 6.0, 4.0, 6.0, 4.0_f32].map(|sum| 1.0 / (1.0 + (-sum).exp()));
        assert!(out.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-6), "{out:?}");
        assert!(Kernels::new().mask_of_logits(&[], 0, 3).is_err());
    }
}
