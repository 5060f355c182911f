//! A rich model of pictures: fourth-order co-occurrences of truncated high-pass residuals, as steganalysis uses them.

mod high_pass;
mod planes;
mod quads;

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Task, dispatch};
use high_pass::{HighPass, Truncated};
use planes::{Halve, PLANES, QuarterPlane};
use quads::{QUAD_CELLS, Quads};

/// Sides of which the half still has quads along the third difference.
const LEAST_SIDE: usize = 16;
/// Histograms of a plane and a step: three directed filters along and across their line, one without a line.
const HISTOGRAMS: usize = 7;
const DIRECTED: [HighPass; 3] = [HighPass::First, HighPass::Second, HighPass::Third];
/// Quantisation steps in levels of the picture.
const STEPS: usize = 2;
/// Features of a picture at one scale.
pub const RICH_MODEL_FEATURES: usize = PLANES * STEPS * HISTOGRAMS * QUAD_CELLS;

/// The scale at which a rich model looks at a picture. Names are those of the TypeScript contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// `full`: as it is; steps of 1 and 2.5 levels in Y, 0.5 and 1.25 in Cb and Cr.
    Full,
    /// `half`: means of 2×2 samples; steps of 2 and 5 levels in Y, 0.5 and 1.25 in Cb and Cr.
    Half,
}

impl Scale {
    /// Both with their names.
    pub const ALL: [(&'static str, Self); 2] = [("full", Self::Full), ("half", Self::Half)];

    fn steps(self, plane: usize) -> [f64; STEPS] {
        match (self, plane) {
            (Self::Full, 0) => [1.0, 2.5],
            (Self::Half, 0) => [2.0, 5.0],
            _ => [0.5, 1.25],
        }
    }
}

/// Histograms of one plane, at one step after the other.
struct Describe<'a> {
    plane: &'a [i16],
    width: usize,
    steps: [f64; STEPS],
    to: &'a mut [f32],
}

impl Task for Describe<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let (mut along, mut across) = (Quads::new(), Quads::new());
        let mut levels = Vec::new();
        let mut histograms = self.to.chunks_exact_mut(QUAD_CELLS);
        let mut write = |quads: &mut Quads| quads.take(histograms.next().expect("room for every histogram"));
        for step in self.steps {
            let (plane, width) = (self.plane, self.width);
            for filter in DIRECTED {
                let w = Truncated { plane, width, filter, down: false, step, to: &mut levels }.run::<S>();
                along.along_rows(&levels, w);
                across.along_columns(&levels, w);
                let w = Truncated { plane, width, filter, down: true, step, to: &mut levels }.run::<S>();
                along.along_columns(&levels, w);
                across.along_rows(&levels, w);
                write(&mut along);
                write(&mut across);
            }
            let w = Truncated { plane, width, filter: HighPass::Square, down: false, step, to: &mut levels }.run::<S>();
            along.along_rows(&levels, w);
            along.along_columns(&levels, w);
            write(&mut along);
        }
    }
}

impl Kernels {
    /// Square roots of the shares of fourth-order co-occurrences of residuals, u8 [n, h, w, 1|3] → f32 [n, 7098], each of the 42
    /// histograms of 169 cells a unit vector: planes Y, Cb, Cr; of each two steps; of each the first, second and third difference, quads
    /// along and then across the line of the filter (rows and columns together), and `SQUARE 3×3`, both ways together.
    ///
    /// Planes are JFIF's in quarters of a level, rounded as libjpeg does; greys have no colour. A residual is divided by its step, rounded
    /// (halves away from 0) and truncated to −2…2; a quad, its reverse, its negative and the reverse of that are one cell, in the order of
    /// their smallest member. Everything up to the root is whole numbers: the same bits on every backend. O(n·h·w).
    /// Errors: [`KernelError::Shape`] if a side is below 16 or the data is not whole pictures.
    /// Source: Fridrich and Kodovský, Rich Models for Steganalysis of Digital Images, IEEE TIFS 7(3), 2012, sections II and III.
    pub fn rich_model(&self, images: &[u8], [height, width, channels]: [usize; 3], scale: Scale) -> Result<Vec<f32>> {
        const OP: &str = "richModel";
        let pixels = height.saturating_mul(width);
        let size = pixels.saturating_mul(channels);
        if height.min(width) < LEAST_SIDE || ![1, 3].contains(&channels) || !images.len().is_multiple_of(size) {
            return Err(KernelError::shape(
                OP,
                "grey or RGB images with sides of at least 16",
                [height, width, channels],
            ));
        }
        let features = RICH_MODEL_FEATURES / PLANES;
        let count = images.len() / size;
        let mut out = self.buffer_of(OP, &[count, RICH_MODEL_FEATURES])?;
        let parts = self.map(count * PLANES, images.len() * HISTOGRAMS, |job| {
            let (image, plane) = (&images[job / PLANES * size..][..size], job % PLANES);
            let mut samples = vec![0; pixels];
            dispatch(QuarterPlane { image, channels, plane, to: &mut samples });
            let mut width = width;
            if scale == Scale::Half {
                let whole = std::mem::replace(&mut samples, vec![0; (height / 2) * (width / 2)]);
                dispatch(Halve { plane: &whole, width, to: &mut samples });
                width /= 2;
            }
            let mut histograms = vec![0.0; features];
            dispatch(Describe { plane: &samples, width, steps: scale.steps(plane), to: &mut histograms });
            histograms
        });
        for (to, part) in out.chunks_exact_mut(features).zip(&parts) {
            to.copy_from_slice(part);
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_picture_has_one_cell_a_histogram() {
        let kernels = Kernels::new();
        for (_, scale) in Scale::ALL {
            let features = kernels.rich_model(&[77; 16 * 17 * 3], [16, 17, 3], scale).unwrap();
            assert_eq!(features.len(), RICH_MODEL_FEATURES);
            for histogram in features.chunks(QUAD_CELLS) {
                // (2, 2, 2, 2) has no other member.
                let full: Vec<f32> = histogram.iter().copied().filter(|&share| share != 0.0).collect();
                assert_eq!(full, [1.0]);
            }
        }
    }

    #[test]
    fn refuses_what_is_too_small_or_no_picture() {
        let kernels = Kernels::new();
        for (bytes, size) in [(15 * 16 * 3, [15, 16, 3]), (16 * 16 * 2, [16, 16, 2]), (16 * 16 * 3 + 1, [16, 16, 3])] {
            assert_eq!(kernels.rich_model(&vec![1; bytes], size, Scale::Full).unwrap_err().code(), "KERNEL_SHAPE");
        }
    }
}
