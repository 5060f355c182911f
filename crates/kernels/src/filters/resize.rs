//! Pictures in another size.

use super::Layout;
use super::taps::{Taps, cubic, linear};
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Task, dispatch};

/// How samples between the samples are made. Names are those of the TypeScript contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resampling {
    /// `cubic`: four samples a side with a = −0.75, edge repeated, no antialiasing, rounded (OpenCV's `INTER_CUBIC`).
    Cubic,
    /// `linear-antialiased`: blurred where it shrinks, then linear, borders mirrored, truncated (scikit-image's `resize`).
    LinearAntialiased,
    /// `linear-pillow`: a triangle as wide as an output sample, cut off at the borders, in fixed point (Pillow's `BILINEAR` up to version 10).
    LinearPillow,
}

impl Resampling {
    /// All with their names.
    pub const ALL: [(&'static str, Self); 3] = [
        ("cubic", Self::Cubic),
        ("linear-antialiased", Self::LinearAntialiased),
        ("linear-pillow", Self::LinearPillow),
    ];
}

/// What is added before a sum is cut to a whole level: a half rounds; the other keeps whole levels that float64 left just below.
const ROUND: f64 = 0.5;
const TRUNCATE: f64 = 1e-9;

/// One output row: sums over input rows, then along the row.
struct Row<'a> {
    image: &'a [u8],
    row: usize,
    channels: usize,
    y: usize,
    taps: (&'a Taps, &'a Taps),
    add: f64,
    sums: &'a mut [f64],
    to: &'a mut [u8],
}

impl Task for Row<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        self.sums.fill(0.0);
        for (place, weight) in self.taps.0.of(self.y) {
            for (sum, &from) in self.sums.iter_mut().zip(&self.image[place * self.row..][..self.row]) {
                *sum += weight * f64::from(from);
            }
        }
        for (x, to) in self.to.chunks_exact_mut(self.channels).enumerate() {
            for (channel, to) in to.iter_mut().enumerate() {
                let sample = |(place, weight): (usize, f64)| weight * self.sums[place * self.channels + channel];
                // The cast clips to 0…255.
                *to = (self.taps.1.of(x).map(sample).sum::<f64>() + self.add) as u8;
            }
        }
    }
}

impl Kernels {
    /// 8-bit pictures [n, h, w, c] in another size: [n, height, width, c]. Sums in float64, clipped to 0…255.
    ///
    /// `Cubic` rounds, halves up: within one level of OpenCV, which uses 11-bit weights. `LinearAntialiased` truncates as the published
    /// crop does, but keeps a level that rounding errors left a billionth below. `LinearPillow` is exact. O(output·taps).
    /// Errors: [`KernelError::Shape`] for sides of 0; [`KernelError::Value`] for a wanted side of 0.
    /// Source: Frank et al. 2020 as its code runs it, sections 7 and 13; NPR, section 4.
    pub fn resize(
        &self,
        images: &[u8],
        sizes: [usize; 3],
        (height, width): (usize, usize),
        resampling: Resampling,
    ) -> Result<Vec<u8>> {
        let op = "resize";
        let Layout { image, row } = Layout::of(op, images.len(), sizes)?;
        let channels = sizes[2];
        if height == 0 || width == 0 {
            return Err(KernelError::value(op, format!("width and height must be at least 1, not {width}×{height}")));
        }
        let count = images.len() / image;
        let (taps, add) = match resampling {
            Resampling::Cubic => ((cubic(sizes[0], height), cubic(sizes[1], width)), ROUND),
            Resampling::LinearAntialiased => ((linear(sizes[0], height), linear(sizes[1], width)), TRUNCATE),
            Resampling::LinearPillow => return self.resize_pillow(images, sizes, (height, width)),
        };
        let mut out = self.buffer_of(op, &[count, height, width, channels])?;
        let wide = width * channels;
        self.each_row(&mut out, wide, |i, to| {
            let image = &images[i / height * image..][..image];
            let (y, taps, mut sums) = (i % height, (&taps.0, &taps.1), vec![0.0; row]);
            dispatch(Row { image, row, channels, y, taps, add, sums: &mut sums, to });
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_pictures_stay_flat() {
        let kernels = Kernels::new();
        for resampling in [Resampling::Cubic, Resampling::LinearAntialiased] {
            for size in [(3, 9), (40, 2), (7, 11), (1, 1)] {
                let out = kernels.resize(&[200; 7 * 11 * 3], [7, 11, 3], size, resampling).unwrap();
                assert_eq!(out, vec![200; size.0 * size.1 * 3], "{resampling:?} {size:?}");
            }
        }
    }

    #[test]
    fn a_step_overshoots_with_cubics_and_is_clipped() {
        let kernels = Kernels::new();
        let out = kernels.resize(&[0, 0, 0, 255, 255, 255], [1, 6, 1], (1, 12), Resampling::Cubic).unwrap();
        assert_eq!(out, [0, 0, 0, 0, 0, 58, 197, 255, 255, 255, 255, 255]);
        assert!(kernels.resize(&[0; 6], [1, 6, 1], (0, 3), Resampling::Cubic).is_err());
    }
}
