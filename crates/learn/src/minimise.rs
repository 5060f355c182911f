//! L-BFGS (12 pairs) with a Moré–Thuente line search.

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use nalgebra::DVector;

use crate::LearnError;

const MEMORY: usize = 12;

/// A smooth function: its value and its gradient.
pub(crate) trait Smooth {
    fn evaluate(&self, param: &[f64]) -> (f64, Vec<f64>);
}

/// When to stop.
pub(crate) struct Limits {
    pub(crate) steps: u64,
    pub(crate) gradient: f64,
    /// A step that lowers the value by less ends the search: the line search would not end by itself.
    pub(crate) cost: f64,
}

pub(crate) struct Minimum {
    pub(crate) param: Vec<f64>,
    pub(crate) steps: u64,
    /// Largest component of the gradient there.
    pub(crate) gradient: f64,
}

/// The minimum from nought on. Errors: [`LearnError::Solver`] if the line search fails at the first step.
pub(crate) fn minimise(function: &impl Smooth, parameters: usize, limits: &Limits) -> Result<Minimum, LearnError> {
    let failed = |error: Error| LearnError::Solver(error.to_string());
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY)
        .with_tolerance_grad(limits.gradient)
        .and_then(|solver| solver.with_tolerance_cost(limits.cost))
        .map_err(failed)?;
    let result = Executor::new(Objective(function), solver)
        .configure(|state| state.param(DVector::zeros(parameters)).max_iters(limits.steps))
        .run()
        .map_err(failed)?;
    let best = result.state.get_best_param().ok_or_else(|| LearnError::Solver("no solution".into()))?;
    let gradient = DVector::from_vec(function.evaluate(best.as_slice()).1).amax();
    Ok(Minimum { param: best.as_slice().to_vec(), steps: result.state.get_iter(), gradient })
}

struct Objective<'a, F>(&'a F);

impl<F: Smooth> CostFunction for Objective<'_, F> {
    // Vectors of nalgebra: those of `Vec` would bring a random number generator that WebAssembly lacks.
    type Param = DVector<f64>;
    type Output = f64;
    fn cost(&self, param: &DVector<f64>) -> Result<f64, Error> {
        Ok(self.0.evaluate(param.as_slice()).0)
    }
}

impl<F: Smooth> Gradient for Objective<'_, F> {
    type Param = DVector<f64>;
    type Gradient = DVector<f64>;
    fn gradient(&self, param: &DVector<f64>) -> Result<DVector<f64>, Error> {
        Ok(DVector::from_vec(self.0.evaluate(param.as_slice()).1))
    }
}
