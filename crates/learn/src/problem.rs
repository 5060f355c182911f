use crate::LearnError;

/// Labelled rows: `x` is row-major `[samples, features]`, `y` holds classes from 0, `sample_weights` are above 0.
#[derive(Debug, Clone, Copy)]
pub struct Problem<'a> {
    /// Features, row-major.
    pub x: &'a [f32],
    /// Classes, each at least once.
    pub y: &'a [u8],
    /// A weight for each sample.
    pub sample_weights: &'a [f64],
    /// Features of a sample.
    pub features: usize,
    /// Classes, 2 or more.
    pub classes: usize,
    /// Weight of the sum of the weights' sizes; only `elastic` takes one above 0.
    pub l1: f64,
    /// Weight of the sum of the weights' squares.
    pub l2: f64,
}

/// A linear model: score of an output = its weights · x + its bias. Two classes have one output, more have one each.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// A weight for each output and feature, row-major `[outputs, features]`.
    pub weights: Vec<f64>,
    /// Constant term of each output, not penalised.
    pub bias: Vec<f64>,
    /// Steps that the solver took; 0 for a direct solution.
    pub iterations: u64,
    /// Largest component of the objective's gradient at the solution; with an `l1`, by how much a subgradient misses nought.
    pub gradient: f64,
}

impl Problem<'_> {
    pub(crate) fn check(&self) -> Result<(), LearnError> {
        let samples = self.y.len();
        if self.features == 0 || samples == 0 || self.x.len() != samples * self.features {
            return Err(LearnError::Shape(format!(
                "x has {} values for {samples} samples of {} features",
                self.x.len(),
                self.features
            )));
        }
        if self.sample_weights.len() != samples {
            return Err(LearnError::Shape(format!(
                "{} sample weights for {samples} samples",
                self.sample_weights.len()
            )));
        }
        if !self.sample_weights.iter().all(|w| w.is_finite() && *w > 0.0) {
            return Err(LearnError::Value("sample weights must be finite and above 0".into()));
        }
        self.check_classes()?;
        if !self.x.iter().all(|v| v.is_finite()) {
            return Err(LearnError::Value("a feature is not finite".into()));
        }
        Ok(())
    }

    fn check_classes(&self) -> Result<(), LearnError> {
        if !(2..=256).contains(&self.classes) {
            return Err(LearnError::Value(format!("classes must be 2 to 256, received {}", self.classes)));
        }
        let mut counts = vec![0_usize; self.classes];
        for &class in self.y {
            match counts.get_mut(usize::from(class)) {
                Some(count) => *count += 1,
                None if self.classes == 2 => return Err(LearnError::Value("labels must be 0 or 1".into())),
                None => return Err(LearnError::Value(format!("label {class} of {} classes", self.classes))),
            }
        }
        match counts.iter().position(|count| *count == 0) {
            Some(_) if self.classes == 2 => Err(LearnError::Value("both classes are needed".into())),
            Some(class) => Err(LearnError::Value(format!("class {class} has no sample"))),
            None => Ok(()),
        }
    }

    /// For solvers that take a penalty of squares alone.
    pub(crate) fn check_l2(&self) -> Result<(), LearnError> {
        if !(self.l2.is_finite() && self.l2 > 0.0) {
            return Err(LearnError::Value(format!("l2 must be above 0, received {}", self.l2)));
        }
        if self.l1 != 0.0 {
            return Err(LearnError::Value(format!("l1 must be 0 here, received {}", self.l1)));
        }
        Ok(())
    }

    /// One for two classes, else one each.
    pub(crate) fn outputs(&self) -> usize {
        if self.classes == 2 { 1 } else { self.classes }
    }

    /// The class that an output stands for.
    pub(crate) fn class_of(&self, output: usize) -> usize {
        if self.classes == 2 { 1 } else { output }
    }

    /// Sample weights that sum to 1.
    pub(crate) fn normalised_weights(&self) -> Vec<f64> {
        let total: f64 = self.sample_weights.iter().sum();
        self.sample_weights.iter().map(|w| w / total).collect()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.x.chunks_exact(self.features)
    }
}

/// Four independent sums, so that the compiler can use SIMD; float64.
pub(crate) fn dot(row: &[f32], weights: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (head, tail) = row.split_at(row.len() / 4 * 4);
    for (x, w) in head.chunks_exact(4).zip(weights.chunks_exact(4)) {
        for i in 0..4 {
            sums[i] += f64::from(x[i]) * w[i];
        }
    }
    let rest: f64 = tail.iter().zip(&weights[head.len()..]).map(|(x, w)| f64::from(*x) * w).sum();
    sums.iter().sum::<f64>() + rest
}

/// `target += factor · row`
pub(crate) fn add_scaled(target: &mut [f64], row: &[f32], factor: f64) {
    for (t, x) in target.iter_mut().zip(row) {
        *t += factor * f64::from(*x);
    }
}
