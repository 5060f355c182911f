//! Planes as interleaved pixels.

use crate::context::{Element, Kernels};
use crate::error::{KernelError, Result};

impl Kernels {
    /// Planes [n, p, size] as pixels [n, size, p]: the order that image files and other libraries use. Bits are copied as they are, O(n).
    /// Errors: [`KernelError::Shape`] unless the values are whole pictures.
    pub fn interleave<T: Element>(&self, x: &[T], planes: usize, size: usize) -> Result<Vec<T>> {
        let picture = planes.saturating_mul(size);
        if picture == 0 || !x.len().is_multiple_of(picture) {
            return Err(KernelError::shape("interleave", "whole pictures [b, p, h, w]", [planes, size]));
        }
        let mut out = self.buffer("interleave", x.len())?;
        self.each(x, picture, &mut out, picture, |_, from, to| {
            for (plane, from) in from.chunks_exact(size).enumerate() {
                for (to, &from) in to[plane..].iter_mut().step_by(planes).zip(from) {
                    *to = from;
                }
            }
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planes_become_pixels() {
        let kernels = Kernels::new();
        let x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0];
        assert_eq!(
            kernels.interleave(&x, 3, 2).unwrap(),
            [1.0, 3.0, 5.0, 2.0, 4.0, 6.0, 7.0, 9.0, 11.0, 8.0, 10.0, 12.0]
        );
        assert_eq!(kernels.interleave(&x, 1, 6).unwrap(), x);
        let long: Vec<f64> = (0..3 * 9_001).map(f64::from).collect();
        let out = kernels.interleave(&long, 3, 9_001).unwrap();
        assert!(out.iter().enumerate().all(|(i, &v)| v == long[i % 3 * 9_001 + i / 3]));
        assert!(kernels.interleave(&x, 5, 2).is_err() && kernels.interleave(&x, 0, 2).is_err());
    }
}
