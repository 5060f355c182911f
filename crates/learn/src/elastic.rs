use crate::squares::{Centred, gradient};
use crate::{LearnError, Model, Problem};

/// Passes over the weights that are not nought, between two over all of them.
const INNER_PASSES: u64 = 50;
const MAX_PASSES: u64 = 5000;
/// A pass that moves no weight by more, times the root of its column's square, ends the search.
const TOLERANCE: f64 = 1e-9;

/// Elastic net: minimises `Σ wᵢ (tᵢ − w·xᵢ − b)² / Σ wᵢ + l1·Σ|w| + l2·|w|²` on targets t = ±1 (1 for the class of the output); with `l2` = 0 the lasso.
/// The bias is free.
///
/// Coordinate descent over the active weights, then over all, until nothing moves (Friedman et al. 2010). O(samples · features) a pass, at most 5000 passes for
/// an output; `gradient` tells how near the optimum is.
///
/// # Errors
/// [`LearnError::Shape`], [`LearnError::Value`].
pub fn elastic(problem: Problem<'_>) -> Result<Model, LearnError> {
    problem.check()?;
    let Problem { l1, l2, .. } = problem;
    if !(l1.is_finite() && l1 > 0.0 && l2.is_finite() && l2 >= 0.0) {
        return Err(LearnError::Value(format!("l1 must be above 0 and l2 not below, received {l1} and {l2}")));
    }
    let centred = Centred::new(problem);
    let squares: Vec<f64> = centred.rows.column_iter().map(|column| column.norm_squared()).collect();
    let mut weights = Vec::with_capacity(problem.outputs() * problem.features);
    let mut iterations = 0;
    for output in 0..problem.outputs() {
        let mut search = Search {
            centred: &centred,
            squares: &squares,
            residual: centred.targets.column(output).iter().copied().collect(),
            weights: vec![0.0; problem.features],
            l1,
            l2,
        };
        iterations += search.run();
        weights.extend(search.weights);
    }
    let bias = centred.bias(&weights);
    let gradient = largest_miss(problem, &weights, &bias);
    Ok(Model { weights, bias, iterations, gradient })
}

struct Search<'a> {
    centred: &'a Centred,
    squares: &'a [f64],
    /// targets − rows · weights
    residual: Vec<f64>,
    weights: Vec<f64>,
    l1: f64,
    l2: f64,
}

impl Search<'_> {
    /// Passes taken.
    fn run(&mut self) -> u64 {
        let all: Vec<usize> = (0..self.weights.len()).collect();
        let mut passes = 0;
        while passes < MAX_PASSES {
            passes += 1;
            if self.pass(&all) <= TOLERANCE {
                break;
            }
            let active: Vec<usize> = all.iter().copied().filter(|&j| self.weights[j] != 0.0).collect();
            for _ in 0..INNER_PASSES {
                passes += 1;
                if self.pass(&active) <= TOLERANCE {
                    break;
                }
            }
        }
        passes
    }

    /// Sets each weight to its best value while the others stay; the largest move.
    fn pass(&mut self, columns: &[usize]) -> f64 {
        let mut largest: f64 = 0.0;
        for &j in columns {
            let square = self.squares[j];
            if square == 0.0 {
                continue;
            }
            let column = self.centred.rows.column(j);
            let before = self.weights[j];
            let slope: f64 = column.iter().zip(&self.residual).map(|(x, r)| x * r).sum::<f64>() + square * before;
            let after = (slope.abs() - self.l1 / 2.0).max(0.0).copysign(slope) / (square + self.l2);
            if after != before {
                let change = after - before;
                for (r, x) in self.residual.iter_mut().zip(column.iter()) {
                    *r -= change * x;
                }
                self.weights[j] = after;
                largest = largest.max(change.abs() * square.sqrt());
            }
        }
        largest
    }
}

/// By how much the optimality conditions are missed: at a weight of nought the gradient may be up to `l1`, elsewhere it is −l1·sign.
fn largest_miss(problem: Problem<'_>, weights: &[f64], bias: &[f64]) -> f64 {
    let mut largest: f64 = 0.0;
    for (output, (row, bias)) in weights.chunks_exact(problem.features).zip(bias).enumerate() {
        for (g, w) in gradient(problem, output, row, *bias).into_iter().zip(row) {
            let slope = g + 2.0 * problem.l2 * w;
            let miss =
                if *w == 0.0 { (slope.abs() - problem.l1).max(0.0) } else { (slope + problem.l1 * w.signum()).abs() };
            largest = largest.max(miss);
        }
    }
    largest
}
