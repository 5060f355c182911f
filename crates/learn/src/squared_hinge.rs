use crate::minimise::{Limits, Smooth, minimise};
use crate::problem::{add_scaled, dot};
use crate::{LearnError, Model, Problem};

const LIMITS: Limits = Limits { steps: 5000, gradient: 1e-10, cost: 1e-16 };

/// Linear support vector machine with a squared hinge: minimises `Σ wᵢ·max(0, 1 − tᵢ(w·xᵢ + b))² / Σ wᵢ + l2·(|w|² + b²)/2` with t = 1 for the class of the output,
/// else −1. The bias is inside the penalty, as LIBLINEAR's has it with a constant feature of 1; its `C` is `1 / (l2 · samples)` where all weights are equal.
/// More than two classes: one against the rest.
///
/// L-BFGS (12 pairs) with a Moré–Thuente line search, at most 5000 steps an output. O(samples · features) a step.
///
/// # Errors
/// [`LearnError::Shape`], [`LearnError::Value`]; [`LearnError::Solver`] if the line search fails at the first step.
pub fn squared_hinge(problem: Problem<'_>) -> Result<Model, LearnError> {
    problem.check()?;
    problem.check_l2()?;
    let mut model = Model { weights: Vec::new(), bias: Vec::new(), iterations: 0, gradient: 0.0 };
    let weights = problem.normalised_weights();
    for output in 0..problem.outputs() {
        let objective = Objective { problem, weights: &weights, class: problem.class_of(output) };
        let found = minimise(&objective, problem.features + 1, &LIMITS)?;
        let (w, bias) = found.param.split_at(problem.features);
        model.weights.extend(w);
        model.bias.extend(bias);
        model.iterations += found.steps;
        model.gradient = model.gradient.max(found.gradient);
    }
    Ok(model)
}

struct Objective<'a> {
    problem: Problem<'a>,
    weights: &'a [f64],
    class: usize,
}

impl Smooth for Objective<'_> {
    /// Cost and gradient; the bias is the last parameter.
    fn evaluate(&self, param: &[f64]) -> (f64, Vec<f64>) {
        let Problem { features, l2, y, .. } = self.problem;
        let (w, bias) = param.split_at(features);
        let mut cost = 0.5 * l2 * param.iter().map(|v| v * v).sum::<f64>();
        let mut gradient: Vec<f64> = param.iter().map(|v| l2 * v).collect();
        for ((row, y), weight) in self.problem.rows().zip(y).zip(self.weights) {
            let target = if usize::from(*y) == self.class { 1.0 } else { -1.0 };
            let miss = 1.0 - target * (dot(row, w) + bias[0]);
            if miss > 0.0 {
                cost += weight * miss * miss;
                let slope = -2.0 * weight * miss * target;
                add_scaled(&mut gradient[..features], row, slope);
                gradient[features] += slope;
            }
        }
        (cost, gradient)
    }
}
