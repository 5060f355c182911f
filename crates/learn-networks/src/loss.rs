//! The loss.

use crate::real::Real;
use crate::tensor::Tensor;

/// Binary cross entropy on logits, mean over the batch, and its gradient: max(x, 0) − x·label + ln(1 + e^−|x|) in float64.
pub fn binary_cross_entropy<T: Real>(logits: &Tensor<T>, labels: &[u8]) -> (f64, Tensor<T>) {
    let n = labels.len() as f64;
    let pairs = || logits.values.iter().map(|logit| logit.to_f64()).zip(labels.iter().map(|&label| f64::from(label)));
    let loss = pairs().map(|(x, label)| x.max(0.0) - x * label + (-x.abs()).exp().ln_1p()).sum::<f64>() / n;
    let gradient = pairs().map(|(x, label)| T::of((1.0 / (1.0 + (-x).exp()) - label) / n)).collect();
    (loss, Tensor { shape: logits.shape, values: gradient })
}
