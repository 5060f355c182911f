//! Masked spectrum similarity.

use super::Operation;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::masksim::{MaskHeads, NORM, SPECTRA};
use crate::session::call::{Call, joined, one};
use crate::tensor::{Tensor, TensorData};

/// Heads are five inputs: masks, references, mixing, norm, scale.
///
/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
/// | centredLogSpectrum | | planes | eps | spectra |
/// | centredLogSpectrumGradient | | planes, gradient of the spectra | eps | gradient |
/// | maskOfLogits | | logits | | masks |
/// | maskSimilarity | | spectra, heads | | cosines, logits |
/// | maskSimilarityMap | | spectra, heads | | maps |
/// | maskGradients | | spectra, heads, labels | | loss, cosines, and gradients of the heads and the spectra |
pub(super) const TABLE: &[(&str, Operation)] = &[
    ("centredLogSpectrum", centred_log_spectrum),
    ("centredLogSpectrumGradient", centred_log_spectrum_gradient),
    ("maskOfLogits", mask_of_logits),
    ("maskSimilarity", mask_similarity),
    ("maskSimilarityMap", mask_similarity_map),
    ("maskGradients", mask_gradients),
];

fn centred_log_spectrum(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (_, h, w) = call.planes(x)?;
    let out = kernels.centred_log_spectrum(x.singles(call.op)?, h, w, call.number(0)?)?;
    one(x.shape().to_vec(), TensorData::F32(out))
}

fn centred_log_spectrum_gradient(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (x, gradient) = (call.input(0)?, call.input(1)?);
    let (_, h, w) = call.planes(x)?;
    let (values, gradient) = (x.singles(call.op)?, gradient.singles(call.op)?);
    let out = kernels.centred_log_spectrum_gradient(values, gradient, (h, w), call.number(0)?)?;
    one(x.shape().to_vec(), TensorData::F32(out))
}

fn mask_of_logits(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (_, h, w) = call.planes(x)?;
    one(x.shape().to_vec(), TensorData::F32(kernels.mask_of_logits(x.singles(call.op)?, h, w)?))
}

/// Spectra [b, 3, h, w], and heads from the next five inputs.
struct Heads<'a> {
    spectra: &'a [f32],
    pictures: usize,
    sides: (usize, usize),
    heads: MaskHeads<'a>,
    generators: usize,
}

impl<'a> Heads<'a> {
    fn of(call: &'a Call) -> Result<Self> {
        let x = call.input(0)?;
        let [pictures, SPECTRA, h, w] = call.images(x)? else {
            return Err(KernelError::shape(call.op, "[b, 3, h, w]", x.shape()));
        };
        let (masks, references) = (call.input(1)?, call.input(2)?);
        if masks.shape() != references.shape() || !masks.shape().ends_with(&[SPECTRA, h, w]) || masks.shape().len() != 5
        {
            return Err(KernelError::shape(
                call.op,
                format!("masks and references [g, m, 3, {h}, {w}]"),
                masks.shape(),
            ));
        }
        let double = |i: usize| call.input(i)?.doubles(call.op);
        let heads = MaskHeads {
            masks: masks.singles(call.op)?,
            references: references.singles(call.op)?,
            mixing: double(3)?,
            norm: double(4)?,
            scale: double(5)?,
        };
        let generators = masks.shape()[0];
        Ok(Self { spectra: x.singles(call.op)?, pictures, sides: (h, w), heads, generators })
    }
}

fn mask_similarity(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let Heads { spectra, pictures, sides: (h, w), heads, generators } = Heads::of(call)?;
    let found = kernels.mask_similarity(spectra, h * w, heads)?;
    let channels = Tensor::new(vec![pictures, generators, SPECTRA], TensorData::F64(found.channels))?;
    Ok(vec![channels, Tensor::new(vec![pictures, generators], TensorData::F64(found.logits))?])
}

fn mask_similarity_map(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let Heads { spectra, pictures, sides: (h, w), heads, generators } = Heads::of(call)?;
    let map = kernels.mask_similarity_map(spectra, h * w, heads)?;
    one(vec![pictures, generators, SPECTRA, h, w], TensorData::F32(map))
}

fn mask_gradients(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let Heads { spectra, pictures, sides, heads, generators: g } = Heads::of(call)?;
    let labels = call.input(6)?.bytes(call.op)?;
    let found = kernels.mask_gradients(spectra, sides, heads, labels)?;
    let planes = [SPECTRA, sides.0, sides.1];
    let double = |rest: &[usize], values| Tensor::new(joined(&[g], rest), TensorData::F64(values));
    let single = |rest: &[usize], values| Tensor::new(joined(rest, &planes), TensorData::F32(values));
    Ok(vec![
        double(&[], found.loss)?,
        double(&[pictures, SPECTRA], found.channels)?,
        single(&[g, 1], found.masks)?,
        single(&[g, 1], found.references)?,
        double(&[SPECTRA, SPECTRA], found.mixing)?,
        double(&[NORM, SPECTRA], found.norm)?,
        double(&[2], found.scale)?,
        single(&[g, pictures], found.spectra)?,
    ])
}
