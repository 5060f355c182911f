//! Luma and colour differences in quarters of a level, in whole numbers.

use crate::simd::{BLOCK, Isa, Task, deinterleave};

/// Planes of a picture: Y, Cb, Cr.
pub(super) const PLANES: usize = 3;

/// Weights of R, G, B in 2⁻¹⁶: those of libjpeg. Each row sums to 2¹⁶ or 0, so greys have no colour.
const WEIGHTS: [[i32; 3]; PLANES] = [[19_595, 38_470, 7_471], [-11_059, -21_709, 32_768], [32_768, -27_439, -5_329]];

/// Plane 0, 1 or 2 of a picture: Y 0…1020, Cb and Cr −510…510, four times the JFIF values, rounded, without the 128.
pub(super) struct QuarterPlane<'a> {
    pub(super) image: &'a [u8],
    pub(super) channels: usize,
    pub(super) plane: usize,
    pub(super) to: &'a mut [i16],
}

impl Task for QuarterPlane<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        if self.channels == 1 {
            let luma = if self.plane == 0 { 4 } else { 0 };
            for (to, &level) in self.to.iter_mut().zip(self.image) {
                *to = luma * i16::from(level);
            }
            return;
        }
        let weights = WEIGHTS[self.plane];
        let mut apart = [[0; BLOCK]; 3];
        for (pixels, to) in self.image.chunks(3 * BLOCK).zip(self.to.chunks_mut(BLOCK)) {
            deinterleave(pixels, &mut apart);
            let [r, g, b] = &apart;
            for (i, to) in to.iter_mut().enumerate() {
                let sum = weights[0] * i32::from(r[i]) + weights[1] * i32::from(g[i]) + weights[2] * i32::from(b[i]);
                *to = ((4 * sum + (1 << 15)) >> 16) as i16;
            }
        }
    }
}

/// Means of 2×2 samples, halves up: a plane of half the sides. An odd last row or column is left out.
pub(super) struct Halve<'a> {
    pub(super) plane: &'a [i16],
    pub(super) width: usize,
    pub(super) to: &'a mut [i16],
}

impl Task for Halve<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let half = self.width / 2;
        for (rows, to) in self.plane.chunks_exact(2 * self.width).zip(self.to.chunks_exact_mut(half)) {
            let (upper, lower) = rows.split_at(self.width);
            let pairs = upper.chunks_exact(2).zip(lower.chunks_exact(2));
            for (to, (upper, lower)) in to.iter_mut().zip(pairs) {
                *to = (upper[0] + upper[1] + lower[0] + lower[1] + 2) >> 2;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::dispatch;

    #[test]
    fn planes_by_hand() {
        let plane = |image: &[u8], channels, plane| {
            let mut to = [0; 2];
            dispatch(QuarterPlane { image, channels, plane, to: &mut to });
            to
        };
        // Red: Y 76.245, Cb −43.03, Cr 127.5.
        let want = [[1020, 305], [0, -172], [0, 510]];
        assert_eq!([0, 1, 2].map(|p| plane(&[255, 255, 255, 255, 0, 0], 3, p)), want);
        assert_eq!([0, 1, 2].map(|p| plane(&[9, 255], 1, p)), [[36, 1020], [0, 0], [0, 0]]);
    }

    #[test]
    fn halves_leave_odd_ends_out() {
        let plane = [1, 2, 90, 3, 5, 91, -7, -8, -9];
        let mut to = [0];
        dispatch(Halve { plane: &plane, width: 3, to: &mut to });
        assert_eq!(to, [3]);
    }
}
