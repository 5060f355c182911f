//! Transforms of planes and what is made of spectra.

use super::Operation;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::radial::Origin;
use crate::session::call::{Call, floats, joined, one};
use crate::tensor::{Tensor, TensorData};
use crate::tile_dct::TileGrid;

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
/// | dct2, rfft2 | | planes | | spectra |
/// | fft2, ifft2 | | complex planes | | complex planes |
/// | irfft2 | | half spectra | width | planes |
/// | logAbs, logSpectrum | | values | eps | logarithms |
/// | tileLogDct | | planes | tile, stride, eps | mean, deviation |
/// | radialMean | origin | planes | bins | rings |
pub(super) const TABLE: &[(&str, Operation)] = &[
    ("dct2", dct2),
    ("fft2", fft2),
    ("ifft2", ifft2),
    ("rfft2", rfft2),
    ("irfft2", irfft2),
    ("logAbs", log_abs),
    ("logSpectrum", log_spectrum),
    ("tileLogDct", tile_log_dct),
    ("radialMean", radial_mean),
];

fn dct2(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (_, h, w) = call.planes(x)?;
    let data = floats!(call, x, |v| kernels.dct2(v, h, w));
    one(x.shape().to_vec(), data)
}

fn fft2(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    complex(call, kernels, false)
}

fn ifft2(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    complex(call, kernels, true)
}

fn complex(call: &Call, kernels: &Kernels, inverse: bool) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [.., h, w, 2] = *x.shape() else {
        return Err(KernelError::shape(call.op, "[..., h, w, 2] of (re, im)", x.shape()));
    };
    one(x.shape().to_vec(), floats!(call, x, |v| kernels.fft2(v, h, w, inverse)))
}

fn rfft2(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (lead, h, w) = call.planes(x)?;
    let out = kernels.rfft2(x.singles(call.op)?, h, w)?;
    one(joined(lead, &[h, w / 2 + 1, 2]), TensorData::F32(out))
}

fn irfft2(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let width = call.whole(0)?;
    let [lead @ .., h, bins, 2] = x.shape() else {
        return Err(KernelError::shape(call.op, "[..., h, ⌊w/2⌋+1, 2]", x.shape()));
    };
    if width / 2 + 1 != *bins {
        return Err(KernelError::shape(call.op, format!("{} columns for width {width}", width / 2 + 1), x.shape()));
    }
    let out = kernels.irfft2(x.singles(call.op)?, *h, width)?;
    one(joined(lead, &[*h, width]), TensorData::F32(out))
}

fn log_abs(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (x, eps) = (call.input(0)?, call.number(0)?);
    let data = floats!(call, x, |v| kernels.log_abs(v, eps));
    one(x.shape().to_vec(), data)
}

fn log_spectrum(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [lead @ .., 2] = x.shape() else {
        return Err(KernelError::shape(call.op, "[..., 2] of (re, im)", x.shape()));
    };
    one(lead.to_vec(), TensorData::F32(kernels.log_spectrum(x.singles(call.op)?, call.number(0)?)?))
}

fn tile_log_dct(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (lead, h, w) = call.planes(x)?;
    let grid = TileGrid { tile: call.whole(0)?, stride: call.whole(1)? };
    let statistics = kernels.tile_log_dct(x.singles(call.op)?, h, w, grid, call.number(2)?)?;
    let shape = joined(lead, &[grid.tile, grid.tile]);
    let mean = Tensor::new(shape.clone(), TensorData::F32(statistics.mean))?;
    Ok(vec![mean, Tensor::new(shape, TensorData::F32(statistics.deviation))?])
}

fn radial_mean(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (lead, h, w) = call.planes(x)?;
    let origin = call.choice(&[("corner", Origin::Corner), ("centre", Origin::Centre)])?;
    let bins = call.whole(0)?;
    let out = kernels.radial_mean(x.singles(call.op)?, h, w, origin, bins)?;
    one(joined(lead, &[bins]), TensorData::F32(out))
}
