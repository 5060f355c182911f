//! The colour statistics of CSD-SVM.

use super::colour_planes::{PLANES, YcbcrCoefficients};
use super::triples::{Collect, Triples};
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::{BLOCK, Isa, Task, deinterleave, dispatch};

/// Values of a code of three comparisons, and of a residual truncated to −2…2.
const CODES: usize = 8;
const RESIDUALS: usize = 5;
// Powers of two, so that a place is brought inside its table by a mask.
const CODE_CELLS: usize = CODES * CODES * CODES;
const RESIDUAL_CELLS: usize = (RESIDUALS * RESIDUALS * RESIDUALS).next_power_of_two();
/// Cells left when (a, b, c) and (c, b, a) are one.
const CODE_FEATURES: usize = CODES * CODES * (CODES + 1) / 2;
const RESIDUAL_FEATURES: usize = RESIDUALS * RESIDUALS * (RESIDUALS + 1) / 2;
/// Features of a picture: 288 of RGB, 75 of each of H, S, Cb, Cr.
pub const CSD_FEATURES: usize = CODE_FEATURES + PLANES * RESIDUAL_FEATURES;

/// Offsets of the four neighbours: right, left, below, above.
const NEIGHBOURS: [(isize, isize); 4] = [(0, 1), (0, -1), (1, 0), (-1, 0)];

/// Inner row `y` of plane `p`, and the neighbours of its pixels.
#[inline(always)]
fn rows(planes: &[u8], (h, w): (usize, usize), (dy, dx): (isize, isize), p: usize, y: usize) -> (&[u8], &[u8]) {
    let at = (p * h + y + 1) * w + 1;
    let beside = at.wrapping_add_signed(dy * w as isize + dx);
    (&planes[at..][..w - 2], &planes[beside..][..w - 2])
}

/// What is seen of each inner pixel beside one neighbour: (h − 2)×(w − 2) values.
struct Compare<'a> {
    planes: &'a [u8],
    size: (usize, usize),
    neighbour: (isize, isize),
    /// One plane of residuals, or none: codes of the three.
    residual: bool,
    to: &'a mut [u8],
}

impl Task for Compare<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        for (y, out) in self.to.chunks_exact_mut(self.size.1 - 2).enumerate() {
            let pair = |p| rows(self.planes, self.size, self.neighbour, p, y);
            let (first, first_beside) = pair(0);
            if self.residual {
                for ((out, &here), &beside) in out.iter_mut().zip(first).zip(first_beside) {
                    *out = ((i16::from(here) - i16::from(beside)).clamp(-2, 2) + 2) as u8;
                }
                continue;
            }
            let ((second, second_beside), (third, third_beside)) = (pair(1), pair(2));
            let red = first.iter().zip(first_beside);
            let green = second.iter().zip(second_beside);
            let blue = third.iter().zip(third_beside);
            for (out, ((r, g), b)) in out.iter_mut().zip(red.zip(green).zip(blue)) {
                *out = u8::from(r.0 > r.1) + 2 * u8::from(g.0 > g.1) + 4 * u8::from(b.0 > b.1);
            }
        }
    }
}

/// Triples along rows and columns beside all four neighbours, each kind over its number, folded into `to`.
fn describe<const CELLS: usize>(planes: &[u8], size: (usize, usize), n: usize, to: &mut [f64]) {
    let (h, w) = (size.0 - 2, size.1 - 2);
    let mut seen = vec![0; h * w];
    let (mut along_rows, mut along_columns) = (Triples::<CELLS>::new(), Triples::<CELLS>::new());
    for neighbour in NEIGHBOURS {
        dispatch(Compare { planes, size, neighbour, residual: n == RESIDUALS, to: &mut seen });
        let (along_rows, along_columns) = (&mut along_rows, &mut along_columns);
        dispatch(Collect { plane: &seen, width: w, n: n as u16, along_rows, along_columns });
    }
    to.fill(0.0);
    along_rows.fold_into(n, h * (w - 2), to);
    along_columns.fold_into(n, (h - 2) * w, to);
}

/// Interleaved pixels as three planes.
struct Apart<'a> {
    image: &'a [u8],
    to: &'a mut [u8],
}

