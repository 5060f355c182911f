//! The way of what has no kernel on the card: inputs come down, the CPU kernels compute, results go up.

use crate::call::Call;
use crate::device::Device;
use crate::error::Result;
use crate::memory::DeviceTensor;
use std::sync::{Arc, Mutex, PoisonError};
use syntrace_kernels::{DType, Kernels, Session, Tensor};

/// The CPU kernels, opened when first needed: a session that stays on the card starts no threads.
pub(crate) struct Host {
    threads: usize,
    session: Mutex<Option<Arc<Session>>>,
}

impl Host {
    pub(crate) fn new(threads: usize) -> Self {
        Self { threads, session: Mutex::default() }
    }

    fn session(&self) -> Result<Arc<Session>> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        if session.is_none() {
            *session = Some(Arc::new(Session::new(Kernels::with_threads(self.threads)?)));
        }
        Ok(session.clone().unwrap_or_default())
    }

    /// Computes a call with the CPU kernels. Errors: theirs, and those of the copies.
    pub(crate) fn run(&self, call: &Call, device: &Device) -> Result<Vec<DeviceTensor>> {
        let session = self.session()?;
        let mut inputs = Vec::with_capacity(call.inputs.len());
        for input in &call.inputs {
            inputs.push(down(&session, input, device, call.op)?);
        }
        let results = session.compute(call.op, &call.option, inputs, &call.parameters)?;
        results.into_iter().map(|tensor| up(&tensor, device, call.op)).collect()
    }
}

fn down(session: &Session, tensor: &DeviceTensor, device: &Device, op: &'static str) -> Result<Tensor> {
    let mut copy = session.allocate(tensor.dtype(), tensor.shape())?;
    device.fetch(op, tensor.memory(), copy.data_mut().as_bytes_mut())?;
    Ok(copy)
}

fn up(tensor: &Tensor, device: &Device, op: &'static str) -> Result<DeviceTensor> {
    let (shape, dtype): (Vec<usize>, DType) = (tensor.shape().to_vec(), tensor.dtype());
    Ok(DeviceTensor::new(shape, dtype, device.send(op, tensor.data().as_bytes())?))
}
