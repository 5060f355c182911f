//! Pillow's bilinear filter, to the byte.

use super::Layout;
use crate::context::Kernels;
use crate::error::Result;
use crate::simd::{Isa, Task, dispatch};

/// Fraction bits of a weight.
const BITS: u32 = 22;

/// Where each output begins in the input, and its weights in fixed point.
struct Triangle {
    starts: Vec<usize>,
    weights: Vec<Vec<i32>>,
}

impl Triangle {
    /// A triangle that is as wide as an output sample where it shrinks, cut off at the borders, its weights summing to one before they are rounded.
    fn new(from: usize, to: usize) -> Self {
        let scale = from as f64 / to as f64;
        let support = scale.max(1.0);
        let mut taps = Self { starts: Vec::with_capacity(to), weights: Vec::with_capacity(to) };
        for i in 0..to {
            let centre = (i as f64 + 0.5) * scale;
            // The casts cut to whole numbers and clip below 0.
            let first = (centre - support + 0.5) as usize;
            let last = ((centre + support + 0.5) as usize).min(from);
            let raw: Vec<f64> = (first..last)
                .map(|place| (1.0 - ((place as f64 - centre + 0.5) * (1.0 / support)).abs()).max(0.0))
                .collect();
            let sum: f64 = raw.iter().sum();
            let fixed = |weight: &f64| (weight / sum * f64::from(1u32 << BITS) + 0.5) as i32;
            taps.starts.push(first);
            taps.weights.push(raw.iter().map(fixed).collect());
        }
        taps
    }

    fn of(&self, i: usize) -> (usize, &[i32]) {
        (self.starts[i], &self.weights[i])
    }
}

/// A sum of levels and fixed weights as a level.
#[inline(always)]
fn level(sum: i32) -> u8 {
    ((sum + (1 << (BITS - 1))) >> BITS).clamp(0, 255) as u8
}

/// One row made narrower or wider.
struct Across<'a> {
    row: &'a [u8],
    channels: usize,
    taps: &'a Triangle,
    to: &'a mut [u8],
}

impl Task for Across<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        for (x, to) in self.to.chunks_exact_mut(self.channels).enumerate() {
            let (start, weights) = self.taps.of(x);
            for (channel, to) in to.iter_mut().enumerate() {
                let samples = self.row[start * self.channels + channel..].iter().step_by(self.channels);
                *to = level(samples.zip(weights).map(|(&sample, weight)| i32::from(sample) * weight).sum());
            }
        }
    }
}

/// One output row out of several input rows.
struct Down<'a> {
    image: &'a [u8],
    taps: (usize, &'a [i32]),
    sums: &'a mut [i32],
    to: &'a mut [u8],
}

impl Task for Down<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let wide = self.to.len();
        self.sums.fill(0);
        for (i, &weight) in self.taps.1.iter().enumerate() {
            let row = &self.image[(self.taps.0 + i) * wide..][..wide];
            for (sum, &sample) in self.sums.iter_mut().zip(row) {
                *sum += i32::from(sample) * weight;
            }
        }
        for (to, &sum) in self.to.iter_mut().zip(&*self.sums) {
            *to = level(sum);
        }
    }
}

impl Kernels {
    /// The bytes of Pillow's `resize(…, BILINEAR)` up to version 10: columns first, rounded to 8 bits, then rows. Sizes are checked by the caller.
    pub(super) fn resize_pillow(
        &self,
        images: &[u8],
        sizes: [usize; 3],
        (height, width): (usize, usize),
    ) -> Result<Vec<u8>> {
        let op = "resize";
        let Layout { image, row } = Layout::of(op, images.len(), sizes)?;
        let (from, channels) = (sizes[0], sizes[2]);
        let wide = width * channels;
        let count = images.len() / image;
        let (across, down) = (Triangle::new(sizes[1], width), Triangle::new(from, height));
        let mut narrow = self.buffer_of(op, &[count, from, width, channels])?;
        self.each_row(&mut narrow, wide, |i, to| {
            dispatch(Across { row: &images[i * row..][..row], channels, taps: &across, to });
        });
        let mut out = self.buffer_of(op, &[count, height, width, channels])?;
        self.each_row(&mut out, wide, |i, to| {
            let image = &narrow[i / height * from * wide..][..from * wide];
            dispatch(Down { image, taps: down.of(i % height), sums: &mut vec![0; wide], to });
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Resampling;
    use super::*;

    /// Values by Pillow 10.2.0: `Image.fromarray(x).resize((width, height), Image.BILINEAR)`.
    #[test]
    fn small_pictures_are_pillows() {
        let image: Vec<u8> = (0..20u32).map(|i| (i * 37 + 11) as u8).collect();
        let kernels = Kernels::new();
        let resize = |size| kernels.resize(&image, [4, 5, 1], size, Resampling::LinearPillow).unwrap();
        assert_eq!(resize((4, 5)), image);
        assert_eq!(resize((2, 3)), [123, 95, 108, 121, 150, 138]);
        assert_eq!(
            resize((9, 2)),
            [48, 122, 67, 112, 118, 86, 163, 68, 163, 109, 162, 150, 134, 159, 103, 163, 91, 165]
        );
        let larger = resize((7, 9));
        assert_eq!(larger[..9], [11, 23, 44, 64, 85, 106, 126, 147, 159]);
        assert_eq!(larger[27..36], [161, 173, 194, 157, 107, 128, 134, 83, 53]);
        assert_eq!(larger[54..], [54, 66, 87, 107, 128, 149, 169, 190, 202]);
    }

    /// Two colour pictures at once are the pictures one by one.
    #[test]
    fn channels_and_pictures_keep_apart() {
        let image: Vec<u8> = (0..2 * 6 * 7 * 3u32).map(|i| (i * i * 7 + i) as u8).collect();
        let kernels = Kernels::new();
        let resize =
            |image: &[u8], channels| kernels.resize(image, [6, 7, channels], (4, 3), Resampling::LinearPillow).unwrap();
        let both = resize(&image, 3);
        assert_eq!(both[36..], resize(&image[126..], 3));
        let green: Vec<u8> = image[..126].iter().skip(1).step_by(3).copied().collect();
        assert_eq!(both[..36].iter().skip(1).step_by(3).copied().collect::<Vec<_>>(), resize(&green, 1));
    }

    #[test]
    fn flat_pictures_stay_flat() {
        for (height, width) in [(3, 9), (40, 2), (7, 11), (1, 1), (256, 256)] {
            let out = Kernels::new().resize(&[200; 7 * 11 * 3], [7, 11, 3], (height, width), Resampling::LinearPillow);
            assert_eq!(out.unwrap(), vec![200; height * width * 3]);
        }
    }
}
