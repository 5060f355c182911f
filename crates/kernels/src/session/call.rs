//! From names and numbers to the methods of [`Kernels`].

use crate::colour::ColourSpace;
use crate::context::Kernels;
use crate::crop::Window;
use crate::error::{KernelError, Result};
use crate::heat_map::ColourMap;
use crate::moments::Moments;
use crate::radial::Origin;
use crate::tensor::{Tensor, TensorData};
use crate::tile_dct::TileGrid;
use std::sync::Arc;

type Operation = fn(&Call, &Kernels) -> Result<Vec<Tensor>>;

/// Every operation by the name that the TypeScript contract gives it. Adding a kernel means a line here and a method in the bridge.
///
/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
/// | colour | colour space | images | | planes |
/// | crop | | images or planes | width, height, x0, y0, x1, y1, … | windows |
/// | padReflect | | images | width, height | images |
/// | dct2, rfft2 | | planes | | spectra |
/// | irfft2 | | half spectra | width | planes |
/// | logAbs, logSpectrum | | values | eps | logarithms |
/// | tileLogDct | | planes | tile, stride, eps | mean, deviation |
/// | radialMean | origin | planes | bins | rings |
/// | nprResidual | | images | scale (0 or 1) | residuals |
/// | laplacianVariance | | planes | | variances |
/// | moments | | samples, and mean and m2 unless count is 0 | count | mean, m2 |
/// | standardize | | rows, mean, deviation | | rows |
/// | linear | | rows, weights, bias | | rows |
/// | concat | | parts | | rows |
/// | heatMap | colour map | plane | low, high | RGBA |
/// | thumbnail | | image | side | image |
pub const OPERATIONS: [(&str, Operation); 18] = [
    ("colour", colour),
    ("crop", crop),
    ("padReflect", pad_reflect),
    ("dct2", dct2),
    ("rfft2", rfft2),
    ("irfft2", irfft2),
    ("logAbs", log_abs),
    ("logSpectrum", log_spectrum),
    ("tileLogDct", tile_log_dct),
    ("radialMean", radial_mean),
    ("nprResidual", npr_residual),
    ("laplacianVariance", laplacian_variance),
    ("moments", moments),
    ("standardize", standardize),
    ("linear", linear),
    ("concat", concat),
    ("heatMap", heat_map),
    ("thumbnail", thumbnail),
];

/// The name as the table spells it. Errors: [`KernelError::Value`] for an unknown one.
pub(super) fn known(op: &str) -> Result<&'static str> {
    let found = OPERATIONS.iter().find(|(name, _)| *name == op);
    found.map(|(name, _)| *name).ok_or_else(|| KernelError::value("call", format!("there is no operation {op:?}")))
}

/// An operation with its inputs, ready to run on any thread.
pub struct Call {
    pub(super) op: &'static str,
    pub(super) option: String,
    pub(super) inputs: Vec<Arc<Tensor>>,
    pub(super) parameters: Vec<f64>,
}

impl Call {
    /// Elements that go in: a measure of how long it will take.
    pub fn weight(&self) -> usize {
        self.inputs.iter().map(|t| t.shape().iter().product::<usize>()).sum()
    }

    pub(super) fn execute(&self, kernels: &Kernels) -> Result<Vec<Tensor>> {
        let (_, run) = OPERATIONS.iter().find(|(name, _)| *name == self.op).expect("checked by known()");
        run(self, kernels)
    }

    fn input(&self, i: usize) -> Result<&Tensor> {
        let missing = || KernelError::value(self.op, format!("{} inputs are too few", self.inputs.len()));
        self.inputs.get(i).map(Arc::as_ref).ok_or_else(missing)
    }

    fn number(&self, i: usize) -> Result<f64> {
        let missing = || KernelError::value(self.op, format!("{} parameters are too few", self.parameters.len()));
        self.parameters.get(i).copied().ok_or_else(missing)
    }

    /// A parameter that counts something.
    fn whole(&self, i: usize) -> Result<usize> {
        let value = self.number(i)?;
        let good = value >= 0.0 && value.fract() == 0.0 && value <= f64::from(u32::MAX);
        good.then_some(value as usize)
            .ok_or_else(|| KernelError::value(self.op, format!("{value} is not a whole number of at least 0")))
    }

    fn choice<T: Copy>(&self, choices: &[(&str, T)]) -> Result<T> {
        let names = || choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let found = choices.iter().find(|(name, _)| *name == self.option);
        found
            .map(|(_, value)| *value)
            .ok_or_else(|| KernelError::value(self.op, format!("{:?} is none of {}", self.option, names())))
    }

    /// Planes [.., h, w]: the leading sizes, height and width.
    fn planes<'a>(&self, tensor: &'a Tensor) -> Result<(&'a [usize], usize, usize)> {
        match tensor.shape() {
            [lead @ .., h, w] => Ok((lead, *h, *w)),
            shape => Err(KernelError::shape(self.op, "[..., h, w]", shape)),
        }
    }

    /// Images [n, h, w, c].
    fn images(&self, tensor: &Tensor) -> Result<[usize; 4]> {
        let shape = tensor.shape();
        shape.try_into().map_err(|_| KernelError::shape(self.op, "[b, h, w, c]", shape))
    }

    /// Rows: number and width; everything but the first size is flattened.
    fn rows(&self, tensor: &Tensor) -> Result<(usize, usize)> {
        match tensor.shape() {
            [n, rest @ ..] => Ok((*n, rest.iter().product())),
            [] => Err(KernelError::shape(self.op, "[b, ...]", [0; 0])),
        }
    }
}

