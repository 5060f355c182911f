//! The class that JavaScript sees.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use napi::bindgen_prelude::{AsyncTask, Float32Array, Result, Uint8Array};
use napi_derive::napi;
use rayon::{ThreadPool, ThreadPoolBuilder};
use syntrace_learn_networks::{Network, Options, TrainError, Trainer};

use crate::guard::guarded;
use crate::tasks::{Batch, Evaluation, Step};

/// A trainer with threads of its own; calls wait for each other.
pub(crate) struct Shared {
    trainer: Mutex<Trainer<f32>>,
    pool: ThreadPool,
}

impl Shared {
    pub(crate) fn run<R: Send>(&self, work: impl FnOnce(&mut Trainer<f32>) -> R + Send) -> R {
        // A panic leaves numbers that are old or new, none that are no numbers.
        let mut trainer = self.trainer.lock().unwrap_or_else(PoisonError::into_inner);
        let trainer: &mut Trainer<f32> = &mut trainer;
        self.pool.install(|| work(trainer))
    }
}

/// A network that learns.
#[napi(js_name = "Trainer")]
pub struct NodeTrainer(Arc<Shared>);

fn shape_of(shape: &[u32]) -> std::result::Result<[usize; 4], TrainError> {
    let sides: Vec<usize> = shape.iter().map(|&side| side as usize).collect();
    sides.try_into().map_err(|_| TrainError(format!("a batch has four sides, received {shape:?}")))
}

#[napi]
impl NodeTrainer {
    /// `network` and `options` are JSON: `Network` of `@syntrace/core`, and `Options` of `syntrace-learn-networks`.
    #[napi(constructor, catch_unwind)]
    pub fn new(network: String, options: String, threads: u32) -> Result<Self> {
        guarded(|| {
            let refused = |what: &str, error: &dyn ToString| TrainError(format!("{what}: {}", error.to_string()));
            let network: Network = serde_json::from_str(&network).map_err(|error| refused("the network", &error))?;
            let options: Options = serde_json::from_str(&options).map_err(|error| refused("the options", &error))?;
            let pool = ThreadPoolBuilder::new().num_threads(threads as usize).build();
            let pool = pool.map_err(|error| refused("threads", &error))?;
            let trainer = Mutex::new(Trainer::new(network, options)?);
            Ok(Self(Arc::new(Shared { trainer, pool })))
        })
    }

    /// One step in the background. The arrays must be left alone until the promise is kept.
    #[napi(catch_unwind, ts_return_type = "Promise<StepOutcome>")]
    pub fn step(&self, values: Float32Array, shape: Vec<u32>, labels: Uint8Array) -> Result<AsyncTask<Step>> {
        let batch = Batch { shape: guarded(|| shape_of(&shape))?, values };
        Ok(AsyncTask::new(Step { shared: self.0.clone(), batch, labels }))
    }

    /// Logits in use, in the background: running statistics, no dropout.
    #[napi(catch_unwind, ts_return_type = "Promise<Float32Array>")]
    pub fn evaluate(&self, values: Float32Array, shape: Vec<u32>) -> Result<AsyncTask<Evaluation>> {
        let batch = Batch { shape: guarded(|| shape_of(&shape))?, values };
        Ok(AsyncTask::new(Evaluation { shared: self.0.clone(), batch }))
    }

    /// Learning rate of the steps to come.
    #[napi(catch_unwind)]
    pub fn set_rate(&self, rate: f64) -> Result<()> {
        guarded(|| self.0.run(|trainer| trainer.set_rate(rate)))
    }

    /// Steps so far.
    #[napi(catch_unwind)]
    pub fn steps(&self) -> f64 {
        self.0.run(|trainer| trainer.steps()) as f64
    }

    /// A parameter's values.
    #[napi(catch_unwind)]
    pub fn parameter(&self, name: String) -> Option<Float32Array> {
        self.0.run(|trainer| trainer.parameter(&name).map(<[f32]>::to_vec)).map(Into::into)
    }

    /// A parameter's first and second moment; nothing before the first step, and for running statistics.
    #[napi(catch_unwind)]
    pub fn moments(&self, name: String) -> Option<Vec<Float32Array>> {
        let both = self.0.run(|trainer| trainer.moments(&name).map(|both| both.map(<[f32]>::to_vec)));
        both.map(|both| both.map(Into::into).into())
    }

    /// Takes a parameter's values from elsewhere.
    #[napi(catch_unwind)]
    pub fn set_parameter(&self, name: String, values: Float32Array) -> Result<()> {
        guarded(|| self.0.run(|trainer| trainer.set_parameter(&name, &values)))
    }

    /// Goes on after so many steps, with the moments of each trained parameter: names, first and second moments alike in order.
    #[napi(catch_unwind)]
    pub fn resume(
        &self,
        steps: f64,
        names: Vec<String>,
        first: Vec<Float32Array>,
        second: Vec<Float32Array>,
    ) -> Result<()> {
        let pairs = first.iter().zip(&second).map(|(m, v)| [m.to_vec(), v.to_vec()]);
        let moments: BTreeMap<String, [Vec<f32>; 2]> = names.into_iter().zip(pairs).collect();
        guarded(|| self.0.run(|trainer| trainer.resume(steps as u64, moments)))
    }
}
