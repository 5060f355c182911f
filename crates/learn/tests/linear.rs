//! The optimum is unique, so it is checked by its gradient, and against scikit-learn's on a stored problem (`fixtures/linear.py`).
use syntrace_learn::{LearnError, Problem, logistic, ridge};

const SAMPLES: usize = 60;

/// Uniform in −1…1, the same on every machine.
fn numbers(count: usize, seed: u32) -> Vec<f64> {
    let mut h = seed;
    (0..count)
        .map(|_| {
            h = h.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(h >> 8) / f64::from(1 << 23) - 1.0
        })
        .collect()
}

fn data(features: usize) -> (Vec<f32>, Vec<u8>, Vec<f64>) {
    let x: Vec<f32> = numbers(SAMPLES * features, 1).iter().map(|v| *v as f32).collect();
    let noise = numbers(SAMPLES, 2);
    let y = (0..SAMPLES).map(|i| u8::from(f64::from(x[i * features]) + 0.5 * noise[i] > 0.0)).collect();
    let weights = numbers(SAMPLES, 3).iter().map(|v| v + 1.5).collect();
    (x, y, weights)
}

#[test]
fn logistic_reaches_the_optimum() {
    for features in [3, 200] {
        let (x, y, sample_weights) = data(features);
        let model = logistic(Problem { x: &x, y: &y, sample_weights: &sample_weights, features, l2: 0.01 }).unwrap();
        assert!(model.gradient < 1e-6, "gradient {}", model.gradient);
        assert!(model.weights[0] > 0.5);
    }
}

#[test]
fn ridge_reaches_the_optimum_both_ways() {
    for features in [3, 200] {
        let (x, y, sample_weights) = data(features);
        let model = ridge(Problem { x: &x, y: &y, sample_weights: &sample_weights, features, l2: 0.01 }).unwrap();
        assert!(model.gradient < 1e-12, "gradient {}", model.gradient);
    }
}

#[test]
fn a_weight_of_two_is_a_sample_given_twice() {
    let (x, y, _) = data(3);
    let mut weights = vec![1.0; SAMPLES];
    weights[0] = 2.0;
    let doubled_x: Vec<f32> = x[..3].iter().chain(&x).copied().collect();
    let doubled_y: Vec<u8> = y[..1].iter().chain(&y).copied().collect();
    for fit in [logistic, ridge] {
        let weighted = fit(Problem { x: &x, y: &y, sample_weights: &weights, features: 3, l2: 0.1 }).unwrap();
        let doubled =
            fit(Problem { x: &doubled_x, y: &doubled_y, sample_weights: &[1.0; SAMPLES + 1], features: 3, l2: 0.1 })
                .unwrap();
        for (a, b) in weighted.weights.iter().zip(&doubled.weights) {
            assert!((a - b).abs() < 1e-6);
        }
    }
}

#[test]
fn agrees_with_scikit_learn() {
    let expected: Vec<f64> =
        include_str!("../fixtures/linear.txt").split_whitespace().map(|v| v.parse().unwrap()).collect();
    let (x, y, sample_weights) = data(3);
    let problem = Problem { x: &x, y: &y, sample_weights: &sample_weights, features: 3, l2: 0.01 };
    let (a, b) = (logistic(problem).unwrap(), ridge(problem).unwrap());
    let found = a.weights.iter().chain([&a.bias]).chain(&b.weights).chain([&b.bias]);
    assert_eq!(expected.len(), 8);
    for (found, expected) in found.zip(&expected) {
        assert!((found - expected).abs() < 1e-5, "{found} against {expected}");
    }
}

#[test]
fn refuses_what_cannot_be_fitted() {
    let (x, y, weights) = data(3);
    let good = Problem { x: &x, y: &y, sample_weights: &weights, features: 3, l2: 0.1 };
    for fit in [logistic, ridge] {
        assert!(matches!(fit(Problem { features: 4, ..good }), Err(LearnError::Shape(_))));
        assert!(matches!(fit(Problem { sample_weights: &weights[1..], ..good }), Err(LearnError::Shape(_))));
        assert!(matches!(fit(Problem { y: &[1; SAMPLES], ..good }), Err(LearnError::Value(_))));
        assert!(matches!(fit(Problem { y: &[2; SAMPLES], ..good }), Err(LearnError::Value(_))));
        assert!(matches!(fit(Problem { l2: 0.0, ..good }), Err(LearnError::Value(_))));
        assert!(matches!(fit(Problem { x: &[f32::NAN; SAMPLES * 3], ..good }), Err(LearnError::Value(_))));
    }
}
