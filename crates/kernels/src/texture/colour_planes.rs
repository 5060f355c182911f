//! Hue, saturation and the two colour differences as whole levels.

use crate::colour::whole;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::{BLOCK, Isa, Task, deinterleave, dispatch};

/// Coefficients of Cb and Cr. Names are those of the TypeScript contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YcbcrCoefficients {
    /// `three-digit`: Matlab's, −37.797, −74.203, 112 and 112, −93.786, −18.214 over 255.
    ThreeDigit,
    /// `exact`: from 0.299, 0.587, 0.114, as Octave has them.
    Exact,
}

impl YcbcrCoefficients {
    /// Both with their names.
    pub const ALL: [(&'static str, Self); 2] = [("three-digit", Self::ThreeDigit), ("exact", Self::Exact)];
}

/// Planes of a picture: H, S, Cb, Cr.
pub(super) const PLANES: usize = 4;

struct Convert<'a> {
    image: &'a [u8],
    to: &'a mut [u8],
    coefficients: YcbcrCoefficients,
}

impl Task for Convert<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let pixels = self.image.len() / 3;
        let mut apart = [[0; BLOCK]; 3];
        for start in (0..pixels).step_by(BLOCK) {
            let count = deinterleave(&self.image[start * 3..], &mut apart);
            let [r, g, b] = &apart;
            for i in 0..count {
                let rgb = [r[i], g[i], b[i]];
                let (h, s) = hue_saturation(rgb);
                let rgb = rgb.map(i32::from);
                let (cb, cr) = match self.coefficients {
                    YcbcrCoefficients::ThreeDigit => three_digit(rgb),
                    YcbcrCoefficients::Exact => exact(rgb),
                };
                for (plane, value) in [h, s, cb, cr].into_iter().enumerate() {
                    self.to[plane * pixels + start + i] = value;
                }
            }
        }
    }
}

/// Levels over 255.
static SHARES: [f64; 256] = {
    let mut shares = [0.0; 256];
    let mut level = 0;
    while level < 256 {
        shares[level] = level as f64 / 255.0;
        level += 1;
    }
    shares
};

/// Hue and saturation times 255, halves up. Hue is 0 for greys; of equal largest channels red comes before green before blue.
///
/// In float64, in the order of operations of the published implementation: many colours stand on a half exactly, and which way those go
/// is decided by its rounding errors.
#[inline(always)]
fn hue_saturation(rgb: [u8; 3]) -> (u8, u8) {
    let [r, g, b] = rgb.map(|level| SHARES[usize::from(level)]);
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    if most == least {
        return (0, 0);
    }
    let (third, difference) = if most == r {
        (0.0, g - b)
    } else if most == g {
        (1.0 / 3.0, b - r)
    } else {
        (2.0 / 3.0, r - g)
    };
    let turn = third + 1.0 / 6.0 * difference / (most - least);
    let hue = if turn < 0.0 { 1.0 + turn } else { turn };
    let level = |share: f64| (share * 255.0 + 0.5) as u8;
    (level(hue), level(1.0 - least / most))
}

#[inline(always)]
fn three_digit([r, g, b]: [i32; 3]) -> (u8, u8) {
    const ONE: i32 = 255_000;
    let cb = whole::<ONE>(128, -37_797 * r - 74_203 * g + 112_000 * b + ONE / 2);
    let cr = whole::<ONE>(128, 112_000 * r - 93_786 * g - 18_214 * b + ONE / 2);
    (cb as u8, cr as u8)
}

/// 224/255·(886 B − 299 R − 587 G)/1772 and 224/255·(701 R − 587 G − 114 B)/1402, in lowest terms and doubled for the half.
#[inline(always)]
fn exact([r, g, b]: [i32; 3]) -> (u8, u8) {
    const BLUE: i32 = 2 * 255 * 443;
    const RED: i32 = 2 * 255 * 701;
    let cb = whole::<BLUE>(128, 112 * (886 * b - 299 * r - 587 * g) + BLUE / 2);
    let cr = whole::<RED>(128, 224 * (701 * r - 587 * g - 114 * b) + RED / 2);
    (cb as u8, cr as u8)
}

impl Kernels {
    /// Hue, saturation, Cb and Cr of RGB pictures as bytes: u8 [n, pixels, 3] → u8 [n, 4, pixels].
    ///
    /// H and S are those of the hexcone times 255 (H 0 for greys), Cb and Cr BT.601 studio range; all rounded, halves up. The same bits
    /// on every backend. O(n). Errors: [`KernelError::Shape`] if the data is not whole RGB pictures.
    /// Source: Li et al. 2018 as NoiseScope runs it, section 10.
    pub fn colour_planes(&self, images: &[u8], pixels: usize, coefficients: YcbcrCoefficients) -> Result<Vec<u8>> {
        if pixels == 0 || !images.len().is_multiple_of(pixels * 3) {
            return Err(KernelError::shape("colourPlanes", "RGB images", [images.len(), pixels]));
        }
        let mut out = self.buffer("colourPlanes", images.len() / 3 * PLANES)?;
        self.each(images, pixels * 3, &mut out, pixels * PLANES, |_, image, to| {
            dispatch(Convert { image, to, coefficients });
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ⌊n/d + ½⌋ in whole numbers.
    fn rounded(n: i64, d: i64) -> i64 {
        (2 * n + d).div_euclid(2 * d)
    }

    #[test]
    fn colour_differences_are_exact() {
        for i in (0..256_i64 * 256 * 256).step_by(7) {
            let (r, g, b) = (i >> 16, i >> 8 & 255, i & 255);
            let rgb = [r, g, b].map(|v| v as i32);
            let cb = 128 + rounded(-37_797 * r - 74_203 * g + 112_000 * b, 255_000);
            let cr = 128 + rounded(112_000 * r - 93_786 * g - 18_214 * b, 255_000);
            let got = three_digit(rgb);
            assert_eq!((i64::from(got.0), i64::from(got.1)), (cb, cr), "{rgb:?}");
            let cb = 128 + rounded(224 * (886 * b - 299 * r - 587 * g), 255 * 1772);
            let cr = 128 + rounded(224 * (701 * r - 587 * g - 114 * b), 255 * 1402);
            let got = exact(rgb);
            assert_eq!((i64::from(got.0), i64::from(got.1)), (cb, cr), "{rgb:?}");
        }
    }

    #[test]
    fn hues_by_hand() {
        for (rgb, want) in [
            ([0, 0, 0], (0, 0)),
            ([9, 9, 9], (0, 0)),
            ([255, 0, 0], (0, 255)),
            ([0, 200, 0], (85, 255)),
            ([0, 0, 1], (170, 255)),
            ([200, 200, 100], (42, 128)),
            ([200, 100, 101], (255, 128)),
            // Halves, which the published implementation rounds down here.
            ([238, 255, 243], (97, 17)),
            ([91, 170, 87], (83, 124)),
        ] {
            assert_eq!(hue_saturation(rgb), want, "{rgb:?}");
        }
    }
}
