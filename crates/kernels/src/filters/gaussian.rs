//! Gaussian blur.

use super::Layout;
use super::borders::mirrored;
use crate::context::{Kernels, with_scratch};
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Line, Task, Vector, carve, dispatch, level, lines_for};

/// How the sums of a blur are formed. Names are those of the TypeScript contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `exact`: weights in float32, rounded once.
    Exact,
    /// `opencv`: weights of 8 fractional bits whose errors are passed on so that they sum to 1, as OpenCV 4 and 5 blur 8-bit pictures.
    OpenCv,
}

impl Arithmetic {
    /// Both with their names.
    pub const ALL: [(&'static str, Self); 2] = [("exact", Self::Exact), ("opencv", Self::OpenCv)];
}

/// A Gaussian; 0 for one of the two derives it from the other as OpenCV does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gaussian {
    /// Taps, an odd number; 0: `round(6·sigma + 1) | 1`.
    pub taps: usize,
    /// Standard deviation in samples; 0: `0.3·((taps − 1)/2 − 1) + 0.8`.
    pub sigma: f64,
}

/// Taps at most.
const MOST: usize = 255;

impl Gaussian {
    /// Weights that sum to 1. Errors: [`KernelError::Value`] for an even number of taps, more than 255, or a sigma that is no number of at least 0.
    fn weights(self, op: &'static str) -> Result<Vec<f64>> {
        let Self { taps, sigma } = self;
        if !(sigma >= 0.0 && sigma.is_finite()) || (taps == 0 && sigma == 0.0) {
            return Err(KernelError::value(
                op,
                format!("sigma must be a number above 0, or 0 with a number of taps, not {sigma}"),
            ));
        }
        let taps = if taps == 0 { (6.0 * sigma + 1.0).round_ties_even() as usize | 1 } else { taps };
        if taps.is_multiple_of(2) || taps > MOST {
            return Err(KernelError::value(op, format!("taps must be odd and at most {MOST}, not {taps}")));
        }
        let radius = (taps / 2) as f64;
        let sigma = if sigma == 0.0 { 0.3 * (radius - 1.0) + 0.8 } else { sigma };
        let weights: Vec<f64> =
            (0..taps).map(|i| (-(i as f64 - radius).powi(2) / (2.0 * sigma * sigma)).exp()).collect();
        let sum: f64 = weights.iter().sum();
        Ok(weights.into_iter().map(|weight| weight / sum).collect())
    }
}

/// 256ths: from the ends inwards each is rounded with what rounding left before; the middle takes what is missing to 256.
fn fixed_point(weights: &[f64]) -> Vec<f64> {
    let middle = weights.len() / 2;
    let (mut fixed, mut left, mut sum) = (vec![0.0; weights.len()], 0.0, 0.0);
    for i in 0..middle {
        let wanted = weights[i] * 256.0 + left;
        let rounded = wanted.round_ties_even();
        left = wanted - rounded;
        (fixed[i], fixed[weights.len() - 1 - i]) = (rounded, rounded);
        sum += 2.0 * rounded;
    }
    fixed[middle] = 256.0 - sum;
    fixed
}

/// Output rows that one job takes; those around it that it needs too are computed again by its neighbours.
const BAND: usize = 64;
/// Samples of a row that are worked on at a time, so that the sums along as many rows as there are taps stay in the nearest cache.
const STRIP: usize = 512;
/// Vectors that are summed side by side.
const TOGETHER: usize = 4;

/// Some rows of a blurred picture.
struct Band<'a> {
    image: &'a [u8],
    height: usize,
    channels: usize,
    top: usize,
    weights: &'a [f32],
    scale: f32,
    /// Whether every product and sum is a whole number of at most 24 bits, so that fused operations give the same bits.
    whole: bool,
    to: &'a mut [u8],
    lines: &'a mut Vec<Line>,
}

