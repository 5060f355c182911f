//! Pictures and planes of samples.

use super::Operation;
use crate::colour::ColourSpace;
use crate::context::Kernels;
use crate::crop::Window;
use crate::error::{KernelError, Result};
use crate::heat_map::ColourMap;
use crate::session::call::{Call, joined, one};
use crate::tensor::{Tensor, TensorData};

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
/// | colour | colour space | images | | planes |
/// | interleave | | planes | | pixels |
/// | crop | | images or planes | width, height, x0, y0, x1, y1, … | windows |
/// | padReflect | | images | width, height | images |
/// | nprResidual | | images | scale (0 or 1) | residuals |
/// | laplacianVariance | | planes | | variances |
/// | heatMap | colour map | plane | low, high | RGBA |
/// | thumbnail | | image | side | image |
pub(super) const TABLE: &[(&str, Operation)] = &[
    ("colour", colour),
    ("interleave", interleave),
    ("crop", crop),
    ("padReflect", pad_reflect),
    ("nprResidual", npr_residual),
    ("laplacianVariance", laplacian_variance),
    ("heatMap", heat_map),
    ("thumbnail", thumbnail),
];

fn colour(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [n, h, w, c] = call.images(x)?;
    let space = call.choice(&ColourSpace::ALL)?;
    let planes = kernels.colour(x.bytes(call.op)?, h * w, c, space)?;
    one(vec![n, space.planes(), h, w], TensorData::F32(planes))
}

fn interleave(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let [n, p, h, w] = call.images(x)?;
    let out = match x.data() {
        TensorData::F32(v) => TensorData::F32(kernels.interleave(v, p, h * w)?),
        TensorData::F64(v) => TensorData::F64(kernels.interleave(v, p, h * w)?),
        TensorData::U8(_) => return Err(KernelError::Dtype { op: call.op, expected: "f32 or f64", received: "u8" }),
    };
    one(vec![n, h, w, p], out)
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
