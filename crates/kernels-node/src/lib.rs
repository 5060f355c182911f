//! Node addon of the Syntrace kernels: a session of tensors, reached by number.
//!
//! Errors are JavaScript errors whose message is one line of JSON: `{"code":"KERNEL_SHAPE","op":…}`. A panic inside a kernel is caught
//! and reported with the code `KERNEL_TRAP`; the process lives on. With the feature `cuda` sessions on NVIDIA cards can be opened too.

mod backend;
#[cfg(feature = "cuda")]
pub mod cuda;
mod guard;
pub mod session;

use napi_derive::napi;

/// Panics without a guard of its own: the binding's must hold.
#[napi(js_name = "__panic_for_test", catch_unwind)]
pub fn panic_for_test() {
    panic!("a panic, on request");
}
