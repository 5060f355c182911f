//! Gaussian blur.

use super::Layout;
use super::borders::{mirrored, widen};
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Task, dispatch};

/// How the sums of a blur are formed. Names are those of the TypeScript contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `exact`: weights in float32, rounded once.
    Exact,
    /// `opencv`: weights of 8 fractional bits whose errors are passed on so that they sum to 1, as OpenCV 4 and 5 blur 8-bit pictures.
    OpenCv,
}

impl Arithmetic {
    /// Both with their names.
    pub const ALL: [(&'static str, Self); 2] = [("exact", Self::Exact), ("opencv", Self::OpenCv)];
}

/// A Gaussian; 0 for one of the two derives it from the other as OpenCV does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gaussian {
    /// Taps, an odd number; 0: `round(6·sigma + 1) | 1`.
    pub taps: usize,
    /// Standard deviation in samples; 0: `0.3·((taps − 1)/2 − 1) + 0.8`.
    pub sigma: f64,
}

/// Taps at most.
const MOST: usize = 255;

impl Gaussian {
    /// Weights that sum to 1. Errors: [`KernelError::Value`] for an even number of taps, more than 255, or a sigma that is no number of at least 0.
    fn weights(self, op: &'static str) -> Result<Vec<f64>> {
        let Self { taps, sigma } = self;
        if !(sigma >= 0.0 && sigma.is_finite()) || (taps == 0 && sigma == 0.0) {
            return Err(KernelError::value(
                op,
                format!("sigma must be a number above 0, or 0 with a number of taps, not {sigma}"),
            ));
        }
        let taps = if taps == 0 { (6.0 * sigma + 1.0).round_ties_even() as usize | 1 } else { taps };
        if taps.is_multiple_of(2) || taps > MOST {
            return Err(KernelError::value(op, format!("taps must be odd and at most {MOST}, not {taps}")));
        }
        let radius = (taps / 2) as f64;
        let sigma = if sigma == 0.0 { 0.3 * (radius - 1.0) + 0.8 } else { sigma };
        let weights: Vec<f64> =
            (0..taps).map(|i| (-(i as f64 - radius).powi(2) / (2.0 * sigma * sigma)).exp()).collect();
        let sum: f64 = weights.iter().sum();
        Ok(weights.into_iter().map(|weight| weight / sum).collect())
    }
}

/// 256ths: from the ends inwards each is rounded with what rounding left before; the middle takes what is missing to 256.
fn fixed_point(weights: &[f64]) -> Vec<f64> {
    let middle = weights.len() / 2;
    let (mut fixed, mut left, mut sum) = (vec![0.0; weights.len()], 0.0, 0.0);
    for i in 0..middle {
        let wanted = weights[i] * 256.0 + left;
        let rounded = wanted.round_ties_even();
        left = wanted - rounded;
        (fixed[i], fixed[weights.len() - 1 - i]) = (rounded, rounded);
        sum += 2.0 * rounded;
    }
    fixed[middle] = 256.0 - sum;
    fixed
}

/// Sums of a row of bytes that is wider by the taps.
struct Along<'a> {
    wide: &'a [u8],
    channels: usize,
    weights: &'a [f32],
    to: &'a mut [f32],
}

impl Task for Along<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        self.to.fill(0.0);
        for (i, &weight) in self.weights.iter().enumerate() {
            for (to, &from) in self.to.iter_mut().zip(&self.wide[i * self.channels..]) {
                *to += weight * f32::from(from);
            }
        }
    }
}

/// Sums of rows below each other, rounded to bytes, halves up. No products are fused, so every backend gives the same bits.
struct Across<'a> {
    rows: &'a [&'a [f32]],
    weights: &'a [f32],
    scale: f32,
    sums: &'a mut [f32],
    to: &'a mut [u8],
}

impl Task for Across<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        self.sums.fill(0.0);
        for (row, &weight) in self.rows.iter().zip(self.weights) {
            for (sum, value) in self.sums.iter_mut().zip(*row) {
                *sum += weight * value;
            }
        }
        for (to, sum) in self.to.iter_mut().zip(&*self.sums) {
            *to = (sum * self.scale + 0.5) as i32 as u8;
        }
    }
}

