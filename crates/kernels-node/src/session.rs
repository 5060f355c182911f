//! The class that JavaScript sees.

use crate::backend::{Backend, Prepared};
use crate::guard::guarded;
use napi::bindgen_prelude::{AsyncTask, Env, Result, Task, Uint8Array, Uint8ArraySlice};
use napi_derive::napi;
use std::sync::Arc;
use syntrace_kernels::{DType, Kernels, Session};

/// A session with threads of its own.
#[napi(js_name = "Session")]
pub struct NodeSession(Arc<dyn Backend>);

impl NodeSession {
    #[cfg(feature = "cuda")]
    pub(crate) fn over(backend: Arc<dyn Backend>) -> Self {
        Self(backend)
    }
}

#[napi]
impl NodeSession {
    /// An empty session; 1 thread means that everything runs on the caller's.
    #[napi(constructor, catch_unwind)]
    pub fn new(threads: u32) -> Result<Self> {
        let kernels = guarded("open", || Ok(Kernels::with_threads(threads as usize)?))?;
        Ok(Self(Arc::new(Session::new(kernels))))
    }

    /// Instruction set in use, or card.
    #[napi(catch_unwind)]
    pub fn simd(&self) -> String {
        self.0.describe()
    }

    /// Copies bytes into a new tensor. Throws KERNEL_DTYPE, KERNEL_SHAPE, KERNEL_VALUE.
    #[napi(catch_unwind)]
    pub fn upload(&self, dtype: String, data: Uint8ArraySlice<'_>, shape: Vec<u32>) -> Result<u32> {
        guarded("tensor", || {
            let shape: Vec<usize> = shape.iter().map(|&side| side as usize).collect();
            self.0.upload(DType::of(&dtype)?, &data, &shape)
        })
    }

    /// Copies a tensor's bytes into an array of that size. Throws KERNEL_FOREIGN_TENSOR, KERNEL_SHAPE.
    #[napi(catch_unwind)]
    pub fn download(&self, id: u32, mut to: Uint8Array) -> Result<()> {
        // SAFETY: the array is JavaScript's own memory, which nothing else touches while this call holds its thread.
        guarded("read", || self.0.download(id, unsafe { to.as_mut() }))
    }

    /// The same in the background: for backends that must wait. The array must be left alone until the promise is kept.
    #[napi(catch_unwind, ts_return_type = "Promise<void>")]
    pub fn download_async(&self, id: u32, to: Uint8Array) -> AsyncTask<Download> {
        AsyncTask::new(Download { session: self.0.clone(), id, to })
    }

    /// Sizes, slowest first. Throws KERNEL_FOREIGN_TENSOR.
    #[napi(catch_unwind)]
    pub fn shape(&self, id: u32) -> Result<Vec<u32>> {
        guarded("shape", || Ok(self.0.shape(id)?.iter().map(|&side| side as u32).collect()))
    }

    /// Element type. Throws KERNEL_FOREIGN_TENSOR.
    #[napi(catch_unwind)]
    pub fn dtype(&self, id: u32) -> Result<String> {
        guarded("dtype", || Ok(self.0.dtype(id)?.name().to_owned()))
    }

    /// Gives a tensor back; unknown numbers are ignored.
    #[napi(catch_unwind)]
    pub fn release(&self, id: u32) {
        self.0.free(id);
    }

    /// Gives all tensors back, and the card where there is one; their numbers are unknown from now on.
    #[napi(catch_unwind)]
    pub fn close(&mut self) {
        self.0 = Arc::new(Session::default());
    }

    /// Tensors held and their bytes; on a card also its free and total bytes, calls that it computed and calls that the CPU did.
    #[napi(catch_unwind)]
    pub fn usage(&self) -> Vec<f64> {
        self.0.usage()
    }

    /// Runs an operation of the kernels' table on the caller's thread; the numbers of the results.
    #[napi(catch_unwind)]
    pub fn call(&self, op: String, option: String, inputs: Vec<u32>, parameters: Vec<f64>) -> Result<Vec<u32>> {
        guarded(&op, || self.0.clone().prepare(&op, &option, &inputs, &parameters).and_then(|run| run()))
    }

    /// The same in the background.
    #[napi(catch_unwind, ts_return_type = "Promise<Array<number>>")]
    pub fn call_async(
        &self,
        op: String,
        option: String,
        inputs: Vec<u32>,
        parameters: Vec<f64>,
    ) -> Result<AsyncTask<Job>> {
        let call = guarded(&op, || self.0.clone().prepare(&op, &option, &inputs, &parameters))?;
        Ok(AsyncTask::new(Job { op, call: Some(call) }))
    }

    /// Panics, to test that the process lives on.
    #[napi(js_name = "trapForTest", catch_unwind)]
    pub fn trap_for_test(&self) -> Result<()> {
        guarded("trapForTest", || panic!("a panic, on request"))
    }
}

/// A call on its way through Node's thread pool.
pub struct Job {
    op: String,
    call: Option<Prepared>,
}

impl Task for Job {
    type Output = Vec<u32>;
    type JsValue = Vec<u32>;

    fn compute(&mut self) -> Result<Vec<u32>> {
        let Some(call) = self.call.take() else { return Ok(Vec::new()) };
        guarded(&self.op, call)
    }

    fn resolve(&mut self, _: Env, output: Vec<u32>) -> Result<Vec<u32>> {
        Ok(output)
    }
}

/// A download on its way through Node's thread pool.
pub struct Download {
    session: Arc<dyn Backend>,
    id: u32,
    to: Uint8Array,
}

impl Task for Download {
    type Output = ();
    type JsValue = ();

    fn compute(&mut self) -> Result<()> {
        // SAFETY: the caller leaves the array alone until the promise is kept, and the reference keeps it alive.
        guarded("read", || self.session.download(self.id, unsafe { self.to.as_mut() }))
    }

    fn resolve(&mut self, _: Env, _: ()) -> Result<()> {
        Ok(())
    }
}
