//! Batch normalisation by the statistics of the batch.

use rayon::prelude::*;

use super::BatchNorm;
use crate::real::Real;
use crate::tensor::Tensor;

/// What the gradient needs of the forward pass: per channel mean and 1/√(variance + epsilon), float64.
#[derive(Debug, Clone)]
pub(crate) struct Statistics {
    mean: Vec<f64>,
    inverse: Vec<f64>,
}

/// The planes of one channel.
fn planes<T>(values: &[T], channels: usize, plane: usize, channel: usize) -> impl Iterator<Item = &[T]> {
    values.chunks(plane).skip(channel).step_by(channels)
}

impl BatchNorm {
    /// Normalised by mean and population variance of the batch, times weight, plus bias; running statistics take the unbiased variance.
    pub(crate) fn forward<T: Real>(
        &self,
        x: &Tensor<T>,
        [weight, bias]: [&[T]; 2],
        running: [&mut [T]; 2],
    ) -> (Tensor<T>, Statistics) {
        let (plane, count) = (x.plane(), (x.shape[0] * x.plane()) as f64);
        let moments: Vec<(f64, f64)> = (0..self.channels)
            .into_par_iter()
            .map(|c| {
                let sum = |f: &dyn Fn(f64) -> f64| -> f64 {
                    planes(&x.values, self.channels, plane, c).flatten().map(|&value| f(value.to_f64())).sum()
                };
                let mean = sum(&|value| value) / count;
                (mean, sum(&|value| (value - mean) * (value - mean)) / count)
            })
            .collect();
        let [means, variances] = running;
        for (c, &(mean, variance)) in moments.iter().enumerate() {
            let blend = |old: T, new: f64| T::of((1.0 - self.momentum) * old.to_f64() + self.momentum * new);
            means[c] = blend(means[c], mean);
            variances[c] = blend(variances[c], variance * count / (count - 1.0));
        }
        let statistics = Statistics {
            mean: moments.iter().map(|&(mean, _)| mean).collect(),
            inverse: moments.iter().map(|&(_, variance)| 1.0 / (variance + self.epsilon).sqrt()).collect(),
        };
        let mut y = Tensor::zeros(x.shape);
        y.values.par_chunks_mut(plane).zip(x.values.par_chunks(plane)).enumerate().for_each(|(i, (to, from))| {
            let c = i % self.channels;
            let factor = weight[c].to_f64() * statistics.inverse[c];
            let (factor, shift) = (T::of(factor), T::of(bias[c].to_f64() - statistics.mean[c] * factor));
            to.iter_mut().zip(from).for_each(|(to, &from)| *to = from * factor + shift);
        });
        (y, statistics)
    }

    /// Gradients of input, weight and bias.
    pub(crate) fn backward<T: Real>(
        &self,
        x: &Tensor<T>,
        weight: &[T],
        statistics: &Statistics,
        mut dy: Tensor<T>,
    ) -> (Tensor<T>, [Vec<T>; 2]) {
        let (plane, count) = (x.plane(), (x.shape[0] * x.plane()) as f64);
        let sums: Vec<(f64, f64)> = (0..self.channels)
            .into_par_iter()
            .map(|c| {
                let (mean, inverse) = (statistics.mean[c], statistics.inverse[c]);
                let (xs, dys) =
                    (planes(&x.values, self.channels, plane, c), planes(&dy.values, self.channels, plane, c));
                xs.zip(dys).fold((0.0, 0.0), |sums, (x, dy)| {
                    x.iter().zip(dy).fold(sums, |(bias, weight), (&x, &dy)| {
                        let dy = dy.to_f64();
                        (bias + dy, weight + dy * (x.to_f64() - mean) * inverse)
                    })
                })
            })
            .collect();
        dy.values.par_chunks_mut(plane).zip(x.values.par_chunks(plane)).enumerate().for_each(|(i, (dy, x))| {
            let c = i % self.channels;
            let (mean, inverse, (bias, gain)) = (statistics.mean[c], statistics.inverse[c], sums[c]);
            let scale = weight[c].to_f64() * inverse;
            // dx = scale·(dy − mean(dy) − x̂·mean(dy·x̂)), as a line in dy and x.
            let slope = -scale * inverse * gain / count;
            let (scale, slope, shift) = (T::of(scale), T::of(slope), T::of(-scale * bias / count - slope * mean));
            dy.iter_mut().zip(x).for_each(|(dy, &x)| *dy = *dy * scale + x * slope + shift);
        });
        let column = |of: &dyn Fn(&(f64, f64)) -> f64| sums.iter().map(|sum| T::of(of(sum))).collect();
        (dy, [column(&|&(_, gain)| gain), column(&|&(bias, _)| bias)])
    }
}
