//! Rows of features: statistics and layers.

use super::Operation;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::masksim::{Adam, AdamForm};
use crate::moments::Moments;
use crate::session::call::{Call, one};
use crate::tensor::{Tensor, TensorData};

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
/// | moments | | samples, and mean and m2 unless count is 0 | count | mean, m2 |
/// | standardize | | rows, mean, deviation | | rows |
/// | linear | | rows, weights, bias | | rows |
/// | concat | | parts | | rows |
/// | adam | form | parameters, gradient, first moments, second moments | step, rate, beta 1, beta 2, epsilon | those after the step |
pub(super) const TABLE: &[(&str, Operation)] =
    &[("moments", moments), ("standardize", standardize), ("linear", linear), ("concat", concat), ("adam", adam)];

fn moments(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let samples = call.input(0)?;
    let (_, features) = call.rows(samples)?;
    let count = call.number(0)?;
    let mut state = Moments::default();
    if count > 0.0 {
        let (mean, m2) = (call.input(1)?.doubles(call.op)?, call.input(2)?.doubles(call.op)?);
        if mean.len() != m2.len() {
            return Err(KernelError::shape(call.op, "mean and m2 of one size", [mean.len(), m2.len()]));
        }
        state = Moments { count, mean: mean.to_vec(), m2: m2.to_vec() };
    }
    let next = match samples.data() {
        TensorData::F32(v) => kernels.moments(&state, v, features)?,
        TensorData::F64(v) => kernels.moments(&state, v, features)?,
        TensorData::U8(_) => return Err(KernelError::Dtype { op: call.op, expected: "f32 or f64", received: "u8" }),
    };
    let tensor = |values| Tensor::new(vec![features], TensorData::F64(values));
    Ok(vec![tensor(next.mean)?, tensor(next.m2)?])
}

fn standardize(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (_, features) = call.rows(x)?;
    let (mean, deviation) = (call.input(1)?, call.input(2)?);
    if mean.shape() != [features] {
        return Err(KernelError::shape(call.op, format!("{features} means"), mean.shape()));
    }
    let out = match x.data() {
        TensorData::F64(v) => {
            TensorData::F64(kernels.standardize(v, mean.doubles(call.op)?, deviation.doubles(call.op)?)?)
        }
        _ => TensorData::F32(kernels.standardize(
            x.singles(call.op)?,
            mean.singles(call.op)?,
            deviation.singles(call.op)?,
        )?),
    };
    one(x.shape().to_vec(), out)
}

fn linear(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (n, features) = call.rows(x)?;
    let (weights, bias) = (call.input(1)?.singles(call.op)?, call.input(2)?.singles(call.op)?);
    let out = kernels.linear(x.singles(call.op)?, features, weights, bias)?;
    one(vec![n, bias.len()], TensorData::F32(out))
}

fn concat(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (rows, _) = call.rows(call.input(0)?)?;
    if let Some(odd) = call.inputs.iter().find(|part| part.shape().first() != Some(&rows)) {
        return Err(KernelError::shape(call.op, format!("{rows} rows in each part"), odd.shape()));
    }
    let parts: Vec<&[f32]> = call.inputs.iter().map(|part| part.singles(call.op)).collect::<Result<_>>()?;
    let out = kernels.concat(&parts, rows)?;
    one(vec![rows, out.len() / rows], TensorData::F32(out))
}

fn adam(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let number = |i| call.number(i);
    let form = call.choice(&AdamForm::ALL)?;
    let adam = Adam { step: number(0)?, rate: number(1)?, betas: [number(2)?, number(3)?], epsilon: number(4)?, form };
    let [x, g, m, v] = [call.input(0)?, call.input(1)?, call.input(2)?, call.input(3)?];
    let shaped = |data| Tensor::new(x.shape().to_vec(), data);
    match x.data() {
        TensorData::F32(values) => {
            let moments = [m.singles(call.op)?, v.singles(call.op)?];
            let after = kernels.adam(values, g.singles(call.op)?, moments, adam)?;
            after.into_iter().map(|values| shaped(TensorData::F32(values))).collect()
        }
        TensorData::F64(values) => {
            let moments = [m.doubles(call.op)?, v.doubles(call.op)?];
            let after = kernels.adam(values, g.doubles(call.op)?, moments, adam)?;
            after.into_iter().map(|values| shaped(TensorData::F64(values))).collect()
        }
        TensorData::U8(_) => Err(KernelError::Dtype { op: call.op, expected: "f32 or f64", received: "u8" }),
    }
}
