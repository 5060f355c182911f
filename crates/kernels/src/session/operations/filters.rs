//! Filters and noise of perturbations.

use super::Operation;
use crate::context::Kernels;
use crate::error::Result;
use crate::filters::{Arithmetic, Gaussian, Resampling};
use crate::session::call::{Call, one};
use crate::tensor::{Tensor, TensorData, product};

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
/// | gaussianBlur | arithmetic | images | taps, sigma (0: derived) | images |
/// | medianFilter | | images | side | images |
/// | bilateralFilter | | images | radius, sigma of colours, sigma of places | images |
/// | normalNoise | | | seed, stream, sizes … | numbers |
/// | addNoise | | images, noise | deviation | images |
/// | resize | resampling | images | width, height | images |
pub(super) const TABLE: &[(&str, Operation)] = &[
    ("gaussianBlur", gaussian_blur),
    ("medianFilter", median_filter),
    ("bilateralFilter", bilateral_filter),
    ("normalNoise", normal_noise),
    ("addNoise", add_noise),
    ("resize", resize),
];

fn gaussian_blur(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [_, h, w, c] = call.images(x)?;
    let gaussian = Gaussian { taps: call.whole(0)?, sigma: call.number(1)? };
    let out = kernels.gaussian_blur(x.bytes(call.op)?, [h, w, c], gaussian, call.choice(&Arithmetic::ALL)?)?;
    one(x.shape().to_vec(), TensorData::U8(out))
}

fn median_filter(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [_, h, w, c] = call.images(x)?;
    let out = kernels.median_filter(x.bytes(call.op)?, [h, w, c], call.whole(0)?)?;
    one(x.shape().to_vec(), TensorData::U8(out))
}

fn bilateral_filter(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [_, h, w, c] = call.images(x)?;
    let sigmas = (call.number(1)?, call.number(2)?);
    let out = kernels.bilateral_filter(x.bytes(call.op)?, [h, w, c], call.whole(0)?, sigmas)?;
    one(x.shape().to_vec(), TensorData::U8(out))
}

fn normal_noise(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let shape: Vec<usize> = (2..call.parameters.len()).map(|i| call.whole(i)).collect::<Result<_>>()?;
    // Sizes that overflow ask for more than there is, which is refused as such.
    let count = product(&shape).unwrap_or(usize::MAX);
    let noise = kernels.normal_noise(count, call.whole(0)? as u32, call.whole(1)? as u32)?;
    one(shape, TensorData::F32(noise))
}

fn add_noise(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (x, noise) = (call.input(0)?, call.input(1)?);
    let out = kernels.add_noise(x.bytes(call.op)?, noise.singles(call.op)?, call.number(0)?)?;
    one(x.shape().to_vec(), TensorData::U8(out))
}

fn resize(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [n, h, w, c] = call.images(x)?;
    let (width, height) = (call.whole(0)?, call.whole(1)?);
    let out = kernels.resize(x.bytes(call.op)?, [h, w, c], (height, width), call.choice(&Resampling::ALL)?)?;
    one(vec![n, height, width, c], TensorData::U8(out))
}
