//! What the others have in common.

use crate::context::Kernels;
use crate::error::{KernelError, Result};

impl Kernels {
    /// Row i becomes the mean of all rows but i: x [n, features] → the same shape. By linearity from one sum in float64. O(n·features).
    /// Errors: [`KernelError::Shape`] for fewer than two rows. Source: NoiseScope, section 8 (leave-one-out fingerprints).
    pub fn means_of_others(&self, x: &[f32], features: usize) -> Result<Vec<f32>> {
        let op = "meansOfOthers";
        if features == 0 || !x.len().is_multiple_of(features) || x.len() < 2 * features {
            return Err(KernelError::shape(op, "two rows or more", [x.len(), features]));
        }
        let mut sums = vec![0.0_f64; features];
        for row in x.chunks_exact(features) {
            for (sum, &value) in sums.iter_mut().zip(row) {
                *sum += f64::from(value);
            }
        }
        let others = 1.0 / (x.len() / features - 1) as f64;
        let mut out = self.buffer(op, x.len())?;
        self.each(x, features, &mut out, features, |_, from, to| {
            for ((to, &from), sum) in to.iter_mut().zip(from).zip(&sums) {
                *to = ((sum - f64::from(from)) * others) as f32;
            }
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_left_out_of_its_own_mean() {
        let out = Kernels::new().means_of_others(&[1.0, 10.0, 2.0, 20.0, 6.0, 60.0], 2).unwrap();
        assert_eq!(out, [4.0, 40.0, 3.5, 35.0, 1.5, 15.0]);
        assert_eq!(Kernels::new().means_of_others(&[1.0, 2.0], 2).unwrap_err().code(), "KERNEL_SHAPE");
    }
}
