//! Texture and colour statistics.

use super::Operation;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::rich_model::{RICH_MODEL_FEATURES, Scale};
use crate::session::call::{Call, joined, of_floats, one};
use crate::tensor::{Tensor, TensorData};
use crate::texture::{CSD_FEATURES, HARALICK_FEATURES, Rounding, YcbcrCoefficients};

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
/// | quantise | rounding | values | | bytes |
/// | haralick | directions | 8-bit planes | | features |
/// | colourPlanes | coefficients | images | | planes |
/// | csd | coefficients | images | | features |
/// | richModel | scale | images | | features |
pub(super) const TABLE: &[(&str, Operation)] = &[
    ("quantise", quantise),
    ("haralick", haralick),
    ("colourPlanes", colour_planes),
    ("csd", csd),
    ("richModel", rich_model),
];

fn quantise(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (x, rounding) = (call.input(0)?, call.choice(&Rounding::ALL)?);
    let bytes = of_floats!(call, x, |values| kernels.quantise(values, rounding))?;
    one(x.shape().to_vec(), TensorData::U8(bytes))
}

fn haralick(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (lead, h, w) = call.planes(x)?;
    if call.choice(&[("each", true), ("mean", false)])? {
        let features = kernels.haralick(x.bytes(call.op)?, h, w)?;
        return one(joined(lead, &[4, HARALICK_FEATURES]), TensorData::F64(features));
    }
    let features = kernels.haralick_mean(x.bytes(call.op)?, h, w)?;
    one(joined(lead, &[HARALICK_FEATURES]), TensorData::F64(features))
}

/// RGB pictures [b, h, w, 3].
fn pictures<'a>(call: &Call, x: &'a Tensor) -> Result<(&'a [u8], [usize; 3])> {
    match call.images(x)? {
        [n, h, w, 3] => Ok((x.bytes(call.op)?, [n, h, w])),
        _ => Err(KernelError::shape(call.op, "[b, h, w, 3]", x.shape())),
    }
}

fn colour_planes(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (x, [n, h, w]) = pictures(call, call.input(0)?)?;
    let planes = kernels.colour_planes(x, h * w, call.choice(&YcbcrCoefficients::ALL)?)?;
    one(vec![n, 4, h, w], TensorData::U8(planes))
}

fn csd(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (x, [n, h, w]) = pictures(call, call.input(0)?)?;
    let features = kernels.csd(x, h, w, call.choice(&YcbcrCoefficients::ALL)?)?;
    one(vec![n, CSD_FEATURES], TensorData::F64(features))
}

fn rich_model(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [n, h, w, channels] = call.images(x)?;
    let features = kernels.rich_model(x.bytes(call.op)?, [h, w, channels], call.choice(&Scale::ALL)?)?;
    one(vec![n, RICH_MODEL_FEATURES], TensorData::F32(features))
}
