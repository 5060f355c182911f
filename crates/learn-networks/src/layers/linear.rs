//! Linear layers on columns of features.

use super::Linear;
use crate::real::{Matrix, Real, multiply};
use crate::tensor::Tensor;

impl Linear {
    pub(crate) fn forward<T: Real>(&self, x: &Tensor<T>, [weight, bias]: [&[T]; 2]) -> Tensor<T> {
        let n = x.shape[0];
        let values = bias.iter().flat_map(|&bias| std::iter::repeat_n(bias, n)).collect();
        let mut y = Tensor { shape: [n, self.to, 1, 1], values };
        let weights = Matrix::new(weight, self.to, self.from);
        multiply(weights, Matrix::new(&x.values, self.from, n), &mut y.values, n, true);
        y
    }

    /// Gradients of input, weight and bias.
    pub(crate) fn backward<T: Real>(&self, x: &Tensor<T>, weight: &[T], dy: &Tensor<T>) -> (Tensor<T>, [Vec<T>; 2]) {
        let n = x.shape[0];
        let (columns, gradients) = (Matrix::new(&x.values, self.from, n), Matrix::new(&dy.values, self.to, n));
        let mut dx = Tensor::zeros(x.shape);
        multiply(Matrix::new(weight, self.to, self.from).transposed(), gradients, &mut dx.values, n, false);
        let mut dw = vec![T::default(); weight.len()];
        multiply(gradients, columns.transposed(), &mut dw, self.from, false);
        let db = dy.values.chunks(n).map(|row| row.iter().copied().sum()).collect();
        (dx, [dw, db])
    }
}
