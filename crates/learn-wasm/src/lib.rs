//! WebAssembly bindings of `syntrace-learn`: slices in, one array out, errors as `CODE: words`.
#![warn(missing_docs)]

use syntrace_learn::{LearnError, Model, Problem};
use wasm_bindgen::prelude::*;

type Fit = fn(Problem<'_>) -> Result<Model, LearnError>;

/// Penalised logistic regression; see `syntrace_learn::logistic`. Returns weights…, bias, iterations, gradient.
#[wasm_bindgen]
pub fn logistic(x: &[f32], y: &[u8], sample_weights: &[f64], features: usize, l2: f64) -> Result<Vec<f64>, JsError> {
    fit(syntrace_learn::logistic, Problem { x, y, sample_weights, features, l2 })
}

/// Ridge regression; see `syntrace_learn::ridge`. Returns weights…, bias, iterations, gradient.
#[wasm_bindgen]
pub fn ridge(x: &[f32], y: &[u8], sample_weights: &[f64], features: usize, l2: f64) -> Result<Vec<f64>, JsError> {
    fit(syntrace_learn::ridge, Problem { x, y, sample_weights, features, l2 })
}

fn fit(method: Fit, problem: Problem<'_>) -> Result<Vec<f64>, JsError> {
    let model = method(problem).map_err(|error| JsError::new(&error.to_string()))?;
    let mut out = model.weights;
    out.extend([model.bias, model.iterations as f64, model.gradient]);
    Ok(out)
}
