//! The wavelet noise residual of Mihçak, Kozintsev and Ramchandran (1999) as NoiseScope and the PRNU baseline use it.

use super::lines::{Plane, SLACK, padded};
use super::wavelet::{Border, Quadrants, analyse, synthesise};
use super::{wavelet, wiener};
use crate::colour::NTSC_INVERSE;
use crate::context::{Element, Kernels, with_scratch};
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Line, Real, Task, carve, dispatch, lines_for};

/// How a residual is taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Residual {
    /// `Periodic` pads the picture by its mirror image to multiples of 2^levels with at least one sample on each side (NoiseScope
    /// 2.2); `Symmetric` does not (PRNU).
    pub border: Border,
    /// Wavelet levels, 1…8.
    pub levels: usize,
    /// Standard deviation of the noise in levels of 255.
    pub sigma: f64,
}

/// A sample 0…255 of a picture, computed with in `T`.
pub trait Sample<T>: Element {
    #[doc(hidden)]
    fn level(self) -> T;
}

impl Sample<f32> for u8 {
    fn level(self) -> f32 {
        f32::from(self)
    }
}

impl<T: Real> Sample<T> for T {
    fn level(self) -> T {
        self
    }
}

/// Sizes of the pyramid of one plane.
struct Pyramid {
    border: Border,
    /// Height and width of the picture and where it stands in the padded plane.
    picture: (usize, usize),
    corner: (usize, usize),
    /// Sizes of the plane and of the low band of each level.
    sizes: Vec<(usize, usize)>,
}

const MOST_LEVELS: usize = 8;

impl Pyramid {
    fn new(op: &'static str, residual: Residual, (h, w): (usize, usize)) -> Result<Self> {
        let Residual { border, levels, sigma } = residual;
        if !(1..=MOST_LEVELS).contains(&levels) {
            return Err(KernelError::value(op, format!("{levels} levels are not in 1…{MOST_LEVELS}")));
        }
        wiener::check_variance(op, sigma * sigma)?;
        let unit = 1 << levels;
        let pad = |n: usize| match border {
            Border::Periodic => (n + 2).next_multiple_of(unit) - n,
            Border::Symmetric => 0,
        };
        let (tall, wide) = (pad(h), pad(w));
        if h == 0 || w == 0 || tall.div_ceil(2) > h || wide.div_ceil(2) > w {
            return Err(KernelError::shape(op, format!("sides that a mirror image pads for {levels} levels"), [h, w]));
        }
        let mut sizes = vec![(h + tall, w + wide)];
        for level in 0..levels {
            let (h, w) = sizes[level];
            sizes.push((border.half(h), border.half(w)));
        }
        Ok(Self { border, picture: (h, w), corner: (tall.div_ceil(2), wide.div_ceil(2)), sizes })
    }

    /// Elements of the plane or low band of a level, with slack.
    fn elements(&self, level: usize) -> usize {
        let (h, w) = self.sizes[level];
        h * padded(w) + SLACK
    }

    fn scratch(&self) -> usize {
        let width = self.sizes.iter().map(|size| size.1).max().unwrap_or(0);
        wavelet::scratch(width).max(wiener::scratch(width))
    }

    /// Elements of a whole workspace: two planes to alternate between, the details of all levels, scratch.
    fn workspace(&self) -> usize {
        let details: usize = (1..self.sizes.len()).map(|level| 3 * self.elements(level)).sum();
        self.elements(0) + self.elements(1) + details + self.scratch()
    }
}

/// The residuals of some channels of a picture, each multiplied by its weight and added up in `to`.
struct Mix<'a, I, T> {
    pyramid: &'a Pyramid,
    variance: T,
    /// Interleaved samples.
    picture: &'a [I],
    channels: usize,
    /// Channels to take with the weight of each; a single one of weight 1 is the plain residual.
    weights: &'a [(usize, T)],
    to: &'a mut [T],
    lines: &'a mut Vec<Line>,
}

impl<I: Sample<T>, T: Real> Task for Mix<'_, I, T> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let Self { pyramid, variance, picture, channels, weights, to, lines } = self;
        let elements = pyramid.workspace();
        if lines.len() < lines_for::<T>(elements) {
            lines.resize(lines_for::<T>(elements), Line::ZERO);
        }
        let (workspace, _) = carve::<T>(lines, elements);
        let (plane, rest) = workspace.split_at_mut(pyramid.elements(0));
        let (other, mut rest) = rest.split_at_mut(pyramid.elements(1));
        let mut details = Vec::with_capacity(pyramid.sizes.len() - 1);
        for level in 1..pyramid.sizes.len() {
            let (level, after) = rest.split_at_mut(3 * pyramid.elements(level));
            details.push(level);
            rest = after;
        }
        for (i, &(channel, weight)) in weights.iter().enumerate() {
            pad(pyramid, picture, channels, channel, plane);
            let plane = filter::<S, T>(pyramid, variance, [&mut *plane, &mut *other], &mut details, rest);
            let ((h, w), (top, left)) = (pyramid.picture, pyramid.corner);
            let stride = padded(pyramid.sizes[0].1);
            for (y, to) in to.chunks_exact_mut(w).enumerate().take(h) {
                let row = &plane[(top + y) * stride + left..][..w];
                if weights.len() == 1 {
                    to.copy_from_slice(row);
                } else if i == 0 {
                    to.iter_mut().zip(row).for_each(|(to, &x)| *to = weight * x);
                } else {
                    to.iter_mut().zip(row).for_each(|(to, &x)| *to = *to + weight * x);
                }
            }
        }
    }
}

