use libsvm_rs::train::svm_train;
use libsvm_rs::types::check_parameter;
use libsvm_rs::{KernelType, SvmNode, SvmParameter, SvmProblem, SvmType, set_quiet};

use crate::LearnError;

/// Rows of one class: `x` is row-major `[samples, features]`.
#[derive(Debug, Clone, Copy)]
pub struct OneClassProblem<'a> {
    /// Features, row-major.
    pub x: &'a [f32],
    /// Features of a sample.
    pub features: usize,
    /// Bound of the share of rows that are left outside, above 0 and at most 1.
    pub nu: f64,
    /// Of the kernel `exp(−gamma·|a − b|²)`, above 0.
    pub gamma: f64,
    /// Largest violation of the optimality conditions at the end, above 0; LIBSVM's default is 1e-3.
    pub tolerance: f64,
}

/// A one-class machine: decision of x = `Σ coefficientₖ · exp(−gamma·|x − rowₖ|²) − offset`, at least 0 inside.
#[derive(Debug, Clone, PartialEq)]
pub struct OneClassModel {
    /// Rows that the decision rests on, ascending.
    pub support: Vec<usize>,
    /// A coefficient for each of them, above 0.
    pub coefficients: Vec<f64>,
    /// What is subtracted.
    pub offset: f64,
}

/// One-class support vector machine with a Gaussian kernel (Schölkopf et al. 2001), by the crate `libsvm-rs`: LIBSVM's solver, whose answers it gives to rounding.
/// O(samples² · features) and more; the kernel's cache is bounded.
///
/// # Errors
/// [`LearnError::Shape`], [`LearnError::Value`].
pub fn one_class(problem: OneClassProblem<'_>) -> Result<OneClassModel, LearnError> {
    let OneClassProblem { x, features, nu, gamma, tolerance } = problem;
    if features == 0 || x.is_empty() || !x.len().is_multiple_of(features) {
        return Err(LearnError::Shape(format!("x has {} values for rows of {features} features", x.len())));
    }
    if !x.iter().all(|v| v.is_finite()) {
        return Err(LearnError::Value("a feature is not finite".into()));
    }
    for (name, value) in [("gamma", gamma), ("tolerance", tolerance)] {
        if !(value.is_finite() && value > 0.0) {
            return Err(LearnError::Value(format!("{name} must be above 0, received {value}")));
        }
    }
    if !(nu > 0.0 && nu <= 1.0) {
        return Err(LearnError::Value(format!("nu must be above 0 and at most 1, received {nu}")));
    }
    let instances: Vec<Vec<SvmNode>> = x.chunks_exact(features).map(nodes).collect();
    let problem = SvmProblem { labels: vec![1.0; instances.len()], instances };
    let parameter = SvmParameter {
        svm_type: SvmType::OneClass,
        kernel_type: KernelType::Rbf,
        gamma,
        nu,
        eps: tolerance,
        ..SvmParameter::default()
    };
    check_parameter(&problem, &parameter).map_err(|e| LearnError::Value(e.to_string()))?;
    set_quiet(true);
    let model = svm_train(&problem, &parameter);
    let missing = || LearnError::Solver("the solver gave no machine".into());
    Ok(OneClassModel {
        // Counted from 1 there.
        support: model.sv_indices.iter().map(|i| i - 1).collect(),
        coefficients: model.sv_coef.into_iter().next().ok_or_else(missing)?,
        offset: *model.rho.first().ok_or_else(missing)?,
    })
}

/// A row as the sparse list that LIBSVM works on; values of nought are left out.
fn nodes(row: &[f32]) -> Vec<SvmNode> {
    (1..).zip(row).filter(|(_, v)| **v != 0.0).map(|(index, v)| SvmNode { index, value: f64::from(*v) }).collect()
}
