//! From real values in 0…1 to bytes.

use crate::context::Kernels;
use crate::error::Result;
use crate::simd::Real;

/// How the step from 0…255 to a whole level is made. Names are those of the TypeScript contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// `truncate`: towards 0, as the fingerprint classifier does (NoiseScope, section 7.1).
    Truncate,
    /// `round`: to the nearest, halves up, as a picture is written (section 9).
    Round,
}

impl Rounding {
    /// Both with their names.
    pub const ALL: [(&'static str, Self); 2] = [("truncate", Self::Truncate), ("round", Self::Round)];
}

/// Elements that one job takes.
const CHUNK: usize = 1 << 14;

impl Kernels {
    /// Values clipped to 0…1, times 255, as bytes; any layout, NaN becomes 0. The product is taken in float64. O(n).
    /// Errors: none but memory. Source: NoiseScope, sections 7.1 and 9.
    pub fn quantise<T: Real + Into<f64>>(&self, x: &[T], rounding: Rounding) -> Result<Vec<u8>> {
        let mut out = self.buffer("quantise", x.len())?;
        let half = if rounding == Rounding::Round { 0.5 } else { 0.0 };
        self.each(x, CHUNK, &mut out, CHUNK, |_, from, to| {
            for (to, &from) in to.iter_mut().zip(from) {
                *to = (from.into().clamp(0.0, 1.0) * 255.0 + half) as u8;
            }
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_halves_and_what_is_no_number() {
        let x = [-1.0, 0.0, 0.5, 254.9 / 255.0, 1.0, 7.0, f64::NAN];
        let kernels = Kernels::new();
        assert_eq!(kernels.quantise(&x, Rounding::Truncate).unwrap(), [0, 0, 127, 254, 255, 255, 0]);
        assert_eq!(kernels.quantise(&x, Rounding::Round).unwrap(), [0, 0, 128, 255, 255, 255, 0]);
    }
}