fn one(shape: Vec<usize>, data: TensorData) -> Result<Vec<Tensor>> {
    Ok(vec![Tensor::new(shape, data)?])
}

fn joined(lead: &[usize], rest: &[usize]) -> Vec<usize> {
    [lead, rest].concat()
}

fn colour(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [n, h, w, c] = call.images(x)?;
    let space = call.choice(&ColourSpace::ALL)?;
    let planes = kernels.colour(x.bytes(call.op)?, h * w, c, space)?;
    one(vec![n, space.planes(), h, w], TensorData::F32(planes))
}

fn crop(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [n, a, b, c] = call.images(x)?;
    let (width, height) = (call.whole(0)?, call.whole(1)?);
    let corners = (2..call.parameters.len()).step_by(2);
    let window = |i: usize| Ok(Window { x: call.whole(i)?, y: call.whole(i + 1)?, width, height });
    let windows: Vec<Window> = corners.map(window).collect::<Result<_>>()?;
    let count = windows.len();
    match x.data() {
        TensorData::U8(v) => {
            let cut = kernels.crop(v, [a, b, c], &windows)?;
            one(vec![n * count, height, width, c], TensorData::U8(cut))
        }
        TensorData::F32(v) => {
            // Planes of an image stay together: [image, plane, h, w] is cut plane by plane, then put in the order of the windows.
            let (planes, size) = (a, height * width);
            let cut = kernels.crop(v, [b, c, 1], &windows)?;
            if planes == 1 || count == 1 {
                return one(vec![n * count, planes, height, width], TensorData::F32(cut));
            }
            let mut ordered = kernels.buffer(call.op, cut.len())?;
            for (i, to) in ordered.chunks_exact_mut(size).enumerate() {
                let (image, window, plane) = (i / (count * planes), i / planes % count, i % planes);
                to.copy_from_slice(&cut[((image * planes + plane) * count + window) * size..][..size]);
            }
            kernels.recycle(cut);
            one(vec![n * count, planes, height, width], TensorData::F32(ordered))
        }
        TensorData::F64(_) => Err(KernelError::Dtype { op: call.op, expected: "u8 or f32", received: "f64" }),
    }
}

fn pad_reflect(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [n, h, w, c] = call.images(x)?;
    let (width, height) = (call.whole(0)?, call.whole(1)?);
    let out = kernels.pad_reflect(x.bytes(call.op)?, [h, w, c], (height, width))?;
    one(vec![n, h.max(height), w.max(width), c], TensorData::U8(out))
}

fn dct2(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (_, h, w) = call.planes(x)?;
    let data = match x.data() {
        TensorData::F32(v) => TensorData::F32(kernels.dct2(v, h, w)?),
        TensorData::F64(v) => TensorData::F64(kernels.dct2(v, h, w)?),
        TensorData::U8(_) => return Err(KernelError::Dtype { op: call.op, expected: "f32 or f64", received: "u8" }),
    };
    one(x.shape().to_vec(), data)
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
    let data = match x.data() {
        TensorData::F32(v) => TensorData::F32(kernels.log_abs(v, eps)?),
        TensorData::F64(v) => TensorData::F64(kernels.log_abs(v, eps)?),
        TensorData::U8(_) => return Err(KernelError::Dtype { op: call.op, expected: "f32 or f64", received: "u8" }),
    };
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

fn npr_residual(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [n, h, w, c] = call.images(x)?;
    if c != 3 {
        return Err(KernelError::shape(call.op, "[b, h, w, 3]", x.shape()));
    }
    let out = kernels.npr_residual(x.bytes(call.op)?, h, w, call.number(0)? != 0.0)?;
    one(vec![n, 3, h & !1, w & !1], TensorData::F32(out))
}

fn laplacian_variance(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (lead, h, w) = call.planes(x)?;
    one(lead.to_vec(), TensorData::F32(kernels.laplacian_variance(x.singles(call.op)?, h, w)?))
}

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
    let (mean, deviation) = (call.input(1)?.singles(call.op)?, call.input(2)?.singles(call.op)?);
    if mean.len() != features {
        return Err(KernelError::shape(call.op, format!("{features} means"), mean.len()));
    }
    let out = kernels.standardize(x.singles(call.op)?, mean, deviation)?;
    one(x.shape().to_vec(), TensorData::F32(out))
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

fn heat_map(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (lead, h, w) = call.planes(x)?;
    let map = call.choice(&ColourMap::ALL)?;
    let out = kernels.heat_map(x.singles(call.op)?, map, call.number(0)?, call.number(1)?)?;
    one(joined(lead, &[h, w, 4]), TensorData::U8(out))
}

fn thumbnail(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [h, w, c] = x.shape().try_into().map_err(|_| KernelError::shape(call.op, "[h, w, c]", x.shape()))?;
    let (out, height, width) = kernels.thumbnail(x.bytes(call.op)?, [h, w, c], call.whole(0)?)?;
    one(vec![height, width, c], TensorData::U8(out))
}
