//! Row-major arrays with their sizes.

use crate::error::{KernelError, Result};

/// Element type of a tensor. Names are those of the TypeScript contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DType {
    /// Bytes.
    U8,
    /// Single precision.
    F32,
    /// Double precision.
    F64,
}

impl DType {
    /// `u8`, `f32` or `f64`.
    pub fn name(self) -> &'static str {
        match self {
            Self::U8 => "u8",
            Self::F32 => "f32",
            Self::F64 => "f64",
        }
    }

    /// Bytes of an element.
    pub fn width(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::F32 => 4,
            Self::F64 => 8,
        }
    }

    /// The type of a name.
    pub fn of(name: &str) -> Result<Self> {
        [Self::U8, Self::F32, Self::F64].into_iter().find(|d| d.name() == name).ok_or(KernelError::Dtype {
            op: "tensor",
            expected: "u8, f32 or f64",
            received: "another",
        })
    }
}

/// The elements.
#[derive(Debug, Clone, PartialEq)]
pub enum TensorData {
    /// Bytes.
    U8(Vec<u8>),
    /// Single precision.
    F32(Vec<f32>),
    /// Double precision.
    F64(Vec<f64>),
}

impl TensorData {
    /// The elements as bytes in the processor's order, which on every platform with an addon is little-endian.
    pub fn as_bytes(&self) -> &[u8] {
        fn view<T>(values: &[T]) -> &[u8] {
            // SAFETY: plain numbers without padding, and the borrow is passed on.
            unsafe { std::slice::from_raw_parts(values.as_ptr().cast(), size_of_val(values)) }
        }
        match self {
            Self::U8(values) => values,
            Self::F32(values) => view(values),
            Self::F64(values) => view(values),
        }
    }

    /// The same, to be written.
    pub fn as_bytes_mut(&mut self) -> &mut [u8] {
        fn view<T>(values: &mut [T]) -> &mut [u8] {
            // SAFETY: any byte of a plain number may be read and written, and the borrow is passed on.
            unsafe { std::slice::from_raw_parts_mut(values.as_mut_ptr().cast(), size_of_val(values)) }
        }
        match self {
            Self::U8(values) => values,
            Self::F32(values) => view(values),
            Self::F64(values) => view(values),
        }
    }
}

/// A row-major array.
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor {
    shape: Vec<usize>,
    data: TensorData,
}

impl Tensor {
    /// A tensor of elements. Errors: [`KernelError::Shape`] if their number is not the product of the sizes.
    pub fn new(shape: Vec<usize>, data: TensorData) -> Result<Self> {
        let count = match &data {
            TensorData::U8(v) => v.len(),
            TensorData::F32(v) => v.len(),
            TensorData::F64(v) => v.len(),
        };
        if product(&shape) != Some(count) {
            return Err(KernelError::shape("tensor", format!("{count} elements"), shape));
        }
        Ok(Self { shape, data })
    }

    /// Sizes, slowest first.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Element type.
    pub fn dtype(&self) -> DType {
        match self.data {
            TensorData::U8(_) => DType::U8,
            TensorData::F32(_) => DType::F32,
            TensorData::F64(_) => DType::F64,
        }
    }

    /// The elements.
    pub fn data(&self) -> &TensorData {
        &self.data
    }

    /// The elements, to be written.
    pub fn data_mut(&mut self) -> &mut TensorData {
        &mut self.data
    }

    /// The elements alone.
    pub fn into_data(self) -> TensorData {
        self.data
    }

    pub(crate) fn bytes(&self, op: &'static str) -> Result<&[u8]> {
        match &self.data {
            TensorData::U8(v) => Ok(v),
            _ => Err(KernelError::Dtype { op, expected: "u8", received: self.dtype().name() }),
        }
    }

    pub(crate) fn singles(&self, op: &'static str) -> Result<&[f32]> {
        match &self.data {
            TensorData::F32(v) => Ok(v),
            _ => Err(KernelError::Dtype { op, expected: "f32", received: self.dtype().name() }),
        }
    }

    pub(crate) fn doubles(&self, op: &'static str) -> Result<&[f64]> {
        match &self.data {
            TensorData::F64(v) => Ok(v),
            _ => Err(KernelError::Dtype { op, expected: "f64", received: self.dtype().name() }),
        }
    }
}

/// Elements of a shape, or nothing where the product of its sides (those of 0 left out) overflows: products of some of the sides of a
/// tensor, as kernels form them, then never do.
pub(crate) fn product(shape: &[usize]) -> Option<usize> {
    let most = shape.iter().filter(|&&side| side > 0).try_fold(1_usize, |n, &side| n.checked_mul(side))?;
    Some(if shape.contains(&0) { 0 } else { most })
}
