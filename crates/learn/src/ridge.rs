use nalgebra::{DMatrix, DVector};

use crate::problem::{add_scaled, dot};
use crate::{LearnError, Model, Problem};

/// Ridge regression proper: minimises `Σ wᵢ (tᵢ − w·xᵢ − b)² / Σ wᵢ + l2·|w|²` on targets t = ±1 (−1 for label 0); the bias is free.
///
/// Solved directly: Cholesky of the smaller of the two Gram matrices (features² or samples²). O(min(n,f)²·max(n,f)).
///
/// # Errors
/// [`LearnError::Shape`], [`LearnError::Value`]; [`LearnError::Solver`] if the matrix is not positive definite in float64.
pub fn ridge(problem: Problem<'_>) -> Result<Model, LearnError> {
    problem.check()?;
    let centred = Centred::new(problem);
    let weights = if problem.features <= problem.y.len() { centred.primal()? } else { centred.dual()? };
    let bias = centred.target_mean - weights.iter().zip(&centred.mean).map(|(w, m)| w * m).sum::<f64>();
    let gradient = largest_gradient(problem, &weights, bias);
    Ok(Model { weights, bias, iterations: 0, gradient })
}

/// Rows `√wᵢ (xᵢ − mean)` and targets `√wᵢ (tᵢ − mean)`: removing the weighted means removes the free bias.
struct Centred {
    rows: DMatrix<f64>,
    targets: DVector<f64>,
    mean: Vec<f64>,
    target_mean: f64,
    l2: f64,
}

fn target(y: u8) -> f64 {
    if y == 1 { 1.0 } else { -1.0 }
}

impl Centred {
    fn new(problem: Problem<'_>) -> Self {
        let weights = problem.normalised_weights();
        let mut mean = vec![0.0; problem.features];
        for (row, weight) in problem.rows().zip(&weights) {
            add_scaled(&mut mean, row, *weight);
        }
        let target_mean: f64 = problem.y.iter().zip(&weights).map(|(y, w)| w * target(*y)).sum();
        let rows = DMatrix::from_fn(problem.y.len(), problem.features, |i, j| {
            weights[i].sqrt() * (f64::from(problem.x[i * problem.features + j]) - mean[j])
        });
        let targets =
            DVector::from_fn(problem.y.len(), |i, _| weights[i].sqrt() * (target(problem.y[i]) - target_mean));
        Self { rows, targets, mean, target_mean, l2: problem.l2 }
    }

    fn primal(&self) -> Result<Vec<f64>, LearnError> {
        let gram = self.rows.tr_mul(&self.rows);
        column(&solve(gram, self.l2, &self.rows.tr_mul(&self.targets))?)
    }

    fn dual(&self) -> Result<Vec<f64>, LearnError> {
        let gram = &self.rows * self.rows.transpose();
        column(&self.rows.tr_mul(&solve(gram, self.l2, &self.targets)?))
    }
}

fn solve(mut gram: DMatrix<f64>, l2: f64, right: &DVector<f64>) -> Result<DVector<f64>, LearnError> {
    for i in 0..gram.nrows() {
        gram[(i, i)] += l2;
    }
    let factor =
        gram.cholesky().ok_or_else(|| LearnError::Solver("the Gram matrix is not positive definite".into()))?;
    Ok(factor.solve(right))
}

fn column(vector: &DVector<f64>) -> Result<Vec<f64>, LearnError> {
    let values: Vec<f64> = vector.iter().copied().collect();
    if values.iter().all(|v| v.is_finite()) {
        Ok(values)
    } else {
        Err(LearnError::Solver("the solution is not finite".into()))
    }
}

fn largest_gradient(problem: Problem<'_>, weights: &[f64], bias: f64) -> f64 {
    let sample_weights = problem.normalised_weights();
    let mut gradient: Vec<f64> = weights.iter().map(|w| 2.0 * problem.l2 * w).collect();
    for ((row, y), weight) in problem.rows().zip(problem.y).zip(&sample_weights) {
        let residual = dot(row, weights) + bias - target(*y);
        add_scaled(&mut gradient, row, 2.0 * weight * residual);
    }
    gradient.iter().fold(0.0, |m, g| m.max(g.abs()))
}
