//! Node addon of the Syntrace kernels: a session of tensors, reached by number.
//!
//! Errors are JavaScript errors whose message is one line of JSON: `{"code":"KERNEL_SHAPE","op":…}`. A panic inside a kernel is caught
//! and reported with the code `KERNEL_TRAP`; the process lives on.

use napi::bindgen_prelude::{AsyncTask, Env, Error, Result, Task, Uint8Array, Uint8ArraySlice};
use napi_derive::napi;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use syntrace_kernels::{Call, DType, KernelError, Kernels, Session, TensorData};

fn thrown(error: KernelError) -> Error {
    Error::from_reason(error.to_json())
}

/// Runs work that must not take the process down.
fn guarded<R>(op: &str, work: impl FnOnce() -> std::result::Result<R, KernelError>) -> Result<R> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(thrown),
        Err(payload) => {
            let text = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
            let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
            let json = serde_json::json!({ "code": "KERNEL_TRAP", "op": op, "detail": text });
            Err(Error::from_reason(json.to_string()))
        }
    }
}

/// The elements as bytes in the processor's order, which on every platform with an addon is little-endian.
fn bytes_mut(data: &mut TensorData) -> &mut [u8] {
    fn view<T>(values: &mut [T]) -> &mut [u8] {
        // SAFETY: any byte of a plain number may be read and written, and the borrow is passed on.
        unsafe { std::slice::from_raw_parts_mut(values.as_mut_ptr().cast(), size_of_val(values)) }
    }
    match data {
        TensorData::U8(values) => values,
        TensorData::F32(values) => view(values),
        TensorData::F64(values) => view(values),
    }
}

/// A session with threads of its own.
#[napi(js_name = "Session")]
pub struct NodeSession(Arc<Session>);

#[napi]
impl NodeSession {
    /// An empty session; 1 thread means that everything runs on the caller's.
    #[napi(constructor, catch_unwind)]
    pub fn new(threads: u32) -> Result<Self> {
        let kernels = guarded("open", || Kernels::with_threads(threads as usize))?;
        Ok(Self(Arc::new(Session::new(kernels))))
    }

    /// Instruction set in use.
    #[napi(catch_unwind)]
    pub fn simd(&self) -> String {
        self.0.kernels().simd().to_owned()
    }

    /// Copies bytes into a new tensor. Throws KERNEL_DTYPE, KERNEL_SHAPE, KERNEL_VALUE.
    #[napi(catch_unwind)]
    pub fn upload(&self, dtype: String, data: Uint8ArraySlice<'_>, shape: Vec<u32>) -> Result<u32> {
        guarded("tensor", || {
            let shape: Vec<usize> = shape.iter().map(|&side| side as usize).collect();
            let mut tensor = self.0.allocate(DType::of(&dtype)?, &shape)?;
            let to = bytes_mut(tensor.data_mut());
            if to.len() != data.len() {
                return Err(KernelError::Shape {
                    op: "tensor",
                    expected: format!("{} bytes", to.len()),
                    received: data.len().to_string(),
                });
            }
            to.copy_from_slice(&data);
            Ok(self.0.keep(tensor))
        })
    }

    /// Copies a tensor's bytes into an array of that size. Throws KERNEL_FOREIGN_TENSOR, KERNEL_SHAPE.
    #[napi(catch_unwind)]
    pub fn download(&self, id: u32, mut to: Uint8Array) -> Result<()> {
        guarded("read", || {
            let tensor = self.0.get("read", id)?;
            let (address, length) = self.0.location(id)?;
            if to.len() != length {
                return Err(KernelError::Shape {
                    op: "read",
                    expected: format!("{length} bytes"),
                    received: to.len().to_string(),
                });
            }
            // SAFETY: the tensor is held by `tensor` until the copy is done, and the array is JavaScript's own memory, which nothing else
            // touches while this call holds its thread.
            unsafe { to.as_mut().copy_from_slice(std::slice::from_raw_parts(address, length)) };
            drop(tensor);
            Ok(())
        })
    }

    /// Sizes, slowest first. Throws KERNEL_FOREIGN_TENSOR.
    #[napi(catch_unwind)]
    pub fn shape(&self, id: u32) -> Result<Vec<u32>> {
        guarded("shape", || Ok(self.0.get("shape", id)?.shape().iter().map(|&side| side as u32).collect()))
    }

    /// Element type. Throws KERNEL_FOREIGN_TENSOR.
    #[napi(catch_unwind)]
    pub fn dtype(&self, id: u32) -> Result<String> {
        guarded("dtype", || Ok(self.0.get("dtype", id)?.dtype().name().to_owned()))
    }

    /// Gives a tensor back; unknown numbers are ignored.
    #[napi(catch_unwind)]
    pub fn release(&self, id: u32) {
        self.0.free(id);
    }

    /// Tensors held and their bytes.
    #[napi(catch_unwind)]
    pub fn usage(&self) -> Vec<f64> {
        let (count, bytes) = self.0.usage();
        vec![count as f64, bytes as f64]
    }

    /// Runs an operation of the kernels' table on the caller's thread; the numbers of the results.
    #[napi(catch_unwind)]
    pub fn call(&self, op: String, option: String, inputs: Vec<u32>, parameters: Vec<f64>) -> Result<Vec<u32>> {
        guarded(&op, || self.0.prepare(&op, &option, &inputs, &parameters).and_then(|call| self.0.run(&call)))
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
        let call = guarded(&op, || self.0.prepare(&op, &option, &inputs, &parameters))?;
        Ok(AsyncTask::new(Job { op, session: self.0.clone(), call }))
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
    session: Arc<Session>,
    call: Call,
}

impl Task for Job {
    type Output = Vec<u32>;
    type JsValue = Vec<u32>;

    fn compute(&mut self) -> Result<Vec<u32>> {
        guarded(&self.op, || self.session.run(&self.call))
    }

    fn resolve(&mut self, _: Env, output: Vec<u32>) -> Result<Vec<u32>> {
        Ok(output)
    }
}

/// Panics without a guard of its own: the binding's must hold.
#[napi(js_name = "__panic_for_test", catch_unwind)]
pub fn panic_for_test() {
    panic!("a panic, on request");
}
