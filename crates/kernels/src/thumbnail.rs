//! Small copies for display.

use crate::context::Kernels;
use crate::error::{KernelError, Result};

/// Source samples and weights of each output sample: area average along one side.
fn spans(from: usize, to: usize) -> Vec<(usize, Vec<f32>)> {
    let step = from as f64 / to as f64;
    let span = |i: usize| {
        let (start, end) = (i as f64 * step, ((i + 1) as f64 * step).min(from as f64));
        let (first, last) = (start as usize, (end.ceil() as usize).min(from));
        let cover = |s: usize| ((s + 1) as f64).min(end) - (s as f64).max(start);
        (first, (first..last).map(|s| (cover(s) / (end - start)) as f32).collect())
    };
    (0..to).map(span).collect()
}

impl Kernels {
    /// A smaller copy of one image u8 [h, w, c] by area average, rounded: the longer side becomes at most `side`; smaller pictures stay
    /// as they are. Returns (pixels, height, width). For display only: never used before a detector. O(hw).
    /// Errors: [`KernelError::Shape`] if the data is not the image, [`KernelError::Value`] if `side` is 0.
    pub fn thumbnail(
        &self,
        image: &[u8],
        [height, width, channels]: [usize; 3],
        side: usize,
    ) -> Result<(Vec<u8>, usize, usize)> {
        if image.is_empty() || image.len() != height * width * channels {
            return Err(KernelError::shape("thumbnail", "one image", [height, width, channels]));
        }
        if side == 0 {
            return Err(KernelError::value("thumbnail", "side must be at least 1"));
        }
        let shrink = (side as f64 / height.max(width) as f64).min(1.0);
        let sized = |length: usize| ((length as f64 * shrink).round() as usize).clamp(1, length);
        let (h, w) = (sized(height), sized(width));
        let (rows, columns) = (spans(height, h), spans(width, w));
        let mut out = self.buffer("thumbnail", h * w * channels)?;
        let mut sums = vec![0.0_f32; width * channels];
        for ((top, weights), to) in rows.iter().zip(out.chunks_exact_mut(w * channels)) {
            sums.fill(0.0);
            for (row, weight) in image.chunks_exact(width * channels).skip(*top).zip(weights) {
                for (sum, &value) in sums.iter_mut().zip(row) {
                    *sum += f32::from(value) * weight;
                }
            }
            for ((left, weights), pixel) in columns.iter().zip(to.chunks_exact_mut(channels)) {
                for (channel, value) in pixel.iter_mut().enumerate() {
                    let at = |i: usize| sums[(left + i) * channels + channel];
                    let mean: f32 = weights.iter().enumerate().map(|(i, weight)| at(i) * weight).sum();
                    *value = (mean + 0.5) as u8;
                }
            }
        }
        Ok((out, h, w))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_means_of_four() {
        let (out, h, w) = Kernels::new().thumbnail(&[0, 10, 20, 30, 40, 50, 60, 70], [2, 4, 1], 2).unwrap();
        assert_eq!((h, w, out), (1, 2, vec![25, 45]));
    }

    #[test]
    fn flat_stays_flat_at_any_ratio_and_small_stays() {
        let (out, h, w) = Kernels::new().thumbnail(&[200; 37 * 23 * 3], [37, 23, 3], 11).unwrap();
        assert_eq!((h, w), (11, 7));
        assert!(out.iter().all(|&v| v == 200));
        assert_eq!(Kernels::new().thumbnail(&[1, 2, 3], [1, 1, 3], 64).unwrap().0, [1, 2, 3]);
    }
}
