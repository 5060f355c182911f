//! Convolutions as matrix products: the windows of some pictures as columns (im2col), as many as a cache holds.

use rayon::prelude::*;

use super::{Convolution, places};
use crate::elementwise::{each, sum};
use crate::real::{Matrix, Real, multiply};
use crate::tensor::Tensor;

/// Values of a buffer of columns, about.
const BUFFER: usize = 1 << 20;

/// Some pictures of a batch and the columns that their windows make.
struct Part {
    first: usize,
    count: usize,
}

impl Convolution {
    fn outputs(&self, shape: [usize; 4]) -> (usize, usize) {
        let along = |length| places(length, self.kernel, self.stride, self.padding);
        (along(shape[2]), along(shape[3]))
    }

    /// Whether planes already are their own columns.
    fn is_plain(&self) -> bool {
        self.kernel == 1 && self.stride == 1 && self.padding == 0
    }

    fn window(&self) -> usize {
        self.from * self.kernel * self.kernel
    }

    fn parts(&self, n: usize, places: usize) -> impl Iterator<Item = Part> + use<> {
        let each = if self.is_plain() { n } else { (BUFFER / (self.window() * places)).clamp(1, n) };
        (0..n).step_by(each).map(move |first| Part { first, count: each.min(n - first) })
    }

    pub(crate) fn forward<T: Real>(&self, x: &Tensor<T>, weight: &[T], bias: Option<&[T]>) -> Tensor<T> {
        let (h, w) = self.outputs(x.shape);
        let n = x.shape[0];
        let mut y = Tensor::zeros([n, self.to, h, w]);
        let (row, weights) = (y.row(), Matrix::new(weight, self.to, self.window()));
        let mut buffer = Vec::new();
        for part in self.parts(n, h * w) {
            let (columns, count) = (self.columns(x, &part, (h, w), &mut buffer), part.count * h * w);
            let columns = Matrix::new(columns, self.window(), count);
            multiply(weights, columns, &mut y.values[part.first * h * w..], row, false);
        }
        if let Some(bias) = bias {
            for (row, &bias) in y.values.chunks_mut(row).zip(bias) {
                each(row, |value| *value += bias);
            }
        }
        y
    }

    /// Gradients of input, weights and bias. O(batch·output·window)
    pub(crate) fn backward<T: Real>(
        &self,
        x: &Tensor<T>,
        weight: &[T],
        dy: &Tensor<T>,
        wants_input: bool,
    ) -> (Tensor<T>, Vec<T>, Option<Vec<T>>) {
        let (h, w) = self.outputs(x.shape);
        let (n, row) = (x.shape[0], dy.row());
        let mut dx = Tensor::zeros(if wants_input { x.shape } else { [0; 4] });
        let mut dw = vec![T::default(); weight.len()];
        let weights = Matrix::new(weight, self.to, self.window()).transposed();
        let (mut buffer, mut spread) = (Vec::new(), Vec::new());
        for part in self.parts(n, h * w) {
            let count = part.count * h * w;
            let dy = Matrix::part(&dy.values[part.first * h * w..], self.to, count, row);
            let columns = Matrix::new(self.columns(x, &part, (h, w), &mut buffer), self.window(), count);
            multiply(dy, columns.transposed(), &mut dw, self.window(), true);
            if !wants_input {
                continue;
            }
            if self.is_plain() {
                multiply(weights, dy, &mut dx.values, count, false);
            } else {
                spread.resize(self.window() * count, T::default());
                multiply(weights, dy, &mut spread, count, false);
                self.gather(&spread, &part, (h, w), &mut dx);
            }
        }
        let sums = || dy.values.par_chunks(row).map(|row| T::of(sum(row, |value| value))).collect();
        (dx, dw, self.bias.then(sums))
    }

    /// [from·kernel², count·h·w]: the samples under each place of the window, nought outside the plane.
    fn columns<'a, T: Real>(
        &self,
        x: &'a Tensor<T>,
        part: &Part,
        size: (usize, usize),
        buffer: &'a mut Vec<T>,
    ) -> &'a [T] {
        if self.is_plain() {
            return &x.values;
        }
        let places = size.0 * size.1;
        buffer.resize(self.window() * part.count * places, T::default());
        buffer.par_chunks_mut(part.count * places).enumerate().for_each(|(window, row)| {
            row.fill(T::default());
            let channel = &x.values[window / self.kernel.pow(2) * x.row()..][..x.row()];
            let planes = channel.chunks(x.plane()).skip(part.first);
            for (to, plane) in row.chunks_mut(places).zip(planes) {
                self.walk(window, x.shape, size, |place, sample, count| {
                    let (to, from) = (&mut to[place..place + count], &plane[sample..]);
                    if self.stride == 1 {
                        to.copy_from_slice(&from[..count]);
                    } else {
                        to.iter_mut().zip(from.iter().step_by(self.stride)).for_each(|(to, &from)| *to = from);
                    }
                });
            }
        });
        buffer
    }

    /// The reverse: each column value added where it came from.
    fn gather<T: Real>(&self, columns: &[T], part: &Part, size: (usize, usize), dx: &mut Tensor<T>) {
        let (places, plane, shape, row) = (size.0 * size.1, dx.plane(), dx.shape, dx.row());
        let windows = self.kernel.pow(2);
        let channels = columns.par_chunks(windows * part.count * places);
        dx.values.par_chunks_mut(row).zip(channels).enumerate().for_each(|(channel, (to, columns))| {
            let planes = &mut to[part.first * plane..][..part.count * plane];
            for (k, row) in columns.chunks(part.count * places).enumerate() {
                for (to, from) in planes.chunks_mut(plane).zip(row.chunks(places)) {
                    self.walk(channel * windows + k, shape, size, |place, sample, count| {
                        let to = to[sample..].iter_mut().step_by(self.stride);
                        to.zip(&from[place..place + count]).for_each(|(to, &value)| *to += value);
                    });
                }
            }
        });
    }

    /// Runs of samples along rows of a plane under one place of the window: first place of the output, first sample, how many.
    fn walk(&self, window: usize, shape: [usize; 4], (h, w): (usize, usize), mut run: impl FnMut(usize, usize, usize)) {
        let Self { kernel, stride, padding, .. } = *self;
        let [_, _, height, width] = shape;
        let (ky, kx) = (window / kernel % kernel, window % kernel);
        // Outputs whose sample lies inside the row.
        let first = padding.saturating_sub(kx).div_ceil(stride);
        let last = if width + padding > kx { ((width + padding - kx - 1) / stride + 1).min(w) } else { 0 };
        if first >= last {
            return;
        }
        for y in 0..h {
            let Some(row) = (y * stride + ky).checked_sub(padding).filter(|&row| row < height) else { continue };
            run(y * w + first, row * width + first * stride + kx - padding, last - first);
        }
    }
}
