//! Tensors by number and operations by name, as `syntrace_kernels::Session`, with the tensors on a card.

use crate::availability::{Card, Unavailable, probe, words};
use crate::call::Call;
use crate::device::Device;
use crate::error::{CudaError, Result, Stop};
use crate::host_step::Host;
use crate::limits::Limits;
use crate::memory::DeviceTensor;
use crate::operations::on_device;
use crate::transforms::cufft::Transforms;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use syntrace_kernels::{DType, KernelError, Session};

/// How to open a session.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Threads of the CPU kernels that compute what the card does not; they start when first needed.
    pub threads: usize,
    /// Whose transforms.
    pub transforms: Transforms,
}

/// A session whose tensors stay on the card between operations: a chain copies in once and out once.
///
/// Calls queue their work and return; [`CudaSession::download`] waits. Results are new tensors and equal those of the CPU kernels within
/// the tolerances of `packages/kernels-conformance`; two runs give the same bits.
pub struct CudaSession {
    tensors: Mutex<Tensors>,
    host: Host,
    calls: [AtomicU64; 2],
    card: Card,
    // Last: tensors and tables go before the context.
    device: Device,
}

#[derive(Default)]
struct Tensors {
    last: u32,
    held: HashMap<u32, Arc<DeviceTensor>>,
}

impl CudaSession {
    /// Opens the first card that can be used. Errors: [`Unavailable`], never a panic.
    pub fn open(options: Options) -> std::result::Result<Self, Unavailable> {
        let card = probe()?;
        let open = || {
            let device = Device::open(&card, options.transforms)?;
            Ok(Self {
                tensors: Mutex::default(),
                host: Host::new(options.threads),
                calls: Default::default(),
                card: card.clone(),
                device,
            })
        };
        match catch_unwind(AssertUnwindSafe(open)) {
            Ok(session) => session.map_err(|error: CudaError| Unavailable::Failed(error.to_string())),
            Err(payload) => Err(Unavailable::Failed(words(&*payload))),
        }
    }

    /// The card in use.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// Whose transforms are in use: `cufft` or `own`.
    pub fn transforms(&self) -> &'static str {
        if self.device.uses_cufft { "cufft" } else { "own" }
    }

    /// Copies elements into a new tensor on the card; returns while the copy is under way.
    /// Errors: [`KernelError::Shape`] if `bytes` are not the elements of `shape`, [`KernelError::Value`] without memory.
    pub fn upload(&self, dtype: DType, bytes: &[u8], shape: &[usize]) -> Result<u32> {
        let wanted = shape.iter().try_fold(dtype.width(), |n, &side| n.checked_mul(side));
        if wanted != Some(bytes.len()) {
            let expected = format!("{} bytes", wanted.map_or_else(|| "fewer".into(), |n| n.to_string()));
            return Err(KernelError::Shape { op: "tensor", expected, received: bytes.len().to_string() }.into());
        }
        let memory = self.device.send("tensor", bytes)?;
        Ok(self.keep(DeviceTensor::new(shape.to_vec(), dtype, memory)))
    }

    /// Copies a tensor's elements out, after whatever computes them. Errors: [`KernelError::Foreign`], [`KernelError::Shape`].
    pub fn download(&self, id: u32, to: &mut [u8]) -> Result<()> {
        let tensor = self.get("read", id)?;
        if to.len() != tensor.bytes() {
            let (expected, received) = (format!("{} bytes", tensor.bytes()), to.len().to_string());
            return Err(KernelError::Shape { op: "read", expected, received }.into());
        }
        self.device.fetch("read", tensor.memory(), to)
    }

    /// The tensor of a number. Errors: [`KernelError::Foreign`] if there is none.
    pub fn get(&self, op: &'static str, id: u32) -> Result<Arc<DeviceTensor>> {
        let missing = || KernelError::Foreign { op, owner: "another session".into() }.into();
        self.lock().held.get(&id).cloned().ok_or_else(missing)
    }

    /// Forgets a tensor; numbers that are not held are ignored. Its memory is used again after the work that still reads it.
    pub fn free(&self, id: u32) {
        let tensor = self.lock().held.remove(&id);
        drop(tensor);
    }

    /// Tensors held and their bytes.
    pub fn usage(&self) -> (usize, usize) {
        let tensors = self.lock();
        (tensors.held.len(), tensors.held.values().map(|tensor| tensor.bytes()).sum())
    }

    /// Free and total bytes of the card.
    pub fn memory(&self) -> Result<(usize, usize)> {
        self.device.memory()
    }

    /// What the card can do at most, measured now: takes about a second and two GiB.
    pub fn limits(&self) -> Result<Limits> {
        self.device.measure_limits()
    }

    /// Waits for everything queued so far. Errors: whatever failed on the card meanwhile.
    pub fn synchronize(&self) -> Result<()> {
        self.device.synchronize("synchronize")
    }

    /// Calls that the card computed, and calls that took the host's step.
    pub fn calls(&self) -> [u64; 2] {
        [0, 1].map(|i| self.calls[i].load(Ordering::Relaxed))
    }

    /// Checks the name of a call and takes hold of its inputs; [`CudaSession::run`] may then happen on another thread.
    pub fn prepare(&self, op: &str, option: &str, inputs: &[u32], parameters: &[f64]) -> Result<Call> {
        let op = Session::known(op)?;
        let inputs = inputs.iter().map(|&id| self.get(op, id)).collect::<Result<_>>()?;
        Ok(Call { op, option: option.to_owned(), inputs, parameters: parameters.to_vec() })
    }

    /// Runs a call: on the card, or by the host's step. The results are kept under new numbers.
    pub fn run(&self, call: &Call) -> Result<Vec<u32>> {
        let results = match on_device(call.op).map(|run| run(call, &self.device)) {
            Some(Ok(results)) => self.counted(0, results),
            Some(Err(Stop::Failed(error))) => return Err(error),
            Some(Err(Stop::ToHost)) | None => self.counted(1, self.host.run(call, &self.device)?),
        };
        Ok(results.into_iter().map(|tensor| self.keep(tensor)).collect())
    }

    fn counted(&self, way: usize, results: Vec<DeviceTensor>) -> Vec<DeviceTensor> {
        self.calls[way].fetch_add(1, Ordering::Relaxed);
        results
    }

    fn keep(&self, tensor: DeviceTensor) -> u32 {
        let mut tensors = self.lock();
        tensors.last += 1;
        let id = tensors.last;
        tensors.held.insert(id, Arc::new(tensor));
        id
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Tensors> {
        self.tensors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where an operation runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// On the card; the call returns when its work is queued.
    Queued,
    /// On the card, but the call waits for a number that decides whether it is refused.
    Waits,
    /// By the host's step: download, CPU kernels, upload.
    Host,
}

impl Route {
    /// `queued`, `waits` or `host`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Waits => "waits",
            Self::Host => "host",
        }
    }
}

/// Where each operation of the contract runs.
pub fn routes() -> Vec<(&'static str, Route)> {
    let route = |op| match on_device(op) {
        Some(_) if op == "standardize" => Route::Waits,
        Some(_) => Route::Queued,
        None => Route::Host,
    };
    Session::operations().map(|op| (op, route(op))).collect()
}
