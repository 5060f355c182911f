//! Convolutions as matrix products: each picture's windows as columns (im2col), one buffer a thread.

use rayon::prelude::*;

use super::{Convolution, places};
use crate::real::{Matrix, Real, multiply};
use crate::tensor::Tensor;

impl Convolution {
    fn outputs(&self, shape: [usize; 4]) -> (usize, usize) {
        let along = |length| places(length, self.kernel, self.stride, self.padding);
        (along(shape[2]), along(shape[3]))
    }

    /// Whether a picture already is its own columns.
    fn is_plain(&self) -> bool {
        self.kernel == 1 && self.stride == 1 && self.padding == 0
    }

    fn window(&self) -> usize {
        self.from * self.kernel * self.kernel
    }

    pub(crate) fn forward<T: Real>(&self, x: &Tensor<T>, weight: &[T]) -> Tensor<T> {
        let (h, w) = self.outputs(x.shape);
        let mut y = Tensor::zeros([x.shape[0], self.to, h, w]);
        let (from, to) = (x.image(), y.image());
        let weights = Matrix::new(weight, self.to, self.window());
        y.values.par_chunks_mut(to).zip(x.values.par_chunks(from)).for_each_init(Vec::new, |buffer, (to, image)| {
            let columns = self.columns(image, x.shape, (h, w), buffer);
            multiply(weights, Matrix::new(columns, self.window(), h * w), to, false);
        });
        y
    }

    /// Gradients of input and weights. O(batch·output·window)
    pub(crate) fn backward<T: Real>(
        &self,
        x: &Tensor<T>,
        weight: &[T],
        dy: &Tensor<T>,
        wants_input: bool,
    ) -> (Tensor<T>, Vec<T>) {
        let (h, w) = self.outputs(x.shape);
        let mut dx = Tensor::zeros(if wants_input { x.shape } else { [0; 4] });
        let weights = Matrix::new(weight, self.to, self.window()).transposed();
        let n = x.shape[0];
        let threads = rayon::current_num_threads().min(n);
        let each = n.div_ceil(threads);
        let (image, gradient) = (x.image(), dy.image());
        // An even share of the pictures a thread, each with a sum of its own, so that sums do not depend on who was quicker.
        let mut shares: Vec<(&[T], &[T], &mut [T])> = Vec::new();
        let mut rest: &mut [T] = &mut dx.values;
        for (x, dy) in x.values.chunks(each * image).zip(dy.values.chunks(each * gradient)) {
            let (own, more) = std::mem::take(&mut rest).split_at_mut(if wants_input { x.len() } else { 0 });
            rest = more;
            shares.push((x, dy, own));
        }
        let sums: Vec<Vec<T>> = shares
            .into_par_iter()
            .map(|(xs, dys, dxs)| {
                let mut sum = vec![T::default(); weight.len()];
                let (mut buffer, mut spread) = (Vec::new(), Vec::new());
                for (i, (one, dy)) in xs.chunks(image).zip(dys.chunks(gradient)).enumerate() {
                    let dy = Matrix::new(dy, self.to, h * w);
                    let columns = Matrix::new(self.columns(one, x.shape, (h, w), &mut buffer), self.window(), h * w);
                    multiply(dy, columns.transposed(), &mut sum, true);
                    if !wants_input {
                        continue;
                    }
                    let to = &mut dxs[i * image..][..image];
                    if self.is_plain() {
                        multiply(weights, dy, to, false);
                    } else {
                        spread.resize(self.window() * h * w, T::default());
                        multiply(weights, dy, &mut spread, false);
                        self.gather(&spread, x.shape, (h, w), to);
                    }
                }
                sum
            })
            .collect();
        let total = sums.into_iter().reduce(|mut total, sum| {
            total.iter_mut().zip(sum).for_each(|(total, value)| *total += value);
            total
        });
        (dx, total.unwrap_or_default())
    }

    /// [from·kernel², h·w]: the samples under each place of the window, nought outside the plane.
    fn columns<'a, T: Real>(
        &self,
        image: &'a [T],
        shape: [usize; 4],
        size: (usize, usize),
        buffer: &'a mut Vec<T>,
    ) -> &'a [T] {
        if self.is_plain() {
            return image;
        }
        buffer.clear();
        buffer.resize(self.window() * size.0 * size.1, T::default());
        let plane = shape[2] * shape[3];
        self.walk(shape, size, |channel, to, from, count| {
            let source = &image[channel * plane..][..plane];
            for (i, value) in buffer[to..to + count].iter_mut().enumerate() {
                *value = source[from + i * self.stride];
            }
        });
        buffer
    }

    /// The reverse: each column value added where it came from.
    fn gather<T: Real>(&self, columns: &[T], shape: [usize; 4], size: (usize, usize), image: &mut [T]) {
        image.fill(T::default());
        let plane = shape[2] * shape[3];
        self.walk(shape, size, |channel, from, to, count| {
            let target = &mut image[channel * plane..][..plane];
            for (i, &value) in columns[from..from + count].iter().enumerate() {
                target[to + i * self.stride] += value;
            }
        });
    }

    /// Runs of samples along rows: channel, start among the columns, start in the plane, length.
    fn walk(&self, shape: [usize; 4], (h, w): (usize, usize), mut run: impl FnMut(usize, usize, usize, usize)) {
        let Self { kernel, stride, padding, .. } = *self;
        let [_, _, height, width] = shape;
        for window in 0..self.window() {
            let (channel, ky, kx) = (window / (kernel * kernel), window / kernel % kernel, window % kernel);
            // Outputs whose sample lies inside the row.
            let first = padding.saturating_sub(kx).div_ceil(stride);
            let last = if width + padding > kx { ((width + padding - kx - 1) / stride + 1).min(w) } else { 0 };
            if first >= last {
                continue;
            }
            for y in 0..h {
                let Some(row) = (y * stride + ky).checked_sub(padding).filter(|&row| row < height) else { continue };
                run(channel, (window * h + y) * w + first, row * width + first * stride + kx - padding, last - first);
            }
        }
    }
}
