use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use nalgebra::DVector;

use crate::problem::{add_scaled, dot};
use crate::{LearnError, Model, Problem};

const MEMORY: usize = 12;
const MAX_ITERATIONS: u64 = 2000;
const GRADIENT_TOLERANCE: f64 = 1e-7;

/// L2-penalised logistic regression: minimises `Σ wᵢ·logloss(yᵢ, w·xᵢ + b) / Σ wᵢ + l2·|w|²/2`; the bias is free.
///
/// L-BFGS (12 pairs) with a Moré–Thuente line search to a gradient of 1e-7, at most 2000 steps. O(samples · features) a step.
/// This is what the frequency paper calls ridge when trained there by Adam (Frank et al. 2020), with their l2 counted twice.
///
/// # Errors
/// [`LearnError::Shape`], [`LearnError::Value`]; [`LearnError::Solver`] if the line search fails at the first step.
pub fn logistic(problem: Problem<'_>) -> Result<Model, LearnError> {
    problem.check()?;
    let objective = Objective { problem, weights: problem.normalised_weights() };
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY)
        .with_tolerance_grad(GRADIENT_TOLERANCE)
        .and_then(|s| s.with_tolerance_cost(1e-14))
        .map_err(|e| LearnError::Solver(e.to_string()))?;
    let start = DVector::zeros(problem.features + 1);
    let result = Executor::new(objective, solver)
        .configure(|state| state.param(start).max_iters(MAX_ITERATIONS))
        .run()
        .map_err(|e| LearnError::Solver(e.to_string()))?;
    let best = result.state.get_best_param().ok_or_else(|| LearnError::Solver("no solution".into()))?;
    let objective = Objective { problem, weights: problem.normalised_weights() };
    let gradient = objective.evaluate(best.as_slice()).1.amax();
    let (weights, bias) = (best.as_slice()[..problem.features].to_vec(), best[problem.features]);
    Ok(Model { weights, bias, iterations: result.state.get_iter(), gradient })
}

struct Objective<'a> {
    problem: Problem<'a>,
    weights: Vec<f64>,
}

impl Objective<'_> {
    /// Cost and gradient; the bias is the last parameter.
    fn evaluate(&self, param: &[f64]) -> (f64, DVector<f64>) {
        let (w, bias) = (&param[..self.problem.features], param[self.problem.features]);
        let mut cost = 0.5 * self.problem.l2 * w.iter().map(|v| v * v).sum::<f64>();
        let mut gradient = DVector::from_iterator(param.len(), w.iter().map(|v| self.problem.l2 * v).chain([0.0]));
        for ((row, y), weight) in self.problem.rows().zip(self.problem.y).zip(&self.weights) {
            let z = dot(row, w) + bias;
            let y = f64::from(*y);
            cost += weight * (z.max(0.0) - z * y + (-z.abs()).exp().ln_1p());
            let residual = weight * (sigmoid(z) - y);
            add_scaled(&mut gradient.as_mut_slice()[..self.problem.features], row, residual);
            gradient[self.problem.features] += residual;
        }
        (cost, gradient)
    }
}

fn sigmoid(z: f64) -> f64 {
    if z >= 0.0 { 1.0 / (1.0 + (-z).exp()) } else { z.exp() / (1.0 + z.exp()) }
}

impl CostFunction for Objective<'_> {
    // Vectors of nalgebra: those of `Vec` would bring a random number generator that WebAssembly lacks.
    type Param = DVector<f64>;
    type Output = f64;
    fn cost(&self, param: &DVector<f64>) -> Result<f64, Error> {
        Ok(self.evaluate(param.as_slice()).0)
    }
}

impl Gradient for Objective<'_> {
    type Param = DVector<f64>;
    type Gradient = DVector<f64>;
    fn gradient(&self, param: &DVector<f64>) -> Result<DVector<f64>, Error> {
        Ok(self.evaluate(param.as_slice()).1)
    }
}
