//! Sessions on NVIDIA cards: only in the addon that is built with the feature `cuda`.

use crate::backend::{Backend, Outcome, Prepared};
use crate::guard::{Failure, guarded};
use crate::session::NodeSession;
use napi::bindgen_prelude::{Error, Result};
use napi_derive::napi;
use serde_json::json;
use std::sync::Arc;
use syntrace_kernels::DType;
use syntrace_kernels_cuda::{CudaSession, Options, Transforms, Unavailable, cufft_is_present, probe, routes};

impl Backend for CudaSession {
    fn describe(&self) -> String {
        let (card, transforms) = (self.card(), self.transforms());
        format!("{}, transforms: {transforms}", card.name)
    }

    fn upload(&self, dtype: DType, data: &[u8], shape: &[usize]) -> Outcome<u32> {
        Ok(CudaSession::upload(self, dtype, data, shape)?)
    }

    fn download(&self, id: u32, to: &mut [u8]) -> Outcome<()> {
        Ok(CudaSession::download(self, id, to)?)
    }

    fn shape(&self, id: u32) -> Outcome<Vec<usize>> {
        Ok(self.get("shape", id)?.shape().to_vec())
    }

    fn dtype(&self, id: u32) -> Outcome<DType> {
        Ok(self.get("dtype", id)?.dtype())
    }

    fn free(&self, id: u32) {
        CudaSession::free(self, id);
    }

    /// Also: free and total bytes of the card, calls that it computed, calls that took the host's step.
    fn usage(&self) -> Vec<f64> {
        let (count, bytes) = CudaSession::usage(self);
        let (free, total) = self.memory().unwrap_or_default();
        let [device, host] = self.calls();
        [count as u64, bytes as u64, free as u64, total as u64, device, host].map(|value| value as f64).to_vec()
    }

    fn prepare(self: Arc<Self>, op: &str, option: &str, inputs: &[u32], parameters: &[f64]) -> Outcome<Prepared> {
        let call = CudaSession::prepare(&self, op, option, inputs, parameters)?;
        Ok(Box::new(move || self.run(&call).map_err(Failure::from)))
    }
}

fn refusal(unavailable: &Unavailable) -> String {
    json!({ "ok": false, "reason": unavailable.reason(), "detail": unavailable.to_string() }).to_string()
}

/// What the driver shows, as JSON: `{"ok":true,"name":…,"capability":"9.0","driver":12040,"memory":…,"cufft":…}` or
/// `{"ok":false,"reason":"no-driver","detail":…}`.
#[napi(js_name = "probeCuda", catch_unwind)]
pub fn probe_cuda() -> String {
    match probe() {
        Ok(card) => {
            let capability = format!("{}.{}", card.capability.0, card.capability.1);
            let (name, driver, memory) = (card.name, card.driver, card.memory);
            let cufft = cufft_is_present();
            json!({ "ok": true, "name": name, "capability": capability, "driver": driver, "memory": memory, "cufft": cufft })
                .to_string()
        }
        Err(unavailable) => refusal(&unavailable),
    }
}

/// Where each operation runs, as JSON: `{"dct2":"queued","standardize":"waits","pce":"host"}`.
#[napi(js_name = "cudaRoutes", catch_unwind)]
pub fn cuda_routes() -> String {
    let routes = routes().into_iter().map(|(op, route)| (op.to_owned(), json!(route.name())));
    serde_json::Value::Object(routes.collect()).to_string()
}

/// What the card can do at most, measured: bytes copied a second, and fused float32 operations a second. Throws KERNEL_VALUE without two
/// GiB of its memory.
#[napi(js_name = "measureCuda", catch_unwind)]
pub fn measure_cuda() -> Result<Vec<f64>> {
    let session =
        CudaSession::open(Options::default()).map_err(|unavailable| Error::from_reason(refusal(&unavailable)))?;
    guarded("limits", || Ok(session.limits().map(|limits| vec![limits.copy, limits.fused])?))
}

/// A session on the first card that can be used. `threads` are those of the CPU kernels for what the card does not compute; `transforms`
/// is `auto`, `own` or `cufft`. Throws the JSON of `probeCuda`.
#[napi(js_name = "openCuda", catch_unwind)]
pub fn open_cuda(threads: u32, transforms: String) -> Result<NodeSession> {
    let found = Transforms::ALL.iter().find(|(name, _)| *name == transforms);
    let Some((_, transforms)) = found else {
        return Err(Error::from_reason(refusal(&Unavailable::Failed(format!(
            "there are no transforms {transforms:?}"
        )))));
    };
    let options = Options { threads: threads as usize, transforms: *transforms };
    let session = CudaSession::open(options).map_err(|unavailable| Error::from_reason(refusal(&unavailable)))?;
    Ok(NodeSession::over(Arc::new(session)))
}
