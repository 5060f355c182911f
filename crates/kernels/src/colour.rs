//! From interleaved 8-bit pixels to float planes.

use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::{BLOCK, Isa, Task, deinterleave, dispatch, float};

/// What the planes become. Names are those of the TypeScript contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColourSpace {
    /// `rgb`: three planes, 0…255.
    Rgb,
    /// `rgb-unit`: x/127.5 − 1, three planes, −1…1.
    RgbUnit,
    /// `ycbcr`: JFIF full range, three planes, Cb and Cr centred on 128, not rounded.
    YCbCr,
    /// `ycbcr-studio-truncated`: BT.601 studio range, truncated to whole levels in 16…240 (MaskSim, step 3).
    YCbCrStudioTruncated,
    /// `pillow-l`: (19595 R + 38470 G + 7471 B + 32768) >> 16, whole levels.
    PillowL,
    /// `bt601`: 0.299 R + 0.587 G + 0.114 B, not rounded.
    Bt601,
    /// `tensorflow`: 0.2989 R + 0.587 G + 0.114 B, not rounded.
    TensorFlow,
    /// `ntsc-inverse`: first row of the inverse of the NTSC matrix (PRNU toolbox, NoiseScope), not rounded.
    NtscInverse,
}

impl ColourSpace {
    /// All spaces with their names.
    pub const ALL: [(&'static str, Self); 8] = [
        ("rgb", Self::Rgb),
        ("rgb-unit", Self::RgbUnit),
        ("ycbcr", Self::YCbCr),
        ("ycbcr-studio-truncated", Self::YCbCrStudioTruncated),
        ("pillow-l", Self::PillowL),
        ("bt601", Self::Bt601),
        ("tensorflow", Self::TensorFlow),
        ("ntsc-inverse", Self::NtscInverse),
    ];

    /// Planes of the result: 1 for luma, 3 otherwise.
    pub fn planes(self) -> usize {
        match self {
            Self::Rgb | Self::RgbUnit | Self::YCbCr | Self::YCbCrStudioTruncated => 3,
            _ => 1,
        }
    }
}

/// First row of the inverse of [[1, .956, .621], [1, −.272, −.647], [1, −1.106, 1.703]].
pub(crate) const NTSC_INVERSE: [f64; 3] = [0.298_936_021_293_775_4, 0.587_043_074_451_121_4, 0.114_020_904_255_103_25];

struct Convert<'a> {
    from: &'a [u8],
    channels: usize,
    to: &'a mut [f32],
    space: ColourSpace,
}

impl Task for Convert<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let pixels = self.from.len() / self.channels;
        let mut apart = [[0; BLOCK]; 3];
        for start in (0..pixels).step_by(BLOCK) {
            let count = (pixels - start).min(BLOCK);
            if self.channels == 1 {
                let grey = &self.from[start..start + count];
                convert([grey; 3], self.space, self.to, pixels, start);
            } else {
                deinterleave(&self.from[start * 3..(start + count) * 3], &mut apart);
                let [r, g, b] = &apart;
                convert([&r[..count], &g[..count], &b[..count]], self.space, self.to, pixels, start);
            }
        }
    }
}

/// A block of pixels, channels apart, to the planes of an image from pixel `start`.
#[inline(always)]
fn convert(rgb: [&[u8]; 3], space: ColourSpace, to: &mut [f32], pixels: usize, start: usize) {
    let count = rgb[0].len();
    if space.planes() == 1 {
        return luma(rgb, space, &mut to[start..start + count]);
    }
    let (first, rest) = to.split_at_mut(pixels);
    let (second, third) = rest.split_at_mut(pixels);
    let to = [first, second, third].map(|plane| &mut plane[start..start + count]);
    match space {
        ColourSpace::Rgb => channels(rgb, to, |v| float(v.into())),
        ColourSpace::RgbUnit => channels(rgb, to, |v| float(v.into()) / 127.5 - 1.0),
        ColourSpace::YCbCr => mixed(rgb, to, jfif),
        _ => mixed(rgb, to, studio),
    }
}

#[inline(always)]
fn channels(rgb: [&[u8]; 3], to: [&mut [f32]; 3], value: impl Fn(u8) -> f32) {
    for (to, from) in to.into_iter().zip(rgb) {
        for (to, &from) in to.iter_mut().zip(from) {
            *to = value(from);
        }
    }
}

#[inline(always)]
fn mixed([r, g, b]: [&[u8]; 3], [x, y, z]: [&mut [f32]; 3], value: impl Fn([u8; 3]) -> [f32; 3]) {
    let from = r.iter().zip(g).zip(b);
    for (((x, y), z), ((&r, &g), &b)) in x.iter_mut().zip(y).zip(z).zip(from) {
        [*x, *y, *z] = value([r, g, b]);
    }
}

#[inline(always)]
fn luma([r, g, b]: [&[u8]; 3], space: ColourSpace, to: &mut [f32]) {
    let from = r.iter().zip(g).zip(b);
    let weights = match space {
        ColourSpace::PillowL => {
            for (to, ((&r, &g), &b)) in to.iter_mut().zip(from) {
                *to = float((19595 * u32::from(r) + 38470 * u32::from(g) + 7471 * u32::from(b) + 32768) >> 16);
            }
            return;
        }
        ColourSpace::Bt601 => [0.299, 0.587, 0.114],
        ColourSpace::TensorFlow => [0.2989, 0.587, 0.114],
        _ => NTSC_INVERSE.map(|w| w as f32),
    };
    for (to, ((&r, &g), &b)) in to.iter_mut().zip(from) {
        *to = float(r.into()) * weights[0] + float(g.into()) * weights[1] + float(b.into()) * weights[2];
    }
}

