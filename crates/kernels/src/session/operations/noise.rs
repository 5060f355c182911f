//! Noise residuals and what is made of many of them.

use super::Operation;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::noise::{Border, PrnuSums, Residual, Saturation};
use crate::session::call::{Call, floats, joined, one};
use crate::tensor::{Tensor, TensorData};

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
/// | dwt2 | border | planes | | low, along x, along y, along both |
/// | idwt2 | border | the four bands | height, width | planes |
/// | localWiener | | planes | variance | planes |
/// | noiseResidual | border | pictures | levels, sigma, grey (0 or 1) | residuals |
/// | zeroMean, fourierWiener | | planes | | planes |
/// | prnuAdd | saturation | pictures, and products and weights unless it is the first call | levels, sigma | products, weights |
/// | prnuEstimate | | products, weights | | plane |
/// | normalisedCorrelation | | rows, rows | | matrix |
/// | groupMeans, groupSums | | rows | of each group its size and its rows | rows |
pub(super) const TABLE: &[(&str, Operation)] = &[
    ("dwt2", dwt2),
    ("idwt2", idwt2),
    ("localWiener", local_wiener),
    ("noiseResidual", noise_residual),
    ("zeroMean", zero_mean),
    ("fourierWiener", fourier_wiener),
    ("prnuAdd", prnu_add),
    ("prnuEstimate", prnu_estimate),
    ("normalisedCorrelation", normalised_correlation),
    ("groupMeans", group_means),
    ("groupSums", group_sums),
];

fn dwt2(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (lead, h, w) = call.planes(x)?;
    let border = call.choice(&Border::ALL)?;
    macro_rules! bands {
        ($values:expr, $kind:path) => {{
            let tensor =
                |band: crate::noise::Band<_>| Tensor::new(joined(lead, &[band.height, band.width]), $kind(band.data));
            kernels.dwt2($values, h, w, border)?.into_iter().map(tensor).collect()
        }};
    }
    match x.data() {
        TensorData::F32(v) => bands!(v, TensorData::F32),
        TensorData::F64(v) => bands!(v, TensorData::F64),
        TensorData::U8(_) => Err(KernelError::Dtype { op: call.op, expected: "f32 or f64", received: "u8" }),
    }
}

fn idwt2(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let low = call.input(0)?;
    let (lead, ..) = call.planes(low)?;
    let (h, w) = (call.whole(0)?, call.whole(1)?);
    let border = call.choice(&Border::ALL)?;
    let data = match low.data() {
        TensorData::F64(_) => {
            let band = |i: usize| call.input(i)?.doubles(call.op);
            TensorData::F64(kernels.idwt2([band(0)?, band(1)?, band(2)?, band(3)?], h, w, border)?)
        }
        _ => {
            let band = |i: usize| call.input(i)?.singles(call.op);
            TensorData::F32(kernels.idwt2([band(0)?, band(1)?, band(2)?, band(3)?], h, w, border)?)
        }
    };
    one(joined(lead, &[h, w]), data)
}

fn local_wiener(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (_, h, w) = call.planes(x)?;
    let variance = call.number(0)?;
    one(x.shape().to_vec(), floats!(call, x, |v| kernels.local_wiener(v, h, w, variance)))
}

fn noise_residual(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [n, h, w, c] = call.images(x)?;
    let residual = Residual { border: call.choice(&Border::ALL)?, levels: call.whole(0)?, sigma: call.number(1)? };
    let grey = call.number(2)? != 0.0;
    let data = match x.data() {
        TensorData::U8(v) => TensorData::F32(kernels.noise_residual(v, [h, w, c], residual, grey)?),
        TensorData::F32(v) => TensorData::F32(kernels.noise_residual(v, [h, w, c], residual, grey)?),
        TensorData::F64(v) => TensorData::F64(kernels.noise_residual(v, [h, w, c], residual, grey)?),
    };
    one(if grey { vec![n, h, w] } else { vec![n, c, h, w] }, data)
}

fn zero_mean(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (_, h, w) = call.planes(x)?;
    one(x.shape().to_vec(), floats!(call, x, |v| kernels.zero_mean(v, h, w)))
}

fn fourier_wiener(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (_, h, w) = call.planes(x)?;
    one(x.shape().to_vec(), floats!(call, x, |v| kernels.fourier_wiener(v, h, w)))
}

fn prnu_add(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [_, h, w, c] = call.images(x)?;
    let saturation = call.choice(&Saturation::ALL)?;
    let residual = Residual { border: Border::Symmetric, levels: call.whole(0)?, sigma: call.number(1)? };
    let sums = if call.inputs.len() > 1 {
        let values = |i: usize| Ok(call.input(i)?.doubles(call.op)?.to_vec());
        PrnuSums { products: values(1)?, weights: values(2)? }
    } else {
        PrnuSums::default()
    };
    let next = kernels.prnu_add(sums, x.bytes(call.op)?, [h, w, c], residual, saturation)?;
    let tensor = |values| Tensor::new(vec![c, h, w], TensorData::F64(values));
    Ok(vec![tensor(next.products)?, tensor(next.weights)?])
}

fn prnu_estimate(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (products, weights) = (call.input(0)?, call.input(1)?);
    let [c, h, w] = *products.shape() else {
        return Err(KernelError::shape(call.op, "[c, h, w]", products.shape()));
    };
    let values = |tensor: &Tensor| Ok(tensor.doubles(call.op)?.to_vec());
    let sums = PrnuSums { products: values(products)?, weights: values(weights)? };
    one(vec![h, w], TensorData::F32(kernels.prnu_estimate(&sums, c)?))
}

fn normalised_correlation(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (a, b) = (call.input(0)?, call.input(1)?);
    let ((rows, features), (columns, others)) = (call.rows(a)?, call.rows(b)?);
    if features != others {
        return Err(KernelError::shape(call.op, format!("rows of {features} values"), b.shape()));
    }
    let out = kernels.normalised_correlation(a.singles(call.op)?, b.singles(call.op)?, features)?;
    one(vec![rows, columns], TensorData::F32(out))
}

fn group_means(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    grouped(call, kernels, false)
}

fn group_sums(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    grouped(call, kernels, true)
}

fn grouped(call: &Call, kernels: &Kernels, sum: bool) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (_, features) = call.rows(x)?;
    let lists = call.lists(0)?;
    let groups: Vec<&[usize]> = lists.iter().map(Vec::as_slice).collect();
    let shape = joined(&[groups.len()], &x.shape()[1..]);
    one(shape, floats!(call, x, |v| kernels.group_means(v, features, &groups, sum)))
}