impl Task for Apart<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let pixels = self.image.len() / 3;
        let mut apart = [[0; BLOCK]; 3];
        for start in (0..pixels).step_by(BLOCK) {
            let count = deinterleave(&self.image[start * 3..], &mut apart);
            for (plane, values) in apart.iter().enumerate() {
                self.to[plane * pixels + start..][..count].copy_from_slice(&values[..count]);
            }
        }
    }
}

impl Kernels {
    /// The 588 colour statistics of RGB pictures, u8 [n, h, w, 3] → f64 [n, 588]: RGB codes (288), then H, S, Cb, Cr (75 each).
    ///
    /// RGB: of each inner pixel beside its right, left, lower and upper neighbour the code [R >] + 2·[G >] + 4·[B >]; of each of
    /// H, S, Cb, Cr the residual, truncated to −2…2. Features are the shares of triples in a row and in a column, (a, b, c) and
    /// (c, b, a) in one cell (a ≤ c; a runs fastest, then b), summed over the neighbours and both directions: a picture's features
    /// sum to 40. Counts are exact, sums float64. O(hw). Errors: [`KernelError::Shape`] if a side is below 5.
    /// Source: Li et al. 2018 as NoiseScope runs it, section 10.
    pub fn csd(&self, images: &[u8], height: usize, width: usize, coefficients: YcbcrCoefficients) -> Result<Vec<f64>> {
        let size = height.saturating_mul(width);
        if height < 5 || width < 5 || !images.len().is_multiple_of(size.saturating_mul(3)) {
            return Err(KernelError::shape("csd", "RGB images with sides of at least 5", [height, width]));
        }
        let count = images.len() / (3 * size);
        let mut out = self.buffer("csd", count * CSD_FEATURES)?;
        let colours = self.colour_planes(images, size, coefficients)?;
        let sides = (height, width);
        // Five jobs a picture: RGB, then one a colour plane.
        let jobs = 1 + PLANES;
        let parts = self.map(count * jobs, images.len() * 8, |job| {
            let (image, part) = (job / jobs, job % jobs);
            if part == 0 {
                let mut planes = vec![0; 3 * size];
                dispatch(Apart { image: &images[image * 3 * size..][..3 * size], to: &mut planes });
                let mut features = vec![0.0; CODE_FEATURES];
                describe::<CODE_CELLS>(&planes, sides, CODES, &mut features);
                return features;
            }
            let plane = &colours[(image * PLANES + part - 1) * size..][..size];
            let mut features = vec![0.0; RESIDUAL_FEATURES];
            describe::<RESIDUAL_CELLS>(plane, sides, RESIDUALS, &mut features);
            features
        });
        let mut to = out.as_mut_slice();
        for part in &parts {
            let (head, rest) = to.split_at_mut(part.len());
            head.copy_from_slice(part);
            to = rest;
        }
        self.recycle(colours);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_picture_has_one_cell_a_part() {
        let features = Kernels::new().csd(&[77; 6 * 7 * 3], 6, 7, YcbcrCoefficients::ThreeDigit).unwrap();
        let full: Vec<usize> = (0..CSD_FEATURES).filter(|&i| features[i] != 0.0).collect();
        // (0, 0, 0) of the codes; (2, 2, 2) of each colour: before c = 2 come 5·1 + 5·2 cells, before b = 2 another 2·3, then a = 2.
        assert_eq!(full, [0, 288 + 23, 288 + 98, 288 + 173, 288 + 248]);
        assert!(full.iter().all(|&i| features[i] == 8.0));
    }

    #[test]
    fn features_sum_to_forty() {
        let image: Vec<u8> = (0..9 * 8 * 3_u32).map(|i| (i * i * 7 % 251) as u8).collect();
        let features = Kernels::new().csd(&image, 9, 8, YcbcrCoefficients::Exact).unwrap();
        assert!((features.iter().sum::<f64>() - 40.0).abs() < 1e-12);
        assert_eq!(Kernels::new().csd(&image, 18, 4, YcbcrCoefficients::Exact).unwrap_err().code(), "KERNEL_SHAPE");
    }
}
