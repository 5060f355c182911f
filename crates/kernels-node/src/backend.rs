//! What a session of tensors must offer, wherever it keeps them.

use crate::guard::Failure;
use std::sync::Arc;
use syntrace_kernels::{DType, KernelError, Session};

pub(crate) type Outcome<T> = std::result::Result<T, Failure>;

/// A call whose inputs are held; it may run on another thread.
pub(crate) type Prepared = Box<dyn FnOnce() -> Outcome<Vec<u32>> + Send>;

/// A session of tensors by number.
pub(crate) trait Backend: Send + Sync {
    /// Instruction set or card.
    fn describe(&self) -> String;
    fn upload(&self, dtype: DType, data: &[u8], shape: &[usize]) -> Outcome<u32>;
    fn download(&self, id: u32, to: &mut [u8]) -> Outcome<()>;
    fn shape(&self, id: u32) -> Outcome<Vec<usize>>;
    fn dtype(&self, id: u32) -> Outcome<DType>;
    fn free(&self, id: u32);
    /// Tensors, their bytes, and whatever else the backend counts.
    fn usage(&self) -> Vec<f64>;
    fn prepare(self: Arc<Self>, op: &str, option: &str, inputs: &[u32], parameters: &[f64]) -> Outcome<Prepared>;
}

fn other_size(op: &'static str, expected: usize, received: usize) -> Failure {
    KernelError::Shape { op, expected: format!("{expected} bytes"), received: received.to_string() }.into()
}

impl Backend for Session {
    fn describe(&self) -> String {
        self.kernels().simd().to_owned()
    }

    fn upload(&self, dtype: DType, data: &[u8], shape: &[usize]) -> Outcome<u32> {
        let mut tensor = self.allocate(dtype, shape)?;
        let to = tensor.data_mut().as_bytes_mut();
        if to.len() != data.len() {
            return Err(other_size("tensor", to.len(), data.len()));
        }
        to.copy_from_slice(data);
        Ok(self.keep(tensor))
    }

    fn download(&self, id: u32, to: &mut [u8]) -> Outcome<()> {
        let tensor = self.get("read", id)?;
        let from = tensor.data().as_bytes();
        if to.len() != from.len() {
            return Err(other_size("read", from.len(), to.len()));
        }
        to.copy_from_slice(from);
        Ok(())
    }

    fn shape(&self, id: u32) -> Outcome<Vec<usize>> {
        Ok(self.get("shape", id)?.shape().to_vec())
    }

    fn dtype(&self, id: u32) -> Outcome<DType> {
        Ok(self.get("dtype", id)?.dtype())
    }

    fn free(&self, id: u32) {
        Session::free(self, id);
    }

    fn usage(&self) -> Vec<f64> {
        let (count, bytes) = Session::usage(self);
        vec![count as f64, bytes as f64]
    }

    fn prepare(self: Arc<Self>, op: &str, option: &str, inputs: &[u32], parameters: &[f64]) -> Outcome<Prepared> {
        let call = Session::prepare(&self, op, option, inputs, parameters)?;
        Ok(Box::new(move || Ok(self.run(&call)?)))
    }
}
