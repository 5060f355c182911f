//! The optimum is unique, so it is checked by its gradient, and against scikit-learn's on stored problems (`fixtures/linear.py`).
use std::collections::HashMap;

use syntrace_learn::{LearnError, Model, Problem, elastic, logistic, ridge, squared_hinge};

const SAMPLES: usize = 60;
const L1: f64 = 0.1;

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

struct Data {
    x: Vec<f32>,
    y: Vec<u8>,
    weights: Vec<f64>,
    features: usize,
    classes: usize,
}

impl Data {
    fn new(features: usize, classes: usize) -> Self {
        let x: Vec<f32> = numbers(SAMPLES * features, 1).iter().map(|v| *v as f32).collect();
        let noise = numbers(SAMPLES, 2);
        let class = |(row, noise): (&[f32], &f64)| {
            let (a, b) = (f64::from(row[0]), f64::from(row[1]));
            if classes == 2 {
                return u8::from(a + 0.5 * noise > 0.0);
            }
            let score = a + 0.5 * b + 0.3 * noise;
            u8::from(score > -0.4) + u8::from(score > 0.4)
        };
        let y = x.chunks(features).zip(&noise).map(class).collect();
        let weights = numbers(SAMPLES, 3).iter().map(|v| v + 1.5).collect();
        Self { x, y, weights, features, classes }
    }

    fn problem(&self) -> Problem<'_> {
        let Self { x, y, weights, features, classes } = self;
        Problem { x, y, sample_weights: weights, features: *features, classes: *classes, l1: 0.0, l2: 0.01 }
    }
}

fn lasso(problem: Problem<'_>) -> Result<Model, LearnError> {
    elastic(Problem { l1: L1, l2: 0.0, ..problem })
}

fn net(problem: Problem<'_>) -> Result<Model, LearnError> {
    elastic(Problem { l1: L1, ..problem })
}

type Fit = fn(Problem<'_>) -> Result<Model, LearnError>;
const ALL: [(&str, Fit, f64); 5] = [
    ("logistic", logistic, 1e-6),
    ("ridge", ridge, 1e-12),
    ("lasso", lasso, 1e-7),
    ("elastic", net, 1e-7),
    ("hinge", squared_hinge, 1e-7),
];

#[test]
fn reaches_the_optimum_with_more_or_fewer_features_than_samples() {
    for (name, fit, allowed) in ALL {
        for (features, classes) in [(3, 2), (200, 2), (3, 3), (200, 3)] {
            let model = fit(Data::new(features, classes).problem()).unwrap();
            assert!(model.gradient < allowed, "{name} {features} {classes}: gradient {}", model.gradient);
            let outputs = if classes == 2 { 1 } else { classes };
            assert_eq!((model.weights.len(), model.bias.len()), (outputs * features, outputs));
        }
    }
}

#[test]
fn an_l1_penalty_leaves_weights_at_nought() {
    let data = Data::new(200, 2);
    let noughts = |fit: Fit| fit(data.problem()).unwrap().weights.iter().filter(|w| **w == 0.0).count();
    assert_eq!(noughts(ridge), 0);
    assert!(noughts(lasso) > 100 && noughts(net) > 100);
    let strong = elastic(Problem { l1: 10.0, ..data.problem() }).unwrap();
    assert!(strong.weights.iter().all(|w| *w == 0.0), "above the largest gradient nothing is left");
}

#[test]
fn a_weight_of_two_is_a_sample_given_twice() {
    let data = Data::new(3, 2);
    let mut weights = vec![1.0; SAMPLES];
    weights[0] = 2.0;
    let doubled_x: Vec<f32> = data.x[..3].iter().chain(&data.x).copied().collect();
    let doubled_y: Vec<u8> = data.y[..1].iter().chain(&data.y).copied().collect();
    for (_, fit, _) in ALL {
        let weighted = fit(Problem { sample_weights: &weights, l2: 0.1, ..data.problem() }).unwrap();
        let even = [1.0; SAMPLES + 1];
        let twice = Problem { x: &doubled_x, y: &doubled_y, sample_weights: &even, l2: 0.1, ..data.problem() };
        for (a, b) in weighted.weights.iter().zip(&fit(twice).unwrap().weights) {
            assert!((a - b).abs() < 1e-6);
        }
    }
}

#[test]
fn agrees_with_scikit_learn() {
    let expected: HashMap<&str, Vec<f64>> = include_str!("../fixtures/linear.txt")
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(name, values)| (name, values.split(' ').map(|v| v.parse().unwrap()).collect()))
        .collect();
    for (name, fit, _) in ALL {
        for classes in [2, 3] {
            let name = format!("{name}{classes}");
            let model = fit(Data::new(3, classes).problem()).unwrap();
            let found: Vec<f64> = model.weights.iter().chain(&model.bias).copied().collect();
            assert_eq!(found.len(), expected[&*name].len());
            for (found, expected) in found.iter().zip(&expected[&*name]) {
                assert!((found - expected).abs() < 1e-5, "{name}: {found} against {expected}");
            }
        }
    }
}

#[test]
fn refuses_what_cannot_be_fitted() {
    let data = Data::new(3, 2);
    let good = data.problem();
    for (_, fit, _) in ALL {
        assert!(matches!(fit(Problem { features: 4, ..good }), Err(LearnError::Shape(_))));
        let short = Problem { sample_weights: &data.weights[1..], ..good };
        assert!(matches!(fit(short), Err(LearnError::Shape(_))));
        assert!(matches!(fit(Problem { y: &[1; SAMPLES], ..good }), Err(LearnError::Value(_))));
        assert!(matches!(fit(Problem { y: &[2; SAMPLES], ..good }), Err(LearnError::Value(_))));
        assert!(matches!(fit(Problem { classes: 3, ..good }), Err(LearnError::Value(_))));
        assert!(matches!(fit(Problem { classes: 1, ..good }), Err(LearnError::Value(_))));
        assert!(matches!(fit(Problem { x: &[f32::NAN; SAMPLES * 3], ..good }), Err(LearnError::Value(_))));
    }
    for fit in [logistic, ridge, squared_hinge] {
        assert!(matches!(fit(Problem { l2: 0.0, ..good }), Err(LearnError::Value(_))));
        assert!(matches!(fit(Problem { l1: 0.1, ..good }), Err(LearnError::Value(_))));
    }
    assert!(matches!(elastic(good), Err(LearnError::Value(_))));
    assert!(matches!(elastic(Problem { l1: 0.1, l2: -1.0, ..good }), Err(LearnError::Value(_))));
}