/// Σ weights·vectors, in the order of the taps, of [`TOGETHER`] neighbouring vectors; tap i stands `places(i)` further on.
#[inline(always)]
fn weighted<V: Vector<Scalar = f32>, const WHOLE: bool>(
    weights: &[f32],
    from: &[f32],
    places: impl Places,
) -> [V; TOGETHER] {
    let mut sums = [V::splat(0.0); TOGETHER];
    for (i, &weight) in weights.iter().enumerate() {
        let (weight, from) = (V::splat(weight), &from[places.of(i)..][..TOGETHER * V::LANES]);
        for j in 0..TOGETHER {
            let value = V::load(&from[j * V::LANES..]);
            sums[j] = if WHOLE { weight.mul_add(value, sums[j]) } else { sums[j].add(weight.mul(value)) };
        }
    }
    sums
}

/// Where a tap's samples stand. A trait and not a closure, as [`crate::fft`] explains.
trait Places: Copy {
    fn of(self, tap: usize) -> usize;
}

/// Taps beside each other.
#[derive(Clone, Copy)]
struct Beside(usize);

impl Places for Beside {
    #[inline(always)]
    fn of(self, tap: usize) -> usize {
        tap * self.0
    }
}

/// Taps in rows of a ring.
#[derive(Clone, Copy)]
struct Ring {
    first: usize,
    rows: usize,
    at: usize,
}

impl Places for Ring {
    #[inline(always)]
    fn of(self, tap: usize) -> usize {
        let row = self.first + tap;
        (if row < self.rows { row } else { row - self.rows }) * STRIP + self.at
    }
}

impl Task for Band<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        if self.whole { self.blur::<S::F32, true>() } else { self.blur::<S::F32, false>() }
    }
}

impl Band<'_> {
    #[inline(always)]
    fn blur<V: Vector<Scalar = f32>, const WHOLE: bool>(self) {
        let Self { image, height, channels, weights, to, lines, .. } = self;
        let (taps, row, step) = (weights.len(), image.len() / height, TOGETHER * V::LANES);
        let (radius, rows) = (taps / 2, to.len() / row);
        let border = radius * channels;
        let wide = STRIP + 2 * border;
        let needed = lines_for::<f32>(wide) + lines_for::<f32>(taps * STRIP);
        if lines.len() < needed {
            lines.resize(needed, Line::ZERO);
        }
        let (samples, rest) = carve::<f32>(lines, wide);
        let (ring, _) = carve::<f32>(rest, taps * STRIP);
        let mut edge = [0.0; TOGETHER * 16];
        for start in (0..row).step_by(STRIP) {
            let length = (row - start).min(STRIP);
            for k in 0..rows + 2 * radius {
                let y = mirrored((self.top + k) as isize - radius as isize, height);
                let line = &image[y * row..][..row];
                widened(line, channels, start as isize - border as isize, &mut samples[..length + 2 * border]);
                for x in (0..length).step_by(step) {
                    let sums = weighted::<V, WHOLE>(weights, &samples[x..], Beside(channels));
                    store(sums, &mut ring[k % taps * STRIP + x..]);
                }
                if k < 2 * radius {
                    continue;
                }
                let out = &mut to[(k - 2 * radius) * row + start..][..length];
                let first = (k + 1) % taps;
                for (block, out) in out.chunks_mut(step).enumerate() {
                    store(weighted::<V, WHOLE>(weights, ring, Ring { first, rows: taps, at: block * step }), &mut edge);
                    for (out, sum) in out.iter_mut().zip(&edge) {
                        *out = level(sum * self.scale + 0.5);
                    }
                }
            }
        }
    }
}

#[inline(always)]
fn store<V: Vector<Scalar = f32>>(sums: [V; TOGETHER], to: &mut [f32]) {
    let to = &mut to[..TOGETHER * V::LANES];
    for j in 0..TOGETHER {
        sums[j].store(&mut to[j * V::LANES..]);
    }
}

