//! Arrays in the memory of a card.

use cudarc::driver::CudaSlice;
use syntrace_kernels::DType;

/// Bytes on the card; given back to its pool when dropped, after whatever still uses them.
pub(crate) type Memory = CudaSlice<u8>;

/// A row-major array on the card.
pub struct DeviceTensor {
    shape: Vec<usize>,
    dtype: DType,
    memory: Memory,
}

impl DeviceTensor {
    /// `memory` holds the elements; it is longer than they are only where they have none.
    pub(crate) fn new(shape: Vec<usize>, dtype: DType, memory: Memory) -> Self {
        Self { shape, dtype, memory }
    }

    /// Sizes, slowest first.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Element type.
    pub fn dtype(&self) -> DType {
        self.dtype
    }

    /// Number of elements.
    pub fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// Bytes of the elements.
    pub fn bytes(&self) -> usize {
        self.count() * self.dtype.width()
    }

    pub(crate) fn memory(&self) -> &Memory {
        &self.memory
    }
}
