//! The DWT-DCT watermark that the Stable Diffusion and FLUX scripts embed.

use crate::context::Kernels;
use crate::error::{KernelError, Result};

/// Step of the quantisation that carries a bit in the U plane.
const STEP: f64 = 36.0;
/// Haar's filter as PyWavelets holds it: products are rounded as there, so that values at a step's middle fall to the same side.
const HAAR: f64 = std::f64::consts::FRAC_1_SQRT_2;
/// Samples of a block's side in the approximation band, and in the picture.
const BLOCK: usize = 4;
const SIDE: usize = 2 * BLOCK;

impl Kernels {
    /// Share of blocks that vote 1 for each bit of a repeated message, for messages of several lengths in bits: u8 [n, h, w, 3] →
    /// f32 [n, Σ lengths], 0…1.
    ///
    /// U of YUV as OpenCV rounds it, one level of the Haar wavelet, and of each 4×4 block of the approximation the value of largest
    /// magnitude but the first (the package takes no DCT of it): it votes 1 above the middle of its step of 36. Blocks go by rows; rows and
    /// columns beyond a multiple of 8 are left out. O(n·h·w), whatever the lengths.
    /// Errors: [`KernelError::Shape`] if the data is not RGB images, [`KernelError::Value`] without lengths, or with fewer blocks than bits.
    /// Source: invisible-watermark 0.2.0 (`EmbedMaxDct.decode`, scales 0, 36), bit for bit.
    pub fn watermark_votes(&self, images: &[u8], height: usize, width: usize, lengths: &[usize]) -> Result<Vec<f32>> {
        const OP: &str = "watermarkVotes";
        let size = height * width * 3;
        if size == 0 || !images.len().is_multiple_of(size) {
            return Err(KernelError::shape(OP, "RGB images", [height, width]));
        }
        let (rows, columns) = (height / SIDE, width / SIDE);
        let blocks = rows * columns;
        if lengths.is_empty() || lengths.iter().any(|&length| length == 0 || length > blocks) {
            let detail =
                format!("messages of {lengths:?} bits need as many blocks of 8 × 8 samples, there are {blocks}");
            return Err(KernelError::value(OP, detail));
        }
        let total = lengths.iter().sum();
        let mut out = self.buffer(OP, images.len() / size * total)?;
        self.each(images, size, &mut out, total, |_, image, mut shares| {
            shares.fill(0.0);
            let ones: Vec<usize> = (0..blocks)
                .filter(|block| vote(&image[(block / columns * width + block % columns) * SIDE * 3..], width * 3))
                .collect();
            for &length in lengths {
                let (own, rest) = shares.split_at_mut(length);
                ones.iter().for_each(|block| own[block % length] += 1.0);
                own.iter_mut().enumerate().for_each(|(bit, share)| *share /= (blocks - bit).div_ceil(length) as f32);
                shares = rest;
            }
        });
        Ok(out)
    }
}

/// Whether the block that starts here votes 1.
fn vote(image: &[u8], stride: usize) -> bool {
    let mut best: f64 = 0.0;
    for i in 1..BLOCK * BLOCK {
        let at = i / BLOCK * 2 * stride + i % BLOCK * 6;
        let column = |x: usize| HAAR * u_of(&image[at + x..]) + HAAR * u_of(&image[at + stride + x..]);
        let value = (HAAR * column(0) + HAAR * column(3)).abs();
        if value > best {
            best = value;
        }
    }
    best % STEP > 0.5 * STEP
}

/// U of an RGB sample: OpenCV's fixed-point `COLOR_BGR2YUV` with 14 bits.
fn u_of(rgb: &[u8]) -> f64 {
    const HALF: i32 = 1 << 13;
    let [r, g, b] = [rgb[0], rgb[1], rgb[2]].map(i32::from);
    let y = (r * 4899 + g * 9617 + b * 1868 + HALF) >> 14;
    f64::from((((b - y) * 8061 + (128 << 14) + HALF) >> 14).clamp(0, 255))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_pictures_vote_alike_everywhere() {
        // U is 128, its approximation 256 = 7·36 + 4: below the middle.
        let votes = Kernels::new().watermark_votes(&[90; 64 * 64 * 3], 64, 64, &[48, 5]).unwrap();
        assert_eq!(votes, vec![0.0; 53]);
    }

    #[test]
    fn pictures_with_fewer_blocks_than_bits_are_refused() {
        let kernels = Kernels::new();
        assert!(kernels.watermark_votes(&[0; 40 * 40 * 3], 40, 40, &[26]).is_err());
        assert!(kernels.watermark_votes(&[0; 40 * 40 * 3], 40, 40, &[25, 3]).is_ok());
        assert!(kernels.watermark_votes(&[0; 40 * 40 * 3], 40, 41, &[25]).is_err());
        assert!(kernels.watermark_votes(&[0; 192], 8, 8, &[0]).is_err());
    }
}
