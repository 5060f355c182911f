//! The whole surface of cyclic correlation of two planes.

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::Real;

/// Planes minus their means (float64).
pub(super) fn centred<T: Real + Into<f64>>(
    kernels: &Kernels,
    op: &'static str,
    planes: &[T],
    size: usize,
) -> Result<Vec<T>> {
    let mut out = kernels.buffer(op, planes.len())?;
    kernels.each(planes, size, &mut out, size, |_, from, to| {
        let mean = from.iter().map(|&x| x.into()).sum::<f64>() / size as f64;
        to.iter_mut().zip(from).for_each(|(to, &x)| *to = T::of(x.into() - mean));
    });
    Ok(out)
}

impl Kernels {
    /// Cyclic cross-correlation c(k) = Σ a(n)·b(n + k) of planes a and b [n, h, w], each minus its mean; a may be a single plane for all
    /// of b. → [n, h, w] with lag (ky, kx) at [ky mod h, kx mod w]: the zero lag comes first, where b is a moved down by ky and right by
    /// kx the peak is at [ky, kx]. Any sides; O(hw·log(hw)); float32 within 1e-6 of the largest value.
    /// Errors: [`KernelError::Shape`] unless both are whole planes, one or as many. Source: NoiseScope 4.
    pub fn cross_correlation<T: Real + Into<f64>>(
        &self,
        a: &[T],
        b: &[T],
        height: usize,
        width: usize,
    ) -> Result<Vec<T>> {
        let op = "crossCorrelation";
        let size = height * width;
        if size == 0 || b.is_empty() || !b.len().is_multiple_of(size) || (a.len() != size && a.len() != b.len()) {
            return Err(KernelError::shape(op, "one plane or as many as of the other", [a.len(), b.len()]));
        }
        let [first, mut second] = [a, b].map(|planes| -> Result<Vec<T>> {
            let centred = centred(self, op, planes, size)?;
            let spectra = self.rfft2(&centred, height, width);
            self.recycle(centred);
            spectra
        });
        let first = first?;
        let spectra = second.as_mut().map_err(|error| error.clone())?;
        let half = height * (width / 2 + 1) * 2;
        self.fill(spectra, half, |i, b| {
            let a = if first.len() == half { &first[..] } else { &first[i * half..][..half] };
            for (b, a) in b.chunks_exact_mut(2).zip(a.chunks_exact(2)) {
                (b[0], b[1]) = (a[0] * b[0] + a[1] * b[1], a[0] * b[1] - a[1] * b[0]);
            }
        });
        let out = self.irfft2(spectra, height, width);
        self.recycle(first);
        out
    }
}
