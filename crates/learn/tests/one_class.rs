//! Against scikit-learn's machines on stored problems (`fixtures/one_class.py`).
use syntrace_learn::{LearnError, OneClassProblem, one_class};

const FEATURES: usize = 5;

/// Uniform in −1…1, the same on every machine.
fn rows() -> Vec<f32> {
    let mut h: u32 = 1;
    (0..40 * FEATURES)
        .map(|_| {
            h = h.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (f64::from(h >> 8) / f64::from(1 << 23) - 1.0) as f32
        })
        .collect()
}

fn problem(x: &[f32]) -> OneClassProblem<'_> {
    OneClassProblem { x, features: FEATURES, nu: 0.1, gamma: 0.5, tolerance: 1e-10 }
}

#[test]
fn agrees_with_scikit_learn() {
    let x = rows();
    let lines: Vec<Vec<f64>> = include_str!("../fixtures/one_class.txt")
        .lines()
        .map(|line| line.split(' ').skip(1).map(|v| v.parse().unwrap()).collect())
        .collect();
    assert_eq!(lines.len(), 6);
    for ([support, coefficients, offset], (nu, gamma)) in
        lines.chunks_exact(3).map(|c| [&c[0], &c[1], &c[2]]).zip([(0.1, 0.5), (0.3, 2.0)])
    {
        let model = one_class(OneClassProblem { nu, gamma, ..problem(&x) }).unwrap();
        let found: Vec<f64> = model.support.iter().map(|row| *row as f64).collect();
        assert_eq!(&found, support);
        for (found, expected) in model.coefficients.iter().zip(coefficients) {
            assert!((found - expected).abs() < 1e-6, "{found} against {expected}");
        }
        assert!((model.offset - offset[0]).abs() < 1e-6, "{} against {}", model.offset, offset[0]);
        assert!((model.coefficients.iter().sum::<f64>() - nu * 40.0).abs() < 1e-9);
    }
}

#[test]
fn refuses_what_cannot_be_fitted() {
    let x = rows();
    let good = problem(&x);
    assert!(matches!(one_class(OneClassProblem { features: 7, ..good }), Err(LearnError::Shape(_))));
    assert!(matches!(one_class(OneClassProblem { features: 0, ..good }), Err(LearnError::Shape(_))));
    assert!(matches!(one_class(OneClassProblem { x: &[], ..good }), Err(LearnError::Shape(_))));
    assert!(matches!(one_class(OneClassProblem { x: &[f32::NAN; FEATURES], ..good }), Err(LearnError::Value(_))));
    for nu in [0.0, 1.1, f64::NAN] {
        assert!(matches!(one_class(OneClassProblem { nu, ..good }), Err(LearnError::Value(_))));
    }
    assert!(matches!(one_class(OneClassProblem { gamma: 0.0, ..good }), Err(LearnError::Value(_))));
    assert!(matches!(one_class(OneClassProblem { tolerance: -1.0, ..good }), Err(LearnError::Value(_))));
}
