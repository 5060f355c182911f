//! Linear layers on rows of features.

use super::Linear;
use crate::real::{Matrix, Real, multiply};
use crate::tensor::Tensor;

impl Linear {
    pub(crate) fn forward<T: Real>(&self, x: &Tensor<T>, [weight, bias]: [&[T]; 2]) -> Tensor<T> {
        let n = x.shape[0];
        let mut y = Tensor { shape: [n, self.to, 1, 1], values: bias.repeat(n) };
        let weights = Matrix::new(weight, self.to, self.from);
        multiply(Matrix::new(&x.values, n, self.from), weights.transposed(), &mut y.values, true);
        y
    }

    /// Gradients of input, weight and bias.
    pub(crate) fn backward<T: Real>(&self, x: &Tensor<T>, weight: &[T], dy: &Tensor<T>) -> (Tensor<T>, [Vec<T>; 2]) {
        let n = x.shape[0];
        let (rows, gradients) = (Matrix::new(&x.values, n, self.from), Matrix::new(&dy.values, n, self.to));
        let mut dx = Tensor::zeros(x.shape);
        multiply(gradients, Matrix::new(weight, self.to, self.from), &mut dx.values, false);
        let mut dw = vec![T::default(); weight.len()];
        multiply(gradients.transposed(), rows, &mut dw, false);
        let db = (0..self.to).map(|k| dy.values.iter().skip(k).step_by(self.to).copied().sum()).collect();
        (dx, [dw, db])
    }
}
