//! Errors and panics on their way to JavaScript.

use napi::bindgen_prelude::{Error, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};
use syntrace_kernels::KernelError;

/// What a backend refuses or fails with, as one line of JSON: `{"code":"KERNEL_SHAPE","op":…}`.
pub(crate) struct Failure(pub(crate) String);

impl From<KernelError> for Failure {
    fn from(error: KernelError) -> Self {
        Self(error.to_json())
    }
}

#[cfg(feature = "cuda")]
impl From<syntrace_kernels_cuda::CudaError> for Failure {
    fn from(error: syntrace_kernels_cuda::CudaError) -> Self {
        Self(error.to_json())
    }
}

/// Runs work that must not take the process down.
pub(crate) fn guarded<R>(op: &str, work: impl FnOnce() -> std::result::Result<R, Failure>) -> Result<R> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(|Failure(json)| Error::from_reason(json)),
        Err(payload) => {
            let text = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
            let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
            let json = serde_json::json!({ "code": "KERNEL_TRAP", "op": op, "detail": text });
            Err(Error::from_reason(json.to_string()))
        }
    }
}