/// JFIF 1.02: full range, not rounded.
#[inline(always)]
fn jfif(p: [u8; 3]) -> [f32; 3] {
    let [r, g, b] = p.map(|v| float(v.into()));
    let y = 0.299 * r + 0.587 * g + 0.114 * b;
    [y, 128.0 - 0.168_735_89 * r - 0.331_264_1 * g + 0.5 * b, 128.0 + 0.5 * r - 0.418_687_6 * g - 0.081_312_41 * b]
}

/// In whole numbers: the coefficients have three decimals, so `level·255000` is exact. A grey pixel stands on a whole level exactly
/// and stays there; floating point would drop some of them by one.
#[inline(always)]
fn studio(p: [u8; 3]) -> [f32; 3] {
    let [r, g, b] = p.map(i32::from);
    [
        whole::<255_000>(16, 65_481 * r + 128_553 * g + 24_966 * b),
        whole::<255_000>(128, -37_797 * r - 74_203 * g + 112_000 * b),
        whole::<255_000>(128, 112_000 * r - 93_786 * g - 18_214 * b),
    ]
}

/// ⌊offset + sum/ONE⌋, 0…255, for numerators of at most 27 bits: the rounded quotient is at most one off, and corrected. (No vector unit
/// divides whole numbers; adding 2²³ leaves the quotient in the low bits.)
#[inline(always)]
pub(crate) fn whole<const ONE: i32>(offset: i32, sum: i32) -> f32 {
    let level = offset * ONE + sum;
    let quotient = ((level as f32 * (1.0 / ONE as f32) + 8_388_608.0).to_bits() & 0x1ff) as i32;
    let rest = level - quotient * ONE;
    float((quotient + i32::from(rest >= ONE) - i32::from(rest < 0)) as u32)
}

impl Kernels {
    /// Interleaved pixels to float planes: u8 [n, h, w, c], c = 1 or 3, → f32 [n, p, h, w], p = [`ColourSpace::planes`].
    ///
    /// A grey pixel counts as R = G = B. Levels 0…255; float32 sums within 5e-5 of the exact value, the integer spaces exact. O(n).
    /// Errors: [`KernelError::Shape`] for other channel counts or a length that is not whole images.
    /// Sources: Pillow mode L; ITU-R BT.601; JFIF 1.02; spec of each method for its weights.
    pub fn colour(&self, images: &[u8], pixels: usize, channels: usize, space: ColourSpace) -> Result<Vec<f32>> {
        if !matches!(channels, 1 | 3) || pixels == 0 || !images.len().is_multiple_of(pixels * channels) {
            return Err(KernelError::shape("colour", "u8 images of 1 or 3 channels", [pixels, channels]));
        }
        let size = pixels * space.planes();
        let mut out = self.buffer("colour", images.len() / (pixels * channels) * size)?;
        self.each(images, pixels * channels, &mut out, size, |_, from, to| {
            dispatch(Convert { from, channels, to, space });
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn studio_levels_equal_the_formula_in_double() {
        for i in 0..4096_u32 {
            let p = [i * 7 % 256, i * 31 % 256, i * 101 % 256].map(|v| v as u8);
            let [r, g, b] = p.map(|v| f64::from(v) / 255.0);
            let want = [
                16.0 + 65.481 * r + 128.553 * g + 24.966 * b,
                128.0 - 37.797 * r - 74.203 * g + 112.0 * b,
                128.0 + 112.0 * r - 93.786 * g - 18.214 * b,
            ];
            assert_eq!(studio(p).map(f64::from), want.map(|v| (v + 1e-9).floor()), "{p:?}");
        }
    }

    #[test]
    fn greys_have_no_colour() {
        let greys: Vec<u8> = (0..=255).collect();
        let planes = Kernels::new().colour(&greys, 256, 1, ColourSpace::YCbCrStudioTruncated).unwrap();
        assert!(planes[256..].iter().all(|&v| v == 128.0));
    }

    #[test]
    fn every_space_agrees_with_its_formula() {
        let pixels: Vec<u8> = (0..300_u32).map(|i| (i * 89 % 256) as u8).collect();
        let kernels = Kernels::new();
        for (name, weights) in [
            (ColourSpace::Bt601, [0.299, 0.587, 0.114]),
            (ColourSpace::TensorFlow, [0.2989, 0.587, 0.114]),
            (ColourSpace::NtscInverse, NTSC_INVERSE),
        ] {
            let luma = kernels.colour(&pixels, 100, 3, name).unwrap();
            for (pixel, value) in pixels.chunks(3).zip(luma) {
                let want: f64 = pixel.iter().zip(weights).map(|(&p, w)| f64::from(p) * w).sum();
                assert!((f64::from(value) - want).abs() < 5e-5, "{name:?}");
            }
        }
        let rgb = kernels.colour(&pixels, 100, 3, ColourSpace::Rgb).unwrap();
        assert_eq!(
            (rgb[5], rgb[105], rgb[299]),
            (f32::from(pixels[15]), f32::from(pixels[16]), f32::from(pixels[299]))
        );
        assert!(kernels.colour(&pixels, 100, 2, ColourSpace::Rgb).is_err());
    }
}
