//! Neighbouring pixel relationships.

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::{BLOCK, Isa, Task, deinterleave, dispatch};

const DEVIATION: [f64; 3] = [0.229, 0.224, 0.225];

struct Residual<'a> {
    image: &'a [u8],
    width: usize,
    size: (usize, usize),
    scale: bool,
    to: &'a mut [f32],
}

impl Task for Residual<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let (h, w) = self.size;
        let factors = DEVIATION.map(|d| (if self.scale { 2.0 / 3.0 } else { 1.0 } / (255.0 * d)) as f32);
        let (mut pixels, mut anchors) = ([[0; BLOCK]; 3], [[0; BLOCK]; 3]);
        for y in (0..h).step_by(2) {
            for x in (0..w).step_by(BLOCK) {
                let count = (w - x).min(BLOCK);
                for row in 0..2 {
                    let start = ((y + row) * self.width + x) * 3;
                    deinterleave(&self.image[start..start + count * 3], &mut pixels);
                    if row == 0 {
                        anchors = pixels;
                        anchors.iter_mut().for_each(double_even);
                    }
                    for (channel, factor) in factors.iter().enumerate() {
                        let out = &mut self.to[(channel * h + y + row) * w + x..][..count];
                        for (out, (&pixel, &anchor)) in
                            out.iter_mut().zip(pixels[channel].iter().zip(&anchors[channel]))
                        {
                            *out = (i32::from(pixel) - i32::from(anchor)) as f32 * factor;
                        }
                    }
                }
            }
        }
    }
}

/// Each sample at an even place again at the odd place after it.
#[inline(always)]
fn double_even(row: &mut [u8; BLOCK]) {
    for pair in row.chunks_exact_mut(2) {
        let even = u16::from_le_bytes([pair[0], pair[1]]) & 0xff;
        pair.copy_from_slice(&(even | even << 8).to_le_bytes());
    }
}

impl Kernels {
    /// Each sample minus the upper left one of its 2×2 cell, on (x/255 − mean)/std, times 2/3 when `scale`:
    /// u8 [n, h, w, 3] → f32 [n, 3, h', w'], where an odd last row or column is dropped.
    ///
    /// Computed from whole-number differences, where the mean cancels: exact but for the rounding of one product, within 3.5e-7 of the
    /// official float32 path. A quarter of each plane is exactly 0. O(n).
    /// Errors: [`KernelError::Shape`] if a side is below 2 or the data is not RGB images. Source: Tan et al. 2024 (NPR), section 2.
    pub fn npr_residual(&self, images: &[u8], height: usize, width: usize, scale: bool) -> Result<Vec<f32>> {
        let size = (height & !1, width & !1);
        if height < 2 || width < 2 || !images.len().is_multiple_of(height * width * 3) {
            return Err(KernelError::shape("nprResidual", "RGB images with sides of at least 2", [height, width]));
        }
        let (from, to) = (height * width * 3, size.0 * size.1 * 3);
        let mut out = self.buffer("nprResidual", images.len() / from * to)?;
        self.each(images, from, &mut out, to, |_, image, to| dispatch(Residual { image, width, size, scale, to }));
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubled_pictures_vanish_and_odd_sides_are_dropped() {
        let doubled: Vec<u8> = (0..5 * 7 * 3).map(|i| (i / 21 / 2 * 50 + i % 21 / 6 * 20) as u8).collect();
        let out = Kernels::new().npr_residual(&doubled, 5, 7, true).unwrap();
        assert_eq!(out, vec![0.0; 3 * 4 * 6]);
    }

    #[test]
    fn one_cell_by_hand() {
        let image = [10, 20, 30, 40, 20, 0, 10, 10, 10, 255, 255, 255];
        let out = Kernels::new().npr_residual(&image, 2, 2, false).unwrap();
        let want = |d: f64, c: usize| (d / 255.0 / DEVIATION[c]) as f32;
        for (i, d) in [0.0, 30.0, 0.0, 245.0, 0.0, 0.0, -10.0, 235.0, 0.0, -30.0, -20.0, 225.0].into_iter().enumerate()
        {
            assert!((out[i] - want(d, i / 4)).abs() < 1e-6, "{i}");
        }
    }
}
