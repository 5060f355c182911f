//! Tensors by number and operations by name: the one surface that every binding exposes.

mod call;
mod operations;

use crate::context::{Element, Kernels};
use crate::error::{KernelError, Result};
use crate::tensor::{DType, Tensor, TensorData, product};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

pub use call::Call;

/// Kernels with the tensors that a caller holds. Sizes, types and names are checked here, so that no call can panic.
#[derive(Default)]
pub struct Session {
    kernels: Kernels,
    tensors: Mutex<Tensors>,
}

#[derive(Default)]
struct Tensors {
    last: u32,
    held: HashMap<u32, Arc<Tensor>>,
}

impl Session {
    /// A session over these kernels.
    pub fn new(kernels: Kernels) -> Self {
        Self { kernels, tensors: Mutex::default() }
    }

    /// The kernels of this session.
    pub fn kernels(&self) -> &Kernels {
        &self.kernels
    }

    /// A tensor of unspecified content. Errors: [`KernelError::Shape`] if the sizes overflow, [`KernelError::Value`] without memory.
    pub fn allocate(&self, dtype: DType, shape: &[usize]) -> Result<Tensor> {
        let count = product(shape).ok_or_else(|| KernelError::shape("tensor", "sizes that fit the memory", shape))?;
        let data = match dtype {
            DType::U8 => TensorData::U8(self.kernels.buffer("tensor", count)?),
            DType::F32 => TensorData::F32(self.kernels.buffer("tensor", count)?),
            DType::F64 => TensorData::F64(self.kernels.buffer("tensor", count)?),
        };
        Tensor::new(shape.to_vec(), data)
    }

    /// Keeps a tensor and gives it a number above 0 that is never used again.
    pub fn keep(&self, tensor: Tensor) -> u32 {
        let mut tensors = self.lock();
        tensors.last += 1;
        let id = tensors.last;
        tensors.held.insert(id, Arc::new(tensor));
        id
    }

    /// The tensor of a number. Errors: [`KernelError::Foreign`] if there is none.
    pub fn get(&self, op: &'static str, id: u32) -> Result<Arc<Tensor>> {
        let owner = || KernelError::Foreign { op, owner: "another session".into() };
        self.lock().held.get(&id).cloned().ok_or_else(owner)
    }

    /// Where the bytes of a tensor stand, and how many: for bindings that share their memory with the caller.
    pub fn location(&self, id: u32) -> Result<(*const u8, usize)> {
        let tensor = self.get("read", id)?;
        let bytes = tensor.data().as_bytes();
        Ok((bytes.as_ptr(), bytes.len()))
    }

    /// Forgets a tensor; numbers that are not held are ignored. Its memory is used again.
    pub fn free(&self, id: u32) {
        let tensor = self.lock().held.remove(&id);
        if let Some(tensor) = tensor.and_then(Arc::into_inner) {
            match tensor.into_data() {
                TensorData::U8(v) => self.recycle(v),
                TensorData::F32(v) => self.recycle(v),
                TensorData::F64(v) => self.recycle(v),
            }
        }
    }

    fn recycle<T: Element>(&self, buffer: Vec<T>) {
        self.kernels.recycle(buffer);
    }

    /// Tensors held and their bytes.
    pub fn usage(&self) -> (usize, usize) {
        let tensors = self.lock();
        let bytes = |t: &Arc<Tensor>| t.data().as_bytes().len();
        (tensors.held.len(), tensors.held.values().map(bytes).sum())
    }

    /// Checks names and numbers of a call and takes hold of its inputs; [`Session::run`] may then happen on another thread.
    pub fn prepare(&self, op: &str, option: &str, inputs: &[u32], parameters: &[f64]) -> Result<Call> {
        let (op, operation) = operations::known(op)?;
        let inputs = inputs.iter().map(|&id| self.get(op, id)).collect::<Result<_>>()?;
        Ok(Call { op, operation, option: option.to_owned(), inputs, parameters: parameters.to_vec() })
    }

    /// Runs a call; the results are kept under new numbers, in the order that the operation documents.
    pub fn run(&self, call: &Call) -> Result<Vec<u32>> {
        let results = call.execute(&self.kernels)?;
        Ok(results.into_iter().map(|tensor| self.keep(tensor)).collect())
    }

    /// Runs an operation on tensors that are not held: for backends that keep theirs elsewhere.
    pub fn compute(&self, op: &str, option: &str, inputs: Vec<Tensor>, parameters: &[f64]) -> Result<Vec<Tensor>> {
        let (op, operation) = operations::known(op)?;
        let inputs = inputs.into_iter().map(Arc::new).collect();
        let call = Call { op, operation, option: option.to_owned(), inputs, parameters: parameters.to_vec() };
        call.execute(&self.kernels)
    }

    /// The names of all operations.
    pub fn operations() -> impl Iterator<Item = &'static str> {
        operations::names()
    }

    /// The name as the tables spell it. Errors: [`KernelError::Value`] for an unknown one.
    pub fn known(op: &str) -> Result<&'static str> {
        operations::known(op).map(|(name, _)| name)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Tensors> {
        self.tensors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
