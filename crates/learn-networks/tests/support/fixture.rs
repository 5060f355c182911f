//! What `fixtures/make.py` wrote.
#![allow(dead_code, reason = "each test uses a part")]

use serde_json::Value;
use syntrace_learn_networks::{Parameters, Real};

pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

pub(crate) fn parameters<T: Real>(value: &Value) -> Parameters<T> {
    let all = value.as_object().unwrap().iter();
    all.map(|(name, values)| (name.clone(), numbers(values).into_iter().map(T::of).collect())).collect()
}

/// Differences relative to the size of the whole.
pub(crate) fn assert_near<T: Real>(found: &[T], wanted: &Value, allowed: f64, what: &str) {
    let wanted = numbers(wanted);
    assert_eq!(found.len(), wanted.len(), "{what}");
    let size = wanted.iter().fold(1e-3, |size: f64, value| size.max(value.abs()));
    for (found, wanted) in found.iter().zip(wanted) {
        assert!((found.to_f64() - wanted).abs() <= allowed * size, "{what}: {} against {wanted}", found.to_f64());
    }
}
