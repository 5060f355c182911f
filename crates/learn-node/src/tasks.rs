//! Work on its way through Node's thread pool.

use std::sync::Arc;

use napi::bindgen_prelude::{Env, Float32Array, Result, Task, Uint8Array};
use napi_derive::napi;

use crate::guard::guarded;
use crate::trainer::Shared;

/// Pictures one after the other; the arrays must be left alone until the promise is kept.
pub(crate) struct Batch {
    pub(crate) shape: [usize; 4],
    pub(crate) values: Float32Array,
}

/// What a step did; see `Outcome` in `syntrace-learn-networks`.
#[napi(object)]
pub struct StepOutcome {
    /// With penalties, before the step.
    pub loss: f64,
    /// L2 norm of the whole gradient.
    pub gradient: f64,
    /// Before the step.
    pub logits: Float32Array,
}

/// One step of training.
pub struct Step {
    pub(crate) shared: Arc<Shared>,
    pub(crate) batch: Batch,
    pub(crate) labels: Uint8Array,
}

impl Task for Step {
    type Output = (f64, f64, Vec<f32>);
    type JsValue = StepOutcome;

    fn compute(&mut self) -> Result<Self::Output> {
        let Self { shared, batch, labels } = self;
        let outcome = guarded(|| shared.run(|trainer| trainer.step(batch.shape, &batch.values, labels)))?;
        Ok((outcome.loss, outcome.gradient, outcome.logits))
    }

    fn resolve(&mut self, _: Env, (loss, gradient, logits): Self::Output) -> Result<StepOutcome> {
        Ok(StepOutcome { loss, gradient, logits: logits.into() })
    }
}

/// A network's answer.
pub struct Evaluation {
    pub(crate) shared: Arc<Shared>,
    pub(crate) batch: Batch,
}

impl Task for Evaluation {
    type Output = Vec<f32>;
    type JsValue = Float32Array;

    fn compute(&mut self) -> Result<Self::Output> {
        let Self { shared, batch } = self;
        guarded(|| shared.run(|trainer| trainer.evaluate(batch.shape, &batch.values)))
    }

    fn resolve(&mut self, _: Env, logits: Self::Output) -> Result<Float32Array> {
        Ok(logits.into())
    }
}
