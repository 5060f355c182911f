use crate::minimise::{Limits, Smooth, minimise};
use crate::problem::{add_scaled, dot};
use crate::{LearnError, Model, Problem};

const LIMITS: Limits = Limits { steps: 2000, gradient: 1e-7, cost: 1e-14 };

/// L2-penalised logistic regression: minimises `Σ wᵢ·logloss(yᵢ, w·xᵢ + b) / Σ wᵢ + l2·|w|²/2`; the bias is free. More than two classes have an output each, and
/// the loss is that of their softmax.
///
/// L-BFGS (12 pairs) with a Moré–Thuente line search to a gradient of 1e-7, at most 2000 steps. O(samples · features · outputs) a step.
/// This is what the frequency paper calls ridge when trained there by Adam (Frank et al. 2020), with their l2 counted twice.
///
/// # Errors
/// [`LearnError::Shape`], [`LearnError::Value`]; [`LearnError::Solver`] if the line search fails at the first step.
pub fn logistic(problem: Problem<'_>) -> Result<Model, LearnError> {
    problem.check()?;
    problem.check_l2()?;
    let objective = Objective { problem, weights: problem.normalised_weights() };
    let found = minimise(&objective, problem.outputs() * (problem.features + 1), &LIMITS)?;
    let (weights, bias) = found.param.split_at(problem.outputs() * problem.features);
    Ok(Model { weights: weights.to_vec(), bias: bias.to_vec(), iterations: found.steps, gradient: found.gradient })
}

struct Objective<'a> {
    problem: Problem<'a>,
    weights: Vec<f64>,
}

impl Smooth for Objective<'_> {
    /// Cost and gradient; the biases are the last parameters.
    fn evaluate(&self, param: &[f64]) -> (f64, Vec<f64>) {
        let Problem { features, l2, .. } = self.problem;
        let (w, bias) = param.split_at(self.problem.outputs() * features);
        let mut cost = 0.5 * l2 * w.iter().map(|v| v * v).sum::<f64>();
        let mut gradient: Vec<f64> = w.iter().map(|v| l2 * v).chain(bias.iter().map(|_| 0.0)).collect();
        let (dw, db) = gradient.split_at_mut(w.len());
        for ((row, y), weight) in self.problem.rows().zip(self.problem.y).zip(&self.weights) {
            let scores: Vec<f64> = w.chunks_exact(features).zip(bias).map(|(w, bias)| dot(row, w) + bias).collect();
            let (loss, residuals) = loss(&scores, usize::from(*y));
            cost += weight * loss;
            for (output, residual) in residuals.into_iter().enumerate() {
                add_scaled(&mut dw[output * features..][..features], row, weight * residual);
                db[output] += weight * residual;
            }
        }
        (cost, gradient)
    }
}

/// Log loss of a sample and its derivative by each score: of one score, the sigmoid's; of several, the softmax's.
fn loss(scores: &[f64], class: usize) -> (f64, Vec<f64>) {
    if let [z] = *scores {
        let y = class as f64;
        return (z.max(0.0) - z * y + (-z.abs()).exp().ln_1p(), vec![sigmoid(z) - y]);
    }
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = scores.iter().map(|z| (z - largest).exp()).sum();
    let share = |(k, z): (usize, &f64)| (z - largest).exp() / sum - f64::from(u8::from(k == class));
    (sum.ln() + largest - scores[class], scores.iter().enumerate().map(share).collect())
}

fn sigmoid(z: f64) -> f64 {
    if z >= 0.0 { 1.0 / (1.0 + (-z).exp()) } else { z.exp() / (1.0 + z.exp()) }
}
