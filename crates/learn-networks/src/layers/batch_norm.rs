//! Batch normalisation.

use rayon::prelude::*;

use super::BatchNorm;
use crate::elementwise::{sum, sums_with, vectorised};
use crate::real::Real;
use crate::tensor::Tensor;

/// What the gradient needs of the forward pass: per channel mean and 1/√(variance + epsilon), float64.
#[derive(Debug, Clone)]
pub(crate) struct Statistics {
    mean: Vec<f64>,
    inverse: Vec<f64>,
}

impl BatchNorm {
    /// Normalised by mean and population variance of the batch, times weight, plus bias; running statistics take the unbiased variance.
    pub(crate) fn forward<T: Real>(
        &self,
        x: &Tensor<T>,
        affine: [&[T]; 2],
        running: [&mut [T]; 2],
    ) -> (Tensor<T>, Statistics) {
        let count = x.row() as f64;
        let moments: Vec<(f64, f64)> = x
            .values
            .par_chunks(x.row())
            .map(|row| {
                let mean = sum(row, |value| value) / count;
                let shift = T::of(mean);
                (mean, sum(row, |value| (value - shift) * (value - shift)) / count)
            })
            .collect();
        let [means, variances] = running;
        for (c, &(mean, variance)) in moments.iter().enumerate() {
            let blend = |old: T, new: f64| T::of((1.0 - self.momentum) * old.to_f64() + self.momentum * new);
            means[c] = blend(means[c], mean);
            variances[c] = blend(variances[c], variance * count / (count - 1.0));
        }
        let (mean, variance) = moments.into_iter().unzip();
        let statistics = self.statistics(mean, variance);
        let mut y = Tensor::zeros(x.shape);
        self.normalise(&x.values, &mut y.values, x.row(), affine, &statistics);
        (y, statistics)
    }

    /// By the running statistics, in place.
    pub(crate) fn evaluate<T: Real>(&self, x: &mut Tensor<T>, affine: [&[T]; 2], running: [&[T]; 2]) {
        let [mean, variance] = running.map(|values| values.iter().map(|value| value.to_f64()).collect());
        let (statistics, row) = (self.statistics(mean, variance), x.row());
        let from = x.values.clone();
        self.normalise(&from, &mut x.values, row, affine, &statistics);
    }

    fn statistics(&self, mean: Vec<f64>, variance: Vec<f64>) -> Statistics {
        Statistics { mean, inverse: variance.iter().map(|variance| 1.0 / (variance + self.epsilon).sqrt()).collect() }
    }

    fn normalise<T: Real>(
        &self,
        from: &[T],
        to: &mut [T],
        row: usize,
        [weight, bias]: [&[T]; 2],
        statistics: &Statistics,
    ) {
        to.par_chunks_mut(row).zip(from.par_chunks(row)).enumerate().for_each(|(c, (to, from))| {
            let factor = weight[c].to_f64() * statistics.inverse[c];
            let (factor, shift) = (T::of(factor), T::of(bias[c].to_f64() - statistics.mean[c] * factor));
            vectorised(|| to.iter_mut().zip(from).for_each(|(to, &from)| *to = from * factor + shift));
        });
    }

    /// Gradients of input, weight and bias.
    pub(crate) fn backward<T: Real>(
        &self,
        x: &Tensor<T>,
        weight: &[T],
        statistics: &Statistics,
        mut dy: Tensor<T>,
    ) -> (Tensor<T>, [Vec<T>; 2]) {
        let count = x.row() as f64;
        let rows = dy.values.par_chunks_mut(x.row()).zip(x.values.par_chunks(x.row())).enumerate();
        let affine: Vec<(T, T)> = rows
            .map(|(c, (dy, x))| {
                let (mean, inverse) = (statistics.mean[c], statistics.inverse[c]);
                let [bias, product] = sums_with(x, dy, T::of(mean));
                let gain = product * inverse;
                let scale = weight[c].to_f64() * inverse;
                // dx = scale·(dy − mean(dy) − x̂·mean(dy·x̂)), as a line in dy and x.
                let slope = -scale * inverse * gain / count;
                let (scale, slope, shift) = (T::of(scale), T::of(slope), T::of(-scale * bias / count - slope * mean));
                vectorised(|| dy.iter_mut().zip(x).for_each(|(dy, &x)| *dy = *dy * scale + x * slope + shift));
                (T::of(gain), T::of(bias))
            })
            .collect();
        let (gain, bias) = affine.into_iter().unzip();
        (dy, [gain, bias])
    }
}
