//! WASM binding of the Syntrace kernels: a session of tensors that live in WASM memory, reached by number.
//!
//! Errors are JavaScript errors whose message is one line of JSON: `{"code":"KERNEL_SHAPE","op":…}`.

use syntrace_kernels::{DType, KernelError, Kernels, Session};
use wasm_bindgen::prelude::*;

fn thrown(error: KernelError) -> JsError {
    JsError::new(&error.to_json())
}

/// A session. JavaScript writes and reads tensors through views on the WASM memory; a view must be made afresh after every call.
#[wasm_bindgen(js_name = Session)]
pub struct WasmSession(Session);

#[wasm_bindgen(js_class = Session)]
impl WasmSession {
    /// An empty session.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "made by JavaScript only")]
    pub fn new() -> Self {
        Self(Session::new(Kernels::new()))
    }

    /// Instruction set of this build.
    pub fn simd(&self) -> String {
        self.0.kernels().simd().to_owned()
    }

    /// A tensor of unspecified content; write it before use. Throws KERNEL_DTYPE, KERNEL_SHAPE, KERNEL_VALUE.
    pub fn allocate(&self, dtype: &str, shape: &[u32]) -> Result<u32, JsError> {
        let shape: Vec<usize> = shape.iter().map(|&side| side as usize).collect();
        let tensor = DType::of(dtype).and_then(|dtype| self.0.allocate(dtype, &shape)).map_err(thrown)?;
        Ok(self.0.keep(tensor))
    }

    /// Address of the first element in WASM memory. Throws KERNEL_FOREIGN_TENSOR.
    pub fn address(&self, id: u32) -> Result<usize, JsError> {
        self.0.location(id).map(|(address, _)| address as usize).map_err(thrown)
    }

    /// Sizes, slowest first. Throws KERNEL_FOREIGN_TENSOR.
    pub fn shape(&self, id: u32) -> Result<Vec<u32>, JsError> {
        let tensor = self.0.get("shape", id).map_err(thrown)?;
        Ok(tensor.shape().iter().map(|&side| side as u32).collect())
    }

    /// Element type. Throws KERNEL_FOREIGN_TENSOR.
    pub fn dtype(&self, id: u32) -> Result<String, JsError> {
        self.0.get("dtype", id).map(|tensor| tensor.dtype().name().to_owned()).map_err(thrown)
    }

    /// Gives a tensor back; unknown numbers are ignored.
    pub fn release(&self, id: u32) {
        self.0.free(id);
    }

    /// Tensors held and their bytes.
    pub fn usage(&self) -> Vec<u32> {
        let (count, bytes) = self.0.usage();
        vec![count as u32, bytes as u32]
    }

    /// Runs an operation of the kernels' table; the numbers of the results. Throws what the operation documents.
    pub fn call(&self, op: &str, option: &str, inputs: &[u32], parameters: &[f64]) -> Result<Vec<u32>, JsError> {
        self.0.prepare(op, option, inputs, parameters).and_then(|call| self.0.run(&call)).map_err(thrown)
    }

    /// Traps, to test that the caller survives it.
    #[wasm_bindgen(js_name = trapForTest)]
    pub fn trap_for_test(&self) {
        panic!("a trap, on request");
    }
}
