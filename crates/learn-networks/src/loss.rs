//! Losses on logits.

use serde::Deserialize;

use crate::real::Real;
use crate::tensor::Tensor;

/// What a batch's logits are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// Binary cross entropy of one logit a picture; labels 0 and 1.
    Binary,
    /// Cross entropy of the softmax of a logit a class; labels are classes.
    Softmax,
}

impl Loss {
    /// Mean over the batch, and its gradient.
    pub fn of<T: Real>(self, logits: &Tensor<T>, labels: &[u8]) -> (f64, Tensor<T>) {
        match self {
            Self::Binary => binary_cross_entropy(logits, labels),
            Self::Softmax => softmax_cross_entropy(logits, labels),
        }
    }
}

/// max(x, 0) − x·label + ln(1 + e^−|x|) in float64.
fn binary_cross_entropy<T: Real>(logits: &Tensor<T>, labels: &[u8]) -> (f64, Tensor<T>) {
    let n = labels.len() as f64;
    let pairs = || logits.values.iter().map(|logit| logit.to_f64()).zip(labels.iter().map(|&label| f64::from(label)));
    let loss = pairs().map(|(x, label)| x.max(0.0) - x * label + (-x.abs()).exp().ln_1p()).sum::<f64>() / n;
    let gradient = pairs().map(|(x, label)| T::of((1.0 / (1.0 + (-x).exp()) - label) / n)).collect();
    (loss, Tensor { shape: logits.shape, values: gradient })
}

/// ln Σ e^x − x[label] in float64, from the largest logit up.
fn softmax_cross_entropy<T: Real>(logits: &Tensor<T>, labels: &[u8]) -> (f64, Tensor<T>) {
    let (n, classes) = (logits.shape[0], logits.shape[1]);
    let mut loss = 0.0;
    let mut gradient = Tensor::zeros(logits.shape);
    for (i, &label) in labels.iter().enumerate() {
        let logit = |class: usize| logits.values[class * n + i].to_f64();
        let largest = (0..classes).map(logit).fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = (0..classes).map(|class| (logit(class) - largest).exp()).sum();
        loss += sum.ln() + largest - logit(label.into());
        for class in 0..classes {
            let wanted = if class == usize::from(label) { 1.0 } else { 0.0 };
            gradient.values[class * n + i] = T::of(((logit(class) - largest).exp() / sum - wanted) / n as f64);
        }
    }
    (loss / n as f64, gradient)
}
