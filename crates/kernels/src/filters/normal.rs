//! Normal noise, and adding it to pictures.

use super::philox::philox;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::log::ln_normal;
use crate::simd::{Isa, Task, dispatch};

/// Elements that one job takes: whole blocks of four.
const CHUNK: usize = 1 << 14;

/// The normal quantile of 32 random bits: the highest is the sign, the others the probability beyond. Wichura 1988 (AS 241, the short
/// form) within 1e-6; up to 6.3 deviations.
#[inline(always)]
fn quantile(bits: u32) -> f32 {
    let beyond = ((bits & 0x7fff_ffff) as i32 as f32 + 0.5) * (1.0 / 4_294_967_296.0);
    let q = 0.5 - beyond;
    let r = 0.180_625 - q * q;
    let above = ((59.109_375 * r + 159.291_13) * r + 50.434_273) * r + 3.387_132_7;
    let below = ((67.187_56 * r + 78.757_76) * r + 17.895_17) * r + 1.0;
    let central = q * above / below;
    let r = (-ln_normal(beyond)).sqrt() - 1.6;
    let above = ((0.170_238_21 * r + 1.306_728_5) * r + 2.756_815_4) * r + 1.423_437_3;
    let below = (0.120_211_33 * r + 0.737_001_64) * r + 1.0;
    let size = if q <= 0.425 { central } else { above / below };
    f32::from_bits(size.to_bits() | (bits & 0x8000_0000))
}

struct Fill<'a> {
    first: u64,
    seed: u32,
    stream: u32,
    to: &'a mut [f32],
}

impl Task for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        for (i, to) in self.to.chunks_mut(4).enumerate() {
            let place = self.first + i as u64;
            let words = philox([place as u32, (place >> 32) as u32, 0, 0], [self.seed, self.stream]);
            for (to, word) in to.iter_mut().zip(words) {
                *to = quantile(word);
            }
        }
    }
}

impl Kernels {
    /// `count` standard normal numbers, float32, from a seed and the number of a stream (say, of a picture).
    ///
    /// Number i depends on seed, stream and i alone, whatever the threads, the backend or the count (Philox4x32-10, one quantile a
    /// word); the same bits everywhere. O(n). Errors: none but memory.
    pub fn normal_noise(&self, count: usize, seed: u32, stream: u32) -> Result<Vec<f32>> {
        let mut out = self.buffer("normalNoise", count)?;
        self.each_row(&mut out, CHUNK, |i, to| dispatch(Fill { first: (i * CHUNK / 4) as u64, seed, stream, to }));
        Ok(out)
    }

    /// Bytes plus `deviation` times noise of the same number of samples, clipped to 0…255 and truncated; float64 inside. O(n).
    /// Errors: [`KernelError::Shape`] if the sizes differ, [`KernelError::Value`] for a deviation below 0.
    /// Source: Frank et al. 2020 as its code runs it, section 13.
    pub fn add_noise(&self, images: &[u8], noise: &[f32], deviation: f64) -> Result<Vec<u8>> {
        if images.len() != noise.len() {
            return Err(KernelError::shape("addNoise", format!("{} samples of noise", images.len()), noise.len()));
        }
        if !(deviation >= 0.0 && deviation.is_finite()) {
            return Err(KernelError::value("addNoise", format!("the deviation must be at least 0, not {deviation}")));
        }
        let mut out = self.buffer("addNoise", images.len())?;
        self.each(images, CHUNK, &mut out, CHUNK, |i, from, to| {
            for ((to, &from), &noise) in to.iter_mut().zip(from).zip(&noise[i * CHUNK..]) {
                *to = (f64::from(from) + deviation * f64::from(noise)) as u8;
            }
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_equal_the_normal_distribution() {
        // scipy.stats.norm.isf of (k + 1/2)/2³².
        for (bits, want) in [
            (0_u32, 6.337_957_8),
            (99, 5.464_836_8),
            (1_000_000, 3.499_769),
            (322_122_546, 1.439_531_5),
            (700_000_000, 0.982_278),
            (2_000_000_000, 0.086_180_95),
            (0x7fff_ffff, 2.9e-10),
        ] {
            let got = f64::from(quantile(bits));
            assert!((got - want).abs() < 2e-6, "{bits}: {got} for {want}");
            assert_eq!(quantile(bits | 0x8000_0000), -quantile(bits));
        }
    }

    #[test]
    fn moments_are_those_of_a_normal_distribution() {
        let x = Kernels::new().normal_noise(1 << 18, 7, 1).unwrap();
        let mean = |power: i32| x.iter().map(|&v| f64::from(v).powi(power)).sum::<f64>() / x.len() as f64;
        assert!(mean(1).abs() < 0.008 && (mean(2) - 1.0).abs() < 0.012);
        assert!(mean(3).abs() < 0.03 && (mean(4) - 3.0).abs() < 0.08);
    }

    #[test]
    fn a_number_depends_on_its_place_alone() {
        let kernels = Kernels::new();
        let long = kernels.normal_noise(70_003, 3, 9).unwrap();
        assert_eq!(kernels.normal_noise(1_001, 3, 9).unwrap(), long[..1_001]);
        assert_ne!(kernels.normal_noise(4, 4, 9).unwrap(), long[..4]);
        assert_ne!(kernels.normal_noise(4, 3, 8).unwrap(), long[..4]);
    }

    #[test]
    fn noise_is_clipped_and_truncated() {
        let out = Kernels::new().add_noise(&[10, 250, 3, 100], &[0.99, 4.0, -9.0, -0.5], 2.0).unwrap();
        assert_eq!(out, [11, 255, 0, 99]);
        assert!(Kernels::new().add_noise(&[1], &[0.0], -1.0).is_err());
        assert!(Kernels::new().add_noise(&[1, 2], &[0.0], 1.0).is_err());
    }
}
