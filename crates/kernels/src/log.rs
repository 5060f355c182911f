//! Logarithms of magnitudes.

use crate::context::{Element, Kernels};
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Task, dispatch};

/// Elements that one job of an elementwise operation takes.
const CHUNK: usize = 1 << 14;

/// Natural logarithm of x ≥ 0 in float32, written so that compilers turn a loop over it into vector code.
///
/// Within 2.5e-7 of the exact value, relative where |ln x| > 1 and absolute near 0 (measured over all exponents: 1.9e-7); the same bits
/// on every backend, as it uses no fused operations. ln 0 = −∞, ln ∞ = ∞, NaN stays NaN.
/// ln x = e·ln 2 + 2·artanh((m − 1)/(m + 1)) with m in √½ … √2; the odd polynomial is minimax (relative error 7e-8).
#[inline(always)]
pub(crate) fn ln(x: f32) -> f32 {
    // Numbers below the normal range are lifted into it first.
    let tiny = x < f32::MIN_POSITIVE;
    let value = ln_normal(if tiny { x * 8_388_608.0 } else { x }) - if tiny { 15.942_385 } else { 0.0 };
    if x == 0.0 { f32::NEG_INFINITY } else { value }
}

/// [`ln`] of numbers that are not below the smallest normal one.
#[inline(always)]
pub(crate) fn ln_normal(x: f32) -> f32 {
    let bits = x.to_bits() as i32;
    let exponent = bits.wrapping_sub(0x3f35_04f3) >> 23;
    let m = f32::from_bits(bits.wrapping_sub(exponent << 23) as u32);
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let value = s * (2.000_000_3 + z * (0.666_505_1 + z * 0.413_593_22)) + exponent as f32 * std::f32::consts::LN_2;
    // Infinity and NaN are their own logarithms.
    if x < f32::INFINITY { value } else { x }
}

/// Whether |x| + eps is never below the normal range.
pub(crate) fn keeps_normal(eps: f32) -> bool {
    eps >= f32::MIN_POSITIVE
}

/// f32 or f64 with the logarithm that the kernels use for it.
pub trait Logarithm: Element {
    #[doc(hidden)]
    fn log_abs(from: &[Self], to: &mut [Self], eps: f64);
}

struct LogAbs<'a> {
    from: &'a [f32],
    to: &'a mut [f32],
    eps: f32,
}

impl Task for LogAbs<'_> {
    type Output = ();
    #[inline(always)]
    fn run<S: Isa>(self) {
        if keeps_normal(self.eps) {
            for (to, from) in self.to.iter_mut().zip(self.from) {
                *to = ln_normal(from.abs() + self.eps);
            }
        } else {
            for (to, from) in self.to.iter_mut().zip(self.from) {
                *to = ln(from.abs() + self.eps);
            }
        }
    }
}

impl Logarithm for f32 {
    fn log_abs(from: &[f32], to: &mut [f32], eps: f64) {
        dispatch(LogAbs { from, to, eps: eps as f32 });
    }
}

impl Logarithm for f64 {
    fn log_abs(from: &[f64], to: &mut [f64], eps: f64) {
        for (to, from) in to.iter_mut().zip(from) {
            *to = (from.abs() + eps).ln();
        }
    }
}

struct Spectrum<'a, F> {
    from: &'a [f32],
    to: &'a mut [f32],
    value: F,
}

impl<F: Fn(f32) -> f32> Task for Spectrum<'_, F> {
    type Output = ();
    #[inline(always)]
    fn run<S: Isa>(self) {
        for (to, z) in self.to.iter_mut().zip(self.from.chunks_exact(2)) {
            *to = (self.value)(z[0] * z[0] + z[1] * z[1]);
        }
    }
}

pub(crate) fn checked_eps(op: &'static str, eps: f64) -> Result<()> {
    let good = eps >= 0.0 && eps.is_finite();
    good.then_some(()).ok_or_else(|| KernelError::value(op, format!("eps must be a number of at least 0, not {eps}")))
}

impl Kernels {
    /// Natural log of |x| + eps, elementwise; any layout. O(n).
    ///
    /// float32 is within 1e-6 of the exact logarithm of the rounded sum; float64 uses the standard library.
    /// With eps = 0, zeros give −∞. Errors: [`KernelError::Value`] for a negative eps. Source: Frank et al. 2020, section 5.
    pub fn log_abs<T: Logarithm>(&self, x: &[T], eps: f64) -> Result<Vec<T>> {
        checked_eps("logAbs", eps)?;
        let mut out = self.buffer("logAbs", x.len())?;
        self.each(x, CHUNK, &mut out, CHUNK, |_, from, to| T::log_abs(from, to, eps));
        Ok(out)
    }

    /// ln(|F| + eps) of complex values: [.., 2] of (re, im) → [..]. O(n). Errors as [`Kernels::log_abs`], and an odd length.
    pub fn log_spectrum(&self, x: &[f32], eps: f64) -> Result<Vec<f32>> {
        checked_eps("logSpectrum", eps)?;
        let eps = eps as f32;
        if keeps_normal(eps) {
            self.of_squares("logSpectrum", x, move |square| ln_normal(square.sqrt() + eps))
        } else {
            self.of_squares("logSpectrum", x, move |square| ln(square.sqrt() + eps))
        }
    }

    /// |F|² of complex values: [.., 2] of (re, im) → [..]. O(n). Errors: [`KernelError::Shape`] for an odd length.
    pub fn power_spectrum(&self, x: &[f32]) -> Result<Vec<f32>> {
        self.of_squares("powerSpectrum", x, |square| square)
    }

    pub(crate) fn of_squares(
        &self,
        op: &'static str,
        x: &[f32],
        value: impl Fn(f32) -> f32 + Copy + Send + Sync,
    ) -> Result<Vec<f32>> {
        if !x.len().is_multiple_of(2) {
            return Err(KernelError::shape(op, "pairs of real and imaginary parts", x.len()));
        }
        let mut out = self.buffer(op, x.len() / 2)?;
        self.each(x, 2 * CHUNK, &mut out, CHUNK, |_, from, to| dispatch(Spectrum { from, to, value }));
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ln_is_accurate_over_the_whole_range() {
        let mut worst: f64 = 0.0;
        for bits in (1..0x7f80_0000_u32).step_by(997) {
            let x = f32::from_bits(bits);
            let exact = f64::from(x).ln();
            worst = worst.max((f64::from(ln(x)) - exact).abs() / exact.abs().max(1.0));
        }
        assert!(worst < 2.5e-7, "worst error {worst}");
    }

    #[test]
    fn ln_of_the_special_values() {
        assert_eq!(ln(0.0), f32::NEG_INFINITY);
        assert_eq!(ln(f32::INFINITY), f32::INFINITY);
        assert!(ln(f32::NAN).is_nan());
        assert_eq!(ln(1.0), 0.0);
    }
}