/// A channel of the picture in the middle of its mirror image.
#[inline(always)]
fn pad<I: Sample<T>, T: Real>(pyramid: &Pyramid, picture: &[I], channels: usize, channel: usize, plane: &mut [T]) {
    let ((h, w), (top, left), (height, width)) = (pyramid.picture, pyramid.corner, pyramid.sizes[0]);
    // Half-sample mirror: the edge sample is repeated.
    let mirror = |i: usize, before: usize, n: usize| match i.checked_sub(before) {
        None => before - 1 - i,
        Some(i) if i < n => i,
        Some(i) => 2 * n - 1 - i,
    };
    for (y, row) in plane.chunks_exact_mut(padded(width)).enumerate().take(height) {
        let from = &picture[mirror(y, top, h) * w * channels..][..w * channels];
        if channels == 1 {
            row[left..].iter_mut().zip(from).for_each(|(to, x)| *to = x.level());
        } else {
            row[left..].iter_mut().zip(from.chunks_exact(3)).for_each(|(to, x)| *to = x[channel].level());
        }
        for x in (0..left).chain(left + w..width) {
            row[x] = row[left + mirror(x, left, w)];
        }
    }
}

/// Analysis, noise of every detail band, synthesis without the low band. `planes` are the padded picture and another to alternate with;
/// the result stands in the first.
#[inline(always)]
fn filter<'a, S: Isa, T: Real>(
    pyramid: &Pyramid,
    variance: T,
    [plane, other]: [&'a mut [T]; 2],
    details: &mut [&mut [T]],
    scratch: &mut [T],
) -> &'a [T] {
    let (mut from, mut to) = (plane, other);
    for (level, details) in details.iter_mut().enumerate() {
        let ((height, width), next) = (pyramid.sizes[level], pyramid.sizes[level + 1]);
        let stride = padded(next.1);
        let source = Plane { data: &*from, stride: padded(width), height, width };
        let [x, y, xy] = thirds(details);
        let bands: Quadrants<'_, T> = [&mut *to, &mut *x, &mut *y, &mut *xy];
        analyse::<T::Vec<S>>(source, pyramid.border, bands, stride, scratch);
        for band in [x, y, xy] {
            wiener::wiener::<T::Vec<S>>(band, stride, next, variance, scratch);
        }
        std::mem::swap(&mut from, &mut to);
    }
    from.fill(T::default());
    for (level, details) in details.iter_mut().enumerate().rev() {
        let ((height, width), low) = (pyramid.sizes[level], pyramid.sizes[level + 1]);
        let stride = padded(low.1);
        let band = |data| Plane { data, stride, height: low.0, width: low.1 };
        let [x, y, xy] = thirds(details);
        let bands = [band(&*from), band(x), band(y), band(xy)];
        synthesise::<T::Vec<S>>(bands, pyramid.border, to, padded(width), height, scratch);
        std::mem::swap(&mut from, &mut to);
    }
    from
}

fn thirds<T>(details: &mut [T]) -> [&mut [T]; 3] {
    let third = details.len() / 3;
    let (x, rest) = details.split_at_mut(third);
    let (y, xy) = rest.split_at_mut(third);
    [x, y, xy]
}

impl Kernels {
    /// Noise residuals of pictures: a wavelet transform, the noise of every detail band by the local Wiener estimate (window 3, 5, 7, 9),
    /// the low band set to 0, and back. The filter works on each channel by itself.
    ///
    /// `pictures`: interleaved samples [n, h, w, c], c = 1 or 3, in levels 0…255 (a 16-bit sample v is v/65535·255). float32, or float64
    /// from float64 samples. With `grey`, planes [n, h, w]: the *residuals* of three channels are mixed by the NTSC weights (the filter
    /// is not linear, so the order matters). Otherwise planes [n, c, h, w]. Means are small but not 0.
    /// O(hw); float32 within 1e-4 of float64. Errors: [`KernelError::Shape`] for other channels and for sides that a mirror image cannot
    /// pad (below 6 at four levels), [`KernelError::Value`] for levels or sigma out of range.
    /// Source: NoiseScope sections 2.1 to 2.7; frequency section 12, steps 1 and 2.
    pub fn noise_residual<I: Sample<T>, T: Real>(
        &self,
        pictures: &[I],
        [height, width, channels]: [usize; 3],
        residual: Residual,
        grey: bool,
    ) -> Result<Vec<T>> {
        let op = "noiseResidual";
        let size = height * width * channels;
        if !matches!(channels, 1 | 3) || size == 0 || !pictures.len().is_multiple_of(size) {
            return Err(KernelError::shape(op, "pictures of 1 or 3 channels", [height, width, channels]));
        }
        let pyramid = Pyramid::new(op, residual, (height, width))?;
        let variance = T::of(residual.sigma * residual.sigma);
        let mix = |picture: &[I], weights: &[(usize, T)], to: &mut [T]| {
            with_scratch(|lines| dispatch(Mix { pyramid: &pyramid, variance, picture, channels, weights, to, lines }));
        };
        let plane = height * width;
        if grey && channels == 3 {
            let weights: [(usize, T); 3] = std::array::from_fn(|c| (c, T::of(NTSC_INVERSE[c])));
            let mut out = self.buffer(op, pictures.len() / 3)?;
            self.each(pictures, size, &mut out, plane, |_, picture, to| mix(picture, &weights, to));
            return Ok(out);
        }
        let mut out = self.buffer(op, pictures.len())?;
        self.fill(&mut out, plane, |i, to| {
            mix(&pictures[i / channels * size..][..size], &[(i % channels, T::of(1.0))], to);
        });
        Ok(out)
    }
}
