//! WebAssembly bindings of `syntrace-learn`: slices in, one array out, errors as words.
#![warn(missing_docs)]

use syntrace_learn::{LearnError, Model, OneClassProblem, Problem};
use wasm_bindgen::prelude::*;

/// Penalised logistic regression; see `syntrace_learn::logistic`. Returns weights…, biases…, iterations, gradient.
#[wasm_bindgen]
pub fn logistic(
    x: &[f32],
    y: &[u8],
    sample_weights: &[f64],
    features: usize,
    classes: usize,
    l2: f64,
) -> Result<Vec<f64>, JsError> {
    flat(syntrace_learn::logistic(Problem { x, y, sample_weights, features, classes, l1: 0.0, l2 }))
}

/// Ridge regression; see `syntrace_learn::ridge`. Returns weights…, biases…, iterations, gradient.
#[wasm_bindgen]
pub fn ridge(
    x: &[f32],
    y: &[u8],
    sample_weights: &[f64],
    features: usize,
    classes: usize,
    l2: f64,
) -> Result<Vec<f64>, JsError> {
    flat(syntrace_learn::ridge(Problem { x, y, sample_weights, features, classes, l1: 0.0, l2 }))
}

/// Elastic net and lasso; see `syntrace_learn::elastic`. Returns weights…, biases…, iterations, gradient.
#[wasm_bindgen]
pub fn elastic(
    x: &[f32],
    y: &[u8],
    sample_weights: &[f64],
    features: usize,
    classes: usize,
    l2: f64,
    l1: f64,
) -> Result<Vec<f64>, JsError> {
    flat(syntrace_learn::elastic(Problem { x, y, sample_weights, features, classes, l1, l2 }))
}

/// Linear support vector machine; see `syntrace_learn::squared_hinge`. Returns weights…, biases…, iterations, gradient.
#[wasm_bindgen(js_name = squaredHinge)]
pub fn squared_hinge(
    x: &[f32],
    y: &[u8],
    sample_weights: &[f64],
    features: usize,
    classes: usize,
    l2: f64,
) -> Result<Vec<f64>, JsError> {
    flat(syntrace_learn::squared_hinge(Problem { x, y, sample_weights, features, classes, l1: 0.0, l2 }))
}

/// One-class support vector machine; see `syntrace_learn::one_class`. Returns rows…, their coefficients…, the offset.
#[wasm_bindgen(js_name = oneClass)]
pub fn one_class(x: &[f32], features: usize, nu: f64, gamma: f64, tolerance: f64) -> Result<Vec<f64>, JsError> {
    let fitted = syntrace_learn::one_class(OneClassProblem { x, features, nu, gamma, tolerance });
    let model = fitted.map_err(|error| JsError::new(&error.to_string()))?;
    let mut out: Vec<f64> = model.support.iter().map(|row| *row as f64).collect();
    out.extend(model.coefficients);
    out.push(model.offset);
    Ok(out)
}

fn flat(fitted: Result<Model, LearnError>) -> Result<Vec<f64>, JsError> {
    let model = fitted.map_err(|error| JsError::new(&error.to_string()))?;
    let mut out = model.weights;
    out.extend(model.bias);
    out.extend([model.iterations as f64, model.gradient]);
    Ok(out)
}
