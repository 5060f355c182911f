//! Per-feature scaling and linear layers.

use crate::context::{Element, Kernels};
use crate::error::{KernelError, Result};
use crate::row_products::Rows;
use crate::simd::{Isa, Task, dispatch};
use std::ops::{Div, Sub};

struct Dot<'a> {
    a: &'a [f32],
    b: &'a [f32],
}

impl Task for Dot<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<S: Isa>(self) -> f64 {
        let mut sums = [0.0_f64; 16];
        let (a, b) = (self.a.chunks_exact(16), self.b.chunks_exact(16));
        let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
        for (a, b) in a.zip(b) {
            for i in 0..16 {
                sums[i] += f64::from(a[i]) * f64::from(b[i]);
            }
        }
        sums.iter().sum::<f64>() + rest
    }
}

/// The sum of products of two rows, in float64.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f64 {
    dispatch(Dot { a, b })
}

/// Rows and outputs from which blocks of products beat one product after another.
const BLOCKED: usize = 16;

impl Kernels {
    /// (x − mean)/deviation per feature: x [n, f], mean and deviation [f]. In the precision of x, O(n·f).
    /// Errors: [`KernelError::Shape`]; [`KernelError::Value`] if a deviation is not above 0 (a coefficient that never varied has no
    /// scale; drop it when training).
    pub fn standardize<T>(&self, x: &[T], mean: &[T], deviation: &[T]) -> Result<Vec<T>>
    where
        T: Element + Into<f64> + Sub<Output = T> + Div<Output = T>,
    {
        let op = "standardize";
        let features = mean.len();
        if features == 0 || deviation.len() != features || !x.len().is_multiple_of(features) {
            return Err(KernelError::shape(
                op,
                format!("rows and deviations of {features} values"),
                [x.len(), deviation.len()],
            ));
        }
        let usable = |d: f64| d > 0.0 && d.is_finite();
        if let Some(i) = deviation.iter().position(|&d| !usable(d.into())) {
            return Err(KernelError::value(op, format!("deviation {i} is {:?}, not above 0", deviation[i])));
        }
        let mut out = self.buffer(op, x.len())?;
        self.each(x, features, &mut out, features, |_, from, to| {
            for ((to, &x), (&m, &d)) in to.iter_mut().zip(from).zip(mean.iter().zip(deviation)) {
                *to = (x - m) / d;
            }
        });
        Ok(out)
    }

    /// W·x + b: x [n, f], weights [k, f], bias [k] → [n, k]; products and sums in float64, result rounded once. O(n·k·f).
    /// Errors: [`KernelError::Shape`] if the sizes do not fit.
    pub fn linear(&self, x: &[f32], features: usize, weights: &[f32], bias: &[f32]) -> Result<Vec<f32>> {
        let outputs = bias.len();
        let fits = features > 0 && x.len().is_multiple_of(features) && weights.len() == outputs * features;
        if !fits || outputs == 0 {
            return Err(KernelError::shape(
                "linear",
                format!("rows of {features} features, weights [{outputs}, {features}]"),
                [x.len(), weights.len(), outputs],
            ));
        }
        if outputs >= BLOCKED && x.len() / features >= BLOCKED {
            let rows = |data| Rows { data, width: features, centre: &[] as &[f64] };
            let products = self.row_products("linear", rows(x), rows(weights))?;
            let mut out = self.buffer("linear", products.len())?;
            self.each(&products, outputs, &mut out, outputs, |_, from, to| {
                for ((to, from), &bias) in to.iter_mut().zip(from).zip(bias) {
                    *to = (from + f64::from(bias)) as f32;
                }
            });
            return Ok(out);
        }
        let mut out = self.buffer_of("linear", &[x.len() / features, outputs])?;
        self.each(x, features, &mut out, outputs, |_, x, to| {
            for ((to, weights), bias) in to.iter_mut().zip(weights.chunks_exact(features)).zip(bias) {
                *to = (dot(x, weights) + f64::from(*bias)) as f32;
            }
        });
        Ok(out)
    }

    /// Joins rows: parts [n, f1], [n, f2], … → [n, f1 + f2 + …]. O(output).
    /// Errors: [`KernelError::Shape`] if a part is not `rows` whole rows.
    pub fn concat(&self, parts: &[&[f32]], rows: usize) -> Result<Vec<f32>> {
        if rows == 0 || parts.is_empty() || parts.iter().any(|part| !part.len().is_multiple_of(rows)) {
            let sizes: Vec<usize> = parts.iter().map(|part| part.len()).collect();
            return Err(KernelError::shape("concat", format!("parts of {rows} rows each"), sizes));
        }
        let width: usize = parts.iter().map(|part| part.len() / rows).sum();
        let mut out = self.buffer("concat", width * rows)?;
        for row in 0..rows {
            let mut to = &mut out[row * width..][..width];
            for part in parts {
                let length = part.len() / rows;
                let (head, rest) = to.split_at_mut(length);
                head.copy_from_slice(&part[row * length..][..length]);
                to = rest;
            }
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_of_two() {
        let out = Kernels::new().linear(&[1.0, 2.0, 3.0, 4.0], 2, &[1.0, 0.0, 0.5, -1.0], &[0.0, 10.0]).unwrap();
        assert_eq!(out, [1.0, 8.5, 3.0, 7.5]);
    }

    #[test]
    fn many_outputs_equal_few() {
        let (rows, outputs, features) = (19, 21, 300);
        let values = |seed: usize, n: usize| -> Vec<f32> {
            (0..n).map(|i| ((i * 7919 + seed) % 211) as f32 / 50.0 - 2.0).collect()
        };
        let (x, weights, bias) = (values(1, rows * features), values(2, outputs * features), values(3, outputs));
        let kernels = Kernels::new();
        let all = kernels.linear(&x, features, &weights, &bias).unwrap();
        for (k, weights) in weights.chunks_exact(features).enumerate() {
            let one = kernels.linear(&x, features, weights, &bias[k..=k]).unwrap();
            for (row, one) in one.iter().enumerate() {
                assert!((all[row * outputs + k] - one).abs() <= one.abs() * 1e-6, "[{row}, {k}]");
            }
        }
    }

    #[test]
    fn long_sums_lose_nothing() {
        let x: Vec<f32> = (0..4099).map(|i| if i % 2 == 0 { 1e7 } else { -1e7 + 1.0 }).collect();
        let out = Kernels::new().linear(&x[..4098], 4098, &vec![1.0; 4098], &[0.0]).unwrap();
        assert_eq!(out, [2049.0]);
    }

    #[test]
    fn a_constant_feature_is_refused() {
        let error = Kernels::new().standardize(&[1.0, 2.0], &[0.0, 0.0], &[1.0, 0.0]).unwrap_err();
        assert_eq!(error.code(), "KERNEL_VALUE");
        assert_eq!(Kernels::new().standardize(&[1.0, 2.0], &[0.0, 1.0], &[1.0, 0.5]).unwrap(), [1.0, 2.0]);
    }

    #[test]
    fn rows_are_joined() {
        let out = Kernels::new().concat(&[&[1.0, 2.0], &[3.0, 4.0, 5.0, 6.0]], 2).unwrap();
        assert_eq!(out, [1.0, 3.0, 4.0, 2.0, 5.0, 6.0]);
    }
}
