//! The kernels of Syntrace on NVIDIA cards.
//!
//! The kernels (`kernels/*.cu`) are compiled ahead to PTX by `scripts/cuda-ptx.mjs` and embedded: nothing but the driver is needed to run
//! them, and nothing at all to build this crate. The driver is looked for when a session is opened; where it is missing, too old or without
//! a card, [`probe`] says so, and nothing panics.
//!
//! A [`CudaSession`] has the surface of `syntrace_kernels::Session`. Operations without kernels of their own, and arguments that the
//! kernels do not serve, take the host's step: download, CPU kernels, upload. [`routes`] lists which.

mod availability;
mod call;
mod device;
mod error;
mod host_step;
mod launch;
mod limits;
mod memory;
mod modules;
mod operations;
mod session;
mod staging;
mod tables;
mod transforms;

pub use availability::{Card, OLDEST_CAPABILITY, OLDEST_DRIVER, Unavailable, probe};
pub use call::Call;
pub use error::{CudaError, Result};
pub use limits::Limits;
pub use memory::DeviceTensor;
pub use session::{CudaSession, Options, Route, routes};
pub use transforms::cufft::{Transforms, cufft_is_present};