/// Samples from place `start` on, those outside the row mirrored.
#[inline(always)]
fn widened(row: &[u8], channels: usize, start: isize, to: &mut [f32]) {
    let width = row.len() / channels;
    let outside = |i: usize| {
        let place = start + i as isize;
        let pixel = mirrored(place.div_euclid(channels as isize), width);
        f32::from(row[pixel * channels + place.rem_euclid(channels as isize) as usize])
    };
    let before = (-start).max(0) as usize;
    let after = (row.len() as isize - start).clamp(0, to.len() as isize) as usize;
    for i in (0..before).chain(after..to.len()) {
        to[i] = outside(i);
    }
    let inner = &row[(start + before as isize) as usize..][..after - before];
    for (to, &from) in to[before..after].iter_mut().zip(inner) {
        *to = f32::from(from);
    }
}

impl Kernels {
    /// Gaussian blur of 8-bit pictures [n, h, w, c], same shape; separable, borders mirrored without repeating the edge.
    ///
    /// Levels 0…255. `Exact` is within half a level of the real sum; `OpenCv` gives the bytes of OpenCV's `GaussianBlur`. O(hw·taps).
    /// Errors: [`KernelError::Shape`] for sides of 0; [`KernelError::Value`] for taps that are even or above 255 and a negative sigma.
    /// Source: Frank et al. 2020 as its code runs it, section 13.
    pub fn gaussian_blur(
        &self,
        images: &[u8],
        sizes: [usize; 3],
        gaussian: Gaussian,
        arithmetic: Arithmetic,
    ) -> Result<Vec<u8>> {
        let op = "gaussianBlur";
        let Layout { image, row } = Layout::of(op, images.len(), sizes)?;
        let [height, _, channels] = sizes;
        let exact = gaussian.weights(op)?;
        let (weights, scale) = match arithmetic {
            Arithmetic::Exact => (exact, 1.0),
            // Whole numbers of at most 24 bits: float32 holds them exactly.
            Arithmetic::OpenCv => (fixed_point(&exact), 1.0 / 65536.0),
        };
        let weights: Vec<f32> = weights.into_iter().map(|weight| weight as f32).collect();
        let whole = arithmetic == Arithmetic::OpenCv;
        let mut out = self.buffer(op, images.len())?;
        for (image, out) in images.chunks_exact(image).zip(out.chunks_exact_mut(image)) {
            self.each_row(out, BAND * row, |band, to| {
                let (top, weights) = (band * BAND, &weights);
                with_scratch(|lines| dispatch(Band { image, height, channels, top, weights, scale, whole, to, lines }));
            });
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_the_rule() {
        let wide = Gaussian { taps: 3, sigma: 4.0 }.weights("t").unwrap();
        assert!((wide[0] - 0.329_843_27).abs() < 1e-7 && (wide.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert_eq!(Gaussian { taps: 0, sigma: 1.0 }.weights("t").unwrap().len(), 7);
        assert_eq!(Gaussian { taps: 5, sigma: 0.0 }.weights("t"), Gaussian { taps: 5, sigma: 1.1 }.weights("t"));
        assert_eq!(fixed_point(&wide), [84.0, 88.0, 84.0]);
        for bad in [
            Gaussian { taps: 4, sigma: 1.0 },
            Gaussian { taps: 0, sigma: 0.0 },
            Gaussian { taps: 3, sigma: -1.0 },
            Gaussian { taps: 257, sigma: 1.0 },
        ] {
            assert!(bad.weights("t").is_err(), "{bad:?}");
        }
    }

    #[test]
    fn flat_stays_flat_and_a_dot_spreads() {
        let kernels = Kernels::new();
        let gaussian = Gaussian { taps: 9, sigma: 4.0 };
        for arithmetic in [Arithmetic::Exact, Arithmetic::OpenCv] {
            assert_eq!(kernels.gaussian_blur(&[201; 75], [5, 5, 3], gaussian, arithmetic).unwrap(), [201; 75]);
        }
        let mut dot = [0; 25];
        dot[12] = 255;
        let blurred =
            kernels.gaussian_blur(&dot, [5, 5, 1], Gaussian { taps: 3, sigma: 0.85 }, Arithmetic::Exact).unwrap();
        assert_eq!(blurred[6..9], blurred[16..19]);
        let (side, middle) = ((blurred[7], blurred[11]), blurred[12]);
        assert_eq!((side, middle, blurred[0]), ((32, 32), 64, 0));
    }
}
