//! Least squares on targets ±1: what ridge and elastic share.

use nalgebra::DMatrix;

use crate::Problem;
use crate::problem::{add_scaled, dot};

/// 1 for the class that an output stands for, −1 for the others.
fn target(problem: Problem<'_>, sample: usize, output: usize) -> f64 {
    if usize::from(problem.y[sample]) == problem.class_of(output) { 1.0 } else { -1.0 }
}

/// Rows `√wᵢ (xᵢ − mean)` and, a column for each output, targets `√wᵢ (tᵢ − mean)`: removing the weighted means removes the free bias.
pub(crate) struct Centred {
    pub(crate) rows: DMatrix<f64>,
    pub(crate) targets: DMatrix<f64>,
    mean: Vec<f64>,
    target_mean: Vec<f64>,
}

impl Centred {
    pub(crate) fn new(problem: Problem<'_>) -> Self {
        let weights = problem.normalised_weights();
        let samples = problem.y.len();
        let mut mean = vec![0.0; problem.features];
        for (row, weight) in problem.rows().zip(&weights) {
            add_scaled(&mut mean, row, *weight);
        }
        let average = |output| (0..samples).map(|i| target(problem, i, output) * weights[i]).sum();
        let target_mean: Vec<f64> = (0..problem.outputs()).map(average).collect();
        let rows = DMatrix::from_fn(samples, problem.features, |i, j| {
            weights[i].sqrt() * (f64::from(problem.x[i * problem.features + j]) - mean[j])
        });
        let targets = DMatrix::from_fn(samples, problem.outputs(), |i, output| {
            weights[i].sqrt() * (target(problem, i, output) - target_mean[output])
        });
        Self { rows, targets, mean, target_mean }
    }

    /// The bias of each output for weights `[outputs, features]`.
    pub(crate) fn bias(&self, weights: &[f64]) -> Vec<f64> {
        let rows = weights.chunks_exact(self.mean.len()).zip(&self.target_mean);
        rows.map(|(row, target)| target - row.iter().zip(&self.mean).map(|(w, m)| w * m).sum::<f64>()).collect()
    }
}

/// The gradient of an output's squares without any penalty: `2 Σ wᵢ (w·xᵢ + b − tᵢ) xᵢ / Σ wᵢ`.
pub(crate) fn gradient(problem: Problem<'_>, output: usize, weights: &[f64], bias: f64) -> Vec<f64> {
    let mut gradient = vec![0.0; problem.features];
    for (i, (row, weight)) in problem.rows().zip(problem.normalised_weights()).enumerate() {
        let residual = dot(row, weights) + bias - target(problem, i, output);
        add_scaled(&mut gradient, row, 2.0 * weight * residual);
    }
    gradient
}