impl Kernels {
    /// Gaussian blur of 8-bit pictures [n, h, w, c], same shape; separable, borders mirrored without repeating the edge.
    ///
    /// Levels 0…255. `Exact` is within half a level of the real sum; `OpenCv` gives the bytes of OpenCV's `GaussianBlur`. O(hw·taps).
    /// Errors: [`KernelError::Shape`] for sides of 0; [`KernelError::Value`] for taps that are even or above 255 and a negative sigma.
    /// Source: Frank et al. 2020 as its code runs it, section 13.
    pub fn gaussian_blur(
        &self,
        images: &[u8],
        sizes: [usize; 3],
        gaussian: Gaussian,
        arithmetic: Arithmetic,
    ) -> Result<Vec<u8>> {
        let op = "gaussianBlur";
        let Layout { image, row } = Layout::of(op, images.len(), sizes)?;
        let [height, _, channels] = sizes;
        let exact = gaussian.weights(op)?;
        let (weights, scale) = match arithmetic {
            Arithmetic::Exact => (exact, 1.0),
            // Whole numbers of at most 24 bits: float32 holds them exactly.
            Arithmetic::OpenCv => (fixed_point(&exact), 1.0 / 65536.0),
        };
        let weights: Vec<f32> = weights.into_iter().map(|weight| weight as f32).collect();
        let radius = weights.len() / 2;
        let mut between = self.buffer::<f32>(op, images.len())?;
        self.each(images, row, &mut between, row, |_, from, to| {
            let mut wide = Vec::with_capacity(row + 2 * radius * channels);
            widen(from, channels, radius, mirrored, &mut wide);
            dispatch(Along { wide: &wide, channels, weights: &weights, to });
        });
        let mut out = self.buffer(op, images.len())?;
        let lines = &between;
        self.each(images, row, &mut out, row, |i, _, to| {
            let (picture, y) = (i / height, i % height);
            let line = |k: usize| {
                let at = picture * image + mirrored(y as isize + k as isize - radius as isize, height) * row;
                &lines[at..at + row]
            };
            let rows: Vec<&[f32]> = (0..weights.len()).map(line).collect();
            let mut sums = vec![0.0; row];
            dispatch(Across { rows: &rows, weights: &weights, scale, sums: &mut sums, to });
        });
        self.recycle(between);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_the_rule() {
        let wide = Gaussian { taps: 3, sigma: 4.0 }.weights("t").unwrap();
        assert!((wide[0] - 0.329_843_27).abs() < 1e-7 && (wide.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert_eq!(Gaussian { taps: 0, sigma: 1.0 }.weights("t").unwrap().len(), 7);
        assert_eq!(Gaussian { taps: 5, sigma: 0.0 }.weights("t"), Gaussian { taps: 5, sigma: 1.1 }.weights("t"));
        assert_eq!(fixed_point(&wide), [84.0, 88.0, 84.0]);
        for bad in [
            Gaussian { taps: 4, sigma: 1.0 },
            Gaussian { taps: 0, sigma: 0.0 },
            Gaussian { taps: 3, sigma: -1.0 },
            Gaussian { taps: 257, sigma: 1.0 },
        ] {
            assert!(bad.weights("t").is_err(), "{bad:?}");
        }
    }

    #[test]
    fn flat_stays_flat_and_a_dot_spreads() {
        let kernels = Kernels::new();
        let gaussian = Gaussian { taps: 9, sigma: 4.0 };
        for arithmetic in [Arithmetic::Exact, Arithmetic::OpenCv] {
            assert_eq!(kernels.gaussian_blur(&[201; 75], [5, 5, 3], gaussian, arithmetic).unwrap(), [201; 75]);
        }
        let mut dot = [0; 25];
        dot[12] = 255;
        let blurred =
            kernels.gaussian_blur(&dot, [5, 5, 1], Gaussian { taps: 3, sigma: 0.85 }, Arithmetic::Exact).unwrap();
        assert_eq!(blurred[6..9], blurred[16..19]);
        let (side, middle) = ((blurred[7], blurred[11]), blurred[12]);
        assert_eq!((side, middle, blurred[0]), ((32, 32), 64, 0));
    }
}
