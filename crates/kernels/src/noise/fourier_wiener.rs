//! The Wiener filter over the spectrum of a residual: takes out periodic traces of the camera.

use super::wiener::local;
use crate::context::Kernels;
use crate::error::Result;
use crate::simd::Real;

/// Columns beyond the half spectrum that a window reaches.
const REACH: usize = 4;

/// Sample standard deviation (divisor n − 1), in float64.
fn deviation<T: Real + Into<f64>>(plane: &[T]) -> f64 {
    let n = plane.len() as f64;
    let mean = plane.iter().map(|&x| x.into()).sum::<f64>() / n;
    (plane.iter().map(|&x| (x.into() - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// |F|/√(hw) of a half spectrum and of as many columns of its mirrored half as the windows need: [h, columns].
fn magnitudes<T: Real + Into<f64>>(half: &[T], h: usize, w: usize, columns: usize) -> Vec<T> {
    let bins = w / 2 + 1;
    let scale = 1.0 / ((h * w) as f64).sqrt();
    let at = |l: usize, k: usize| if k < bins { (l, k) } else { ((h - l) % h, w - k) };
    let magnitude = |i: usize| {
        let (l, k) = at(i / columns, i % columns);
        let [re, im] = [0, 1].map(|part| half[(l * bins + k) * 2 + part].into());
        T::of((re * re + im * im).sqrt() * scale)
    };
    (0..h * columns).map(magnitude).collect()
}

impl Kernels {
    /// Wiener filter in the Fourier domain of planes [n, h, w]: F becomes F·a′/a with a = |F|/√(hw) and a′ the local Wiener estimate
    /// ([`Kernels::local_wiener`]) of the plane of a (origin at the corner, zeros outside, not cyclic), 0 where a = 0. The noise variance
    /// is the sample variance of each plane, divisor hw − 1; planes of one value come back as zeros.
    ///
    /// Same shape and unit; any sides; O(hw·log(hw)). Errors as [`Kernels::rfft2`]. Source: NoiseScope 3.2; frequency section 12, step 4.
    pub fn fourier_wiener<T: Real + Into<f64>>(&self, x: &[T], height: usize, width: usize) -> Result<Vec<T>> {
        let mut spectra = self.rfft2(x, height, width)?;
        let bins = width / 2 + 1;
        let columns = width.min(bins + REACH);
        self.each(x, height * width, &mut spectra, height * bins * 2, |_, plane, half| {
            let variance = deviation(plane).powi(2);
            if !(variance > 0.0 && variance.is_finite()) {
                return half.fill(T::default());
            }
            let before = magnitudes(half, height, width, columns);
            let mut after = before.clone();
            local(&before, &mut after, columns, variance);
            for (l, row) in half.chunks_exact_mut(2 * bins).enumerate() {
                let ratios = before[l * columns..].iter().zip(&after[l * columns..]);
                for (value, (&before, &after)) in row.chunks_exact_mut(2).zip(ratios) {
                    let ratio = if before > T::default() { after / before } else { T::default() };
                    value[0] = value[0] * ratio;
                    value[1] = value[1] * ratio;
                }
            }
        });
        let out = self.irfft2(&spectra, height, width)?;
        self.recycle(spectra);
        Ok(out)
    }
}
