//! The sums over a plane from which similarities and their gradients follow.

use super::head::{Head, SPECTRA};
use crate::context::Kernels;
use crate::simd::{Isa, Task, dispatch};

/// Samples that one job takes, and those whose float32 sums are added up in float64.
pub(super) const CHUNK: usize = 1 << 12;
const BLOCK: usize = 256;
const LANES: usize = 16;

/// Of one picture, mask and channel, over u = mixed spectrum · mask − the norm's mean, and the centred reference r.
#[derive(Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) u: f64,
    pub(super) squares: f64,
    pub(super) with_reference: f64,
}

/// Mean of a head's reference per channel, and the length of what is left without it.
#[derive(Clone, Copy, Default)]
pub(super) struct Reference {
    pub(super) mean: [f64; SPECTRA],
    pub(super) length: [f64; SPECTRA],
}

impl Reference {
    pub(super) fn of(reference: &[f32]) -> Self {
        let size = reference.len() / SPECTRA;
        let mut found = Self::default();
        for (c, plane) in reference.chunks_exact(size).enumerate() {
            let mean = plane.iter().map(|&v| f64::from(v)).sum::<f64>() / size as f64;
            let squares: f64 = plane.iter().map(|&v| (f64::from(v) - mean).powi(2)).sum();
            (found.mean[c], found.length[c]) = (mean, squares.sqrt());
        }
        found
    }
}

/// A stretch of samples of all pictures under all heads.
struct Stretch<'a> {
    spectra: &'a [f32],
    size: usize,
    heads: &'a [(Head<'a>, Reference)],
    start: usize,
    /// [heads, pictures, channels]
    to: &'a mut [Sums],
}

impl Task for Stretch<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let pictures = self.spectra.len() / (SPECTRA * self.size);
        let end = (self.start + CHUNK).min(self.size);
        for start in (self.start..end).step_by(BLOCK) {
            let range = start..(start + BLOCK).min(end);
            for (h, (head, reference)) in self.heads.iter().enumerate() {
                for c in 0..SPECTRA {
                    let mask = &head.mask[c * self.size..][range.clone()];
                    let pattern = &head.reference[c * self.size..][range.clone()];
                    for picture in 0..pictures {
                        let plane = |d: usize| &self.spectra[(picture * SPECTRA + d) * self.size..][range.clone()];
                        let block = Block { spectra: [plane(0), plane(1), plane(2)], mask, pattern };
                        let mixing = head.mixing[c].map(|v| v as f32);
                        let sums = block.sums(mixing, head.norm[2][c] as f32, reference.mean[c] as f32);
                        let to = &mut self.to[(h * pictures + picture) * SPECTRA + c];
                        to.u += sums.u;
                        to.squares += sums.squares;
                        to.with_reference += sums.with_reference;
                    }
                }
            }
        }
    }
}

struct Block<'a> {
    spectra: [&'a [f32]; SPECTRA],
    mask: &'a [f32],
    pattern: &'a [f32],
}

impl Block<'_> {
    #[inline(always)]
    fn sums(&self, mixing: [f32; SPECTRA], pivot: f32, mean: f32) -> Sums {
        let [mut u, mut squares, mut with_reference] = [[0.0_f32; LANES]; 3];
        let count = self.mask.len();
        let [x, y, z] = self.spectra;
        for start in (0..count).step_by(LANES) {
            let range = start..(start + LANES).min(count);
            let lanes = x[range.clone()].iter().zip(&y[range.clone()]).zip(&z[range.clone()]);
            let lanes = lanes.zip(&self.mask[range.clone()]).zip(&self.pattern[range]);
            for (i, ((((x, y), z), mask), pattern)) in lanes.enumerate() {
                let value = (mixing[0] * x + mixing[1] * y + mixing[2] * z) * mask - pivot;
                u[i] += value;
                squares[i] += value * value;
                with_reference[i] += value * (pattern - mean);
            }
        }
        let total = |lanes: [f32; LANES]| lanes.iter().map(|&v| f64::from(v)).sum();
        Sums { u: total(u), squares: total(squares), with_reference: total(with_reference) }
    }
}

impl Kernels {
    /// The sums of every head, picture and channel, [heads, pictures, 3]; added up in one order whatever the threads.
    pub(super) fn mask_sums(&self, spectra: &[f32], size: usize, heads: &[(Head, Reference)]) -> Vec<Sums> {
        let count = heads.len() * spectra.len() / size;
        let work = spectra.len() * heads.len();
        let parts = self.map(size.div_ceil(CHUNK), work, |i| {
            let mut to = vec![Sums::default(); count];
            dispatch(Stretch { spectra, size, heads, start: i * CHUNK, to: &mut to });
            to
        });
        let mut sums = vec![Sums::default(); count];
        for (sum, part) in parts.iter().flat_map(|part| part.iter().enumerate()) {
            sums[sum].u += part.u;
            sums[sum].squares += part.squares;
            sums[sum].with_reference += part.with_reference;
        }
        sums
    }
}
