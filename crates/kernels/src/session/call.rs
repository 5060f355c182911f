//! A call on its way to the methods of [`Kernels`]: names, numbers and tensors, with the checks that all operations share.

use super::operations::Operation;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::tensor::{Tensor, TensorData};
use std::sync::Arc;

/// An operation with its inputs, ready to run on any thread.
pub struct Call {
    pub(super) op: &'static str,
    pub(super) operation: Operation,
    pub(super) option: String,
    pub(super) inputs: Vec<Arc<Tensor>>,
    pub(super) parameters: Vec<f64>,
}

impl Call {
    /// Elements that go in: a measure of how long it will take.
    pub fn weight(&self) -> usize {
        self.inputs.iter().map(|t| t.shape().iter().product::<usize>()).sum()
    }

    pub(super) fn execute(&self, kernels: &Kernels) -> Result<Vec<Tensor>> {
        (self.operation)(self, kernels)
    }

    pub(super) fn input(&self, i: usize) -> Result<&Tensor> {
        let missing = || KernelError::value(self.op, format!("{} inputs are too few", self.inputs.len()));
        self.inputs.get(i).map(Arc::as_ref).ok_or_else(missing)
    }

    pub(super) fn number(&self, i: usize) -> Result<f64> {
        let missing = || KernelError::value(self.op, format!("{} parameters are too few", self.parameters.len()));
        self.parameters.get(i).copied().ok_or_else(missing)
    }

    /// A parameter that counts something.
    pub(super) fn whole(&self, i: usize) -> Result<usize> {
        let value = self.number(i)?;
        let good = value >= 0.0 && value.fract() == 0.0 && value <= f64::from(u32::MAX);
        good.then_some(value as usize)
            .ok_or_else(|| KernelError::value(self.op, format!("{value} is not a whole number of at least 0")))
    }

    /// The parameters from `start` as lists, each after its length.
    pub(super) fn lists(&self, start: usize) -> Result<Vec<Vec<usize>>> {
        let (mut at, mut lists) = (start, Vec::new());
        while at < self.parameters.len() {
            let count = self.whole(at)?;
            let end = at + 1 + count.min(self.parameters.len());
            lists.push((at + 1..end).map(|i| self.whole(i)).collect::<Result<Vec<_>>>()?);
            at = end;
        }
        Ok(lists)
    }

    pub(super) fn choice<T: Copy>(&self, choices: &[(&str, T)]) -> Result<T> {
        let names = || choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let found = choices.iter().find(|(name, _)| *name == self.option);
        found
            .map(|(_, value)| *value)
            .ok_or_else(|| KernelError::value(self.op, format!("{:?} is none of {}", self.option, names())))
    }

    /// Planes [.., h, w]: the leading sizes, height and width.
    pub(super) fn planes<'a>(&self, tensor: &'a Tensor) -> Result<(&'a [usize], usize, usize)> {
        match tensor.shape() {
            [lead @ .., h, w] => Ok((lead, *h, *w)),
            shape => Err(KernelError::shape(self.op, "[..., h, w]", shape)),
        }
    }

    /// Images [n, h, w, c].
    pub(super) fn images(&self, tensor: &Tensor) -> Result<[usize; 4]> {
        let shape = tensor.shape();
        shape.try_into().map_err(|_| KernelError::shape(self.op, "[b, h, w, c]", shape))
    }

    /// Rows: number and width; everything but the first size is flattened.
    pub(super) fn rows(&self, tensor: &Tensor) -> Result<(usize, usize)> {
        match tensor.shape() {
            [n, rest @ ..] => Ok((*n, rest.iter().product())),
            [] => Err(KernelError::shape(self.op, "[b, ...]", [0; 0])),
        }
    }
}

/// Floats of either precision to the same function.
macro_rules! of_floats {
    ($call:expr, $tensor:expr, |$values:ident| $work:expr) => {
        match $tensor.data() {
            TensorData::F32($values) => $work,
            TensorData::F64($values) => $work,
            TensorData::U8(_) => {
                Err(KernelError::Dtype { op: $call.op, expected: "f32 or f64", received: $tensor.dtype().name() })
            }
        }
    };
}
pub(super) use of_floats;

/// Elements of the same precision as those of a tensor, by the same function.
macro_rules! floats {
    ($call:expr, $tensor:expr, |$values:ident| $result:expr) => {
        match $tensor.data() {
            TensorData::F32($values) => TensorData::F32($result?),
            TensorData::F64($values) => TensorData::F64($result?),
            TensorData::U8(_) => {
                return Err(KernelError::Dtype { op: $call.op, expected: "f32 or f64", received: "u8" });
            }
        }
    };
}
pub(super) use floats;

/// One result.
pub(super) fn one(shape: Vec<usize>, data: TensorData) -> Result<Vec<Tensor>> {
    Ok(vec![Tensor::new(shape, data)?])
}

/// Leading sizes, then others.
pub(super) fn joined(lead: &[usize], rest: &[usize]) -> Vec<usize> {
    [lead, rest].concat()
}
