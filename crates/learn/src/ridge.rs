use nalgebra::DMatrix;

use crate::squares::{Centred, gradient};
use crate::{LearnError, Model, Problem};

/// Ridge regression proper: minimises `Σ wᵢ (tᵢ − w·xᵢ − b)² / Σ wᵢ + l2·|w|²` on targets t = ±1 (1 for the class of the output); the bias is free.
///
/// Solved directly, once for all outputs: Cholesky of the smaller of the two Gram matrices (features² or samples²). O(min(n,f)²·max(n,f)).
///
/// # Errors
/// [`LearnError::Shape`], [`LearnError::Value`]; [`LearnError::Solver`] if the matrix is not positive definite in float64.
pub fn ridge(problem: Problem<'_>) -> Result<Model, LearnError> {
    problem.check()?;
    problem.check_l2()?;
    let centred = Centred::new(problem);
    let is_tall = problem.features <= problem.y.len();
    let solution = if is_tall { primal(&centred, problem.l2)? } else { dual(&centred, problem.l2)? };
    // Column-major [features, outputs]: the outputs' weights one after the other.
    let weights: Vec<f64> = solution.iter().copied().collect();
    if !weights.iter().all(|v| v.is_finite()) {
        return Err(LearnError::Solver("the solution is not finite".into()));
    }
    let bias = centred.bias(&weights);
    let gradient = largest_gradient(problem, &weights, &bias);
    Ok(Model { weights, bias, iterations: 0, gradient })
}

fn primal(Centred { rows, targets, .. }: &Centred, l2: f64) -> Result<DMatrix<f64>, LearnError> {
    solve(rows.tr_mul(rows), l2, &rows.tr_mul(targets))
}

fn dual(Centred { rows, targets, .. }: &Centred, l2: f64) -> Result<DMatrix<f64>, LearnError> {
    Ok(rows.tr_mul(&solve(rows * rows.transpose(), l2, targets)?))
}

fn solve(mut gram: DMatrix<f64>, l2: f64, right: &DMatrix<f64>) -> Result<DMatrix<f64>, LearnError> {
    for i in 0..gram.nrows() {
        gram[(i, i)] += l2;
    }
    let factor =
        gram.cholesky().ok_or_else(|| LearnError::Solver("the Gram matrix is not positive definite".into()))?;
    Ok(factor.solve(right))
}

fn largest_gradient(problem: Problem<'_>, weights: &[f64], bias: &[f64]) -> f64 {
    let outputs = weights.chunks_exact(problem.features).zip(bias).enumerate();
    let components = outputs.flat_map(|(output, (row, bias))| {
        let squares = gradient(problem, output, row, *bias);
        squares.into_iter().zip(row).map(|(g, w)| (g + 2.0 * problem.l2 * w).abs()).collect::<Vec<_>>()
    });
    components.fold(0.0, f64::max)
}
