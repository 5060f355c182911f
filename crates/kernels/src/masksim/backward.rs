//! The pass over the planes that turns the scalars of a step into gradients.

use super::head::{Head, SPECTRA};
use super::sums::{CHUNK, Reference};
use crate::context::Kernels;
use crate::simd::{Isa, Task, dispatch};

/// Samples that are worked on side by side.
const BLOCK: usize = 128;

/// Of a channel. With u = mixed · mask − the norm's running mean and r the centred reference, the gradient of picture i is
/// constant[i] + own[i]·u + along[i]·r for u, and Σ along[i]·u + `reference_constant` + `reference_own`·r for r.
#[derive(Default)]
pub(super) struct Coefficients {
    pub(super) constant: Vec<f32>,
    pub(super) own: Vec<f32>,
    pub(super) along: Vec<f32>,
    pub(super) reference_constant: f32,
    pub(super) reference_own: f32,
}

pub(super) struct Backward<'a> {
    pub(super) spectra: &'a [f32],
    pub(super) size: usize,
    pub(super) head: Head<'a>,
    pub(super) reference: Reference,
    pub(super) step: &'a [Coefficients; SPECTRA],
}

/// What a stretch gives: planes of its samples, and its part of the mixing's gradient.
struct Stretch {
    masks: Vec<f32>,
    references: Vec<f32>,
    spectra: Vec<f32>,
    mixing: [f64; SPECTRA * SPECTRA],
}

struct Pass<'a> {
    of: &'a Backward<'a>,
    start: usize,
}

impl Task for Pass<'_> {
    type Output = Stretch;

    #[inline(always)]
    fn run<S: Isa>(self) -> Stretch {
        let Backward { spectra, size, head, reference, step } = self.of;
        let (size, pictures) = (*size, spectra.len() / (SPECTRA * size));
        let length = CHUNK.min(size - self.start);
        let mut out = Stretch {
            masks: vec![0.0; SPECTRA * length],
            references: vec![0.0; SPECTRA * length],
            spectra: vec![0.0; pictures * SPECTRA * length],
            mixing: [0.0; SPECTRA * SPECTRA],
        };
        for first in (0..length).step_by(BLOCK) {
            let count = BLOCK.min(length - first);
            for (c, coefficients) in step.iter().enumerate() {
                let at = c * size + self.start + first;
                let (mask, pattern) = (&head.mask[at..][..count], &head.reference[at..][..count]);
                let mixing = head.mixing[c].map(|v| v as f32);
                let (pivot, mean) = (head.norm[2][c] as f32, reference.mean[c] as f32);
                let to_mask = &mut out.masks[c * length + first..][..count];
                let to_reference = &mut out.references[c * length + first..][..count];
                for (to, pattern) in to_reference.iter_mut().zip(pattern) {
                    *to = coefficients.reference_constant + coefficients.reference_own * (pattern - mean);
                }
                for picture in 0..pictures {
                    let (constant, own) = (coefficients.constant[picture], coefficients.own[picture]);
                    let along = coefficients.along[picture];
                    let plane = |d: usize| &spectra[(picture * SPECTRA + d) * size + self.start + first..][..count];
                    let (x, y, z) = (plane(0), plane(1), plane(2));
                    let mut by_mixed = [0.0_f32; BLOCK];
                    for i in 0..count {
                        let mixed = mixing[0] * x[i] + mixing[1] * y[i] + mixing[2] * z[i];
                        let u = mixed * mask[i] - pivot;
                        let by_u = constant + own * u + along * (pattern[i] - mean);
                        to_reference[i] += along * u;
                        to_mask[i] += by_u * mixed;
                        by_mixed[i] = by_u * mask[i];
                    }
                    for (d, plane) in [x, y, z].into_iter().enumerate() {
                        let to = &mut out.spectra[(picture * SPECTRA + d) * length + first..][..count];
                        let mut lanes = [0.0_f32; 16];
                        for start in (0..count).step_by(16) {
                            let range = start..(start + 16).min(count);
                            let parts = to[range.clone()].iter_mut().zip(&by_mixed[range.clone()]).zip(&plane[range]);
                            for (lane, ((to, by), value)) in lanes.iter_mut().zip(parts) {
                                *to += mixing[d] * by;
                                *lane += by * value;
                            }
                        }
                        out.mixing[c * SPECTRA + d] += lanes.iter().map(|&v| f64::from(v)).sum::<f64>();
                    }
                }
                for (to, mask) in to_mask.iter_mut().zip(mask) {
                    // Through the sigmoid.
                    *to *= mask * (1.0 - mask);
                }
            }
        }
        out
    }
}

impl Kernels {
    /// Gradients of one model: of what goes into the sigmoid, of the reference, of the spectra (all written), and of the mixing.
    pub(super) fn mask_backward(
        &self,
        backward: &Backward,
        masks: &mut [f32],
        references: &mut [f32],
        spectra: &mut [f32],
    ) -> [f64; SPECTRA * SPECTRA] {
        let size = backward.size;
        let parts =
            self.map(size.div_ceil(CHUNK), spectra.len(), |i| dispatch(Pass { of: backward, start: i * CHUNK }));
        let mut mixing = [0.0; SPECTRA * SPECTRA];
        for (i, part) in parts.iter().enumerate() {
            let length = part.masks.len() / SPECTRA;
            let place = |from: &[f32], to: &mut [f32]| {
                for (from, to) in from.chunks_exact(length).zip(to.chunks_exact_mut(size)) {
                    to[i * CHUNK..][..length].copy_from_slice(from);
                }
            };
            place(&part.masks, masks);
            place(&part.references, references);
            place(&part.spectra, spectra);
            mixing.iter_mut().zip(part.mixing).for_each(|(sum, part)| *sum += part);
        }
        // The reference is centred before use, so its gradient is too.
        for plane in references.chunks_exact_mut(size) {
            let mean = plane.iter().map(|&v| f64::from(v)).sum::<f64>() / size as f64;
            plane.iter_mut().for_each(|v| *v = (f64::from(*v) - mean) as f32);
        }
        mixing
    }
}
