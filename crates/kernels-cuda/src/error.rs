//! What can go wrong on a device, in the words of the kernels.

use cudarc::driver::DriverError;
use std::fmt;
use syntrace_kernels::KernelError;

/// Failure of a call on a device.
#[derive(Debug)]
pub enum CudaError {
    /// A refusal, as the CPU kernels give it, or no memory on the device (`KERNEL_VALUE`, with the bytes asked for).
    Kernel(KernelError),
    /// The driver failed (`KERNEL_TRAP`): the session cannot be trusted any more, open another.
    Device {
        /// Operation that met it.
        op: String,
        /// What the driver said.
        detail: String,
    },
}

impl CudaError {
    pub(crate) fn device(op: &str, error: &impl fmt::Debug) -> Self {
        Self::Device { op: op.into(), detail: format!("{error:?}") }
    }

    /// Code and details as one line of JSON: how an error crosses a binding.
    pub fn to_json(&self) -> String {
        match self {
            Self::Kernel(error) => error.to_json(),
            Self::Device { op, detail } => {
                // The quoting is that of the kernels' errors.
                let quoted = KernelError::Value { op: "", detail: detail.clone() }.to_json();
                let text = quoted.split_once("\"detail\":").map_or("\"\"}", |(_, text)| text);
                format!("{{\"code\":\"KERNEL_TRAP\",\"op\":\"{op}\",\"detail\":{text}")
            }
        }
    }
}

impl fmt::Display for CudaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kernel(error) => error.fmt(f),
            Self::Device { op, detail } => write!(f, "{op} failed on the device: {detail}"),
        }
    }
}

impl std::error::Error for CudaError {}

impl From<KernelError> for CudaError {
    fn from(error: KernelError) -> Self {
        Self::Kernel(error)
    }
}

/// Result of a call on a device.
pub type Result<T> = std::result::Result<T, CudaError>;

/// Why an operation of the device ends early.
pub(crate) enum Stop {
    /// The arguments are not for the device's kernels: the CPU kernels compute them, or refuse them in their words.
    ToHost,
    /// It failed.
    Failed(CudaError),
}

impl From<CudaError> for Stop {
    fn from(error: CudaError) -> Self {
        Self::Failed(error)
    }
}

/// Whether the driver had no memory to give.
pub(crate) fn is_out_of_memory(error: &DriverError) -> bool {
    error.0 == cudarc::driver::sys::CUresult::CUDA_ERROR_OUT_OF_MEMORY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_the_driver_is_a_trap_with_its_words() {
        let error = CudaError::Device { op: "dct2".into(), detail: "a \"sticky\" error\n".into() };
        let json: serde_json::Value = serde_json::from_str(&error.to_json()).unwrap();
        assert_eq!(json["code"], "KERNEL_TRAP");
        assert_eq!(json["op"], "dct2");
        assert_eq!(json["detail"], "a \"sticky\" error\n");
    }
}
