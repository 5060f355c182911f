//! The Wiener filter over the spectrum of a residual: takes out periodic traces of the camera.

use super::wiener::local;
use crate::context::Kernels;
use crate::error::Result;
use crate::simd::Real;

/// Sample standard deviation (divisor n − 1), in float64.
fn deviation<T: Real + Into<f64>>(plane: &[T]) -> f64 {
    let n = plane.len() as f64;
    let mean = plane.iter().map(|&x| x.into()).sum::<f64>() / n;
    (plane.iter().map(|&x| (x.into() - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// |F|/√(hw) of the whole spectrum, [h, w], from its half.
fn magnitudes<T: Real + Into<f64>>(half: &[T], h: usize, w: usize) -> Vec<T> {
    let bins = w / 2 + 1;
    let scale = 1.0 / ((h * w) as f64).sqrt();
    let magnitude = |i: usize| {
        let (l, k) = (i / w, i % w);
        let (l, k) = if k < bins { (l, k) } else { ((h - l) % h, w - k) };
        let [re, im] = [0, 1].map(|part| half[(l * bins + k) * 2 + part].into());
        T::of((re * re + im * im).sqrt() * scale)
    };
    (0..h * w).map(magnitude).collect()
}

/// Multiplies a half spectrum by what the filter leaves of it. The windows end at the edges of the spectrum, so that a frequency and its
/// mirror image are left unlike shares; the real part of the inverse transform has their mean.
fn apply<T: Real + Into<f64>>(half: &mut [T], before: &[T], after: &[T], h: usize, w: usize) {
    let share = |l: usize, k: usize| -> f64 {
        let (before, after): (f64, f64) = (before[l * w + k].into(), after[l * w + k].into());
        if before > 0.0 { after / before } else { 0.0 }
    };
    for (l, row) in half.chunks_exact_mut(2 * (w / 2 + 1)).enumerate() {
        for (k, value) in row.chunks_exact_mut(2).enumerate() {
            let mean = T::of((share(l, k) + share((h - l) % h, (w - k) % w)) / 2.0);
            value[0] = value[0] * mean;
            value[1] = value[1] * mean;
        }
    }
}

impl Kernels {
    /// Wiener filter in the Fourier domain of planes [n, h, w]: F becomes F·a′/a with a = |F|/√(hw) and a′ the local Wiener estimate
    /// ([`Kernels::local_wiener`]) of the whole plane of a (origin at the corner, zeros outside, not cyclic), 0 where a = 0; the real part of the inverse transform. The noise variance
    /// is the sample variance of each plane, divisor hw − 1; planes of one value come back as zeros.
    ///
    /// Same shape and unit; any sides; O(hw·log(hw)). Errors as [`Kernels::rfft2`]. Source: NoiseScope 3.2; frequency section 12, step 4.
    pub fn fourier_wiener<T: Real + Into<f64>>(&self, x: &[T], height: usize, width: usize) -> Result<Vec<T>> {
        let mut spectra = self.rfft2(x, height, width)?;
        let bins = width / 2 + 1;
        self.each(x, height * width, &mut spectra, height * bins * 2, |_, plane, half| {
            let variance = deviation(plane).powi(2);
            if !(variance > 0.0 && variance.is_finite()) {
                return half.fill(T::default());
            }
            let before = magnitudes(half, height, width);
            let mut after = before.clone();
            local(&before, &mut after, width, variance);
            apply(half, &before, &after, height, width);
        });
        let out = self.irfft2(&spectra, height, width)?;
        self.recycle(spectra);
        Ok(out)
    }
}
