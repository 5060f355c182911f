//! Errors and panics on their way to JavaScript.

use std::panic::{AssertUnwindSafe, catch_unwind};

use napi::bindgen_prelude::{Error, Result};
use syntrace_learn_networks::TrainError;

/// Runs work that must not take the process down.
pub(crate) fn guarded<R>(work: impl FnOnce() -> std::result::Result<R, TrainError>) -> Result<R> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(|error| Error::from_reason(error.to_string())),
        Err(payload) => {
            let text = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
            let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
            Err(Error::from_reason(format!("the engine failed: {text}")))
        }
    }
}
