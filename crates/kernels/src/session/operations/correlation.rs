//! Correlation of residuals and its peaks.

use super::Operation;
use crate::context::Kernels;
use crate::correlation::{PCE_COLUMNS, PairsOf};
use crate::error::{KernelError, Result};
use crate::session::call::{Call, joined, one};
use crate::tensor::{Tensor, TensorData};

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
/// | crossCorrelation | | planes, planes | | surfaces |
/// | pce | | planes, planes | greatest shift down and right | rows of ten numbers |
/// | pceSpectra | | residuals | | spectra |
/// | pcePairs | | spectra of one set or of two | height, width, first row (of one set) | matrix |
/// | pceAbove | | spectra of one set or of two | height, width, first row (of one set), threshold | rows of (row, column, pce) |
/// | pceExact | | residuals | of each side of each pair its size and its residuals | one value a pair |
pub(super) const TABLE: &[(&str, Operation)] = &[
    ("crossCorrelation", cross_correlation),
    ("pce", pce),
    ("pceSpectra", pce_spectra),
    ("pcePairs", pce_pairs),
    ("pceAbove", pce_above),
    ("pceExact", pce_exact),
];

/// Two inputs of planes of one size: their sizes.
fn two(call: &Call) -> Result<(&Tensor, &Tensor, usize, usize)> {
    let (a, b) = (call.input(0)?, call.input(1)?);
    let (_, h, w) = call.planes(a)?;
    if call.planes(b)?.1 != h || call.planes(b)?.2 != w {
        return Err(KernelError::shape(call.op, format!("planes of {h}×{w}"), b.shape()));
    }
    Ok((a, b, h, w))
}

fn cross_correlation(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (a, b, h, w) = two(call)?;
    let data = match b.data() {
        TensorData::F64(v) => TensorData::F64(kernels.cross_correlation(a.doubles(call.op)?, v, h, w)?),
        _ => TensorData::F32(kernels.cross_correlation(a.singles(call.op)?, b.singles(call.op)?, h, w)?),
    };
    one(b.shape().to_vec(), data)
}

fn pce(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (a, b, h, w) = two(call)?;
    let range = (call.whole(0)?, call.whole(1)?);
    let reports = match b.data() {
        TensorData::F64(v) => kernels.pce(a.doubles(call.op)?, v, h, w, range)?,
        _ => kernels.pce(a.singles(call.op)?, b.singles(call.op)?, h, w, range)?,
    };
    let values = reports.iter().flat_map(|report| report.row_of_numbers()).collect();
    let (lead, ..) = call.planes(b)?;
    one(joined(lead, &[PCE_COLUMNS]), TensorData::F64(values))
}

fn pce_spectra(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (lead, h, w) = call.planes(x)?;
    let out = kernels.pce_spectra(x.singles(call.op)?, h, w)?;
    let count = lead.iter().product();
    one(vec![count, kernels.pce_spectrum_length(h, w)?], TensorData::F32(out))
}

/// The pairs that a call names, with height and width.
fn pairs_of(call: &Call) -> Result<(PairsOf<'_>, usize, usize)> {
    let (h, w) = (call.whole(0)?, call.whole(1)?);
    let first = call.input(0)?.singles(call.op)?;
    let pairs = match call.inputs.len() {
        1 => PairsOf::One { spectra: first, from: call.whole(2)? },
        _ => PairsOf::Two(first, call.input(1)?.singles(call.op)?),
    };
    Ok((pairs, h, w))
}

fn pce_pairs(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (pairs, h, w) = pairs_of(call)?;
    let columns = call.rows(call.input(call.inputs.len() - 1)?)?.0;
    let rows = match pairs {
        PairsOf::One { from, .. } => columns.saturating_sub(from),
        PairsOf::Two(..) => call.rows(call.input(0)?)?.0,
    };
    one(vec![rows, columns], TensorData::F64(kernels.pce_pairs(pairs, h, w)?))
}

fn pce_above(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let (pairs, h, w) = pairs_of(call)?;
    let found = kernels.pce_above(pairs, h, w, call.number(3)?)?;
    let mut values = kernels.buffer_of(call.op, &[found.len(), 3])?;
    for (to, pair) in values.chunks_exact_mut(3).zip(&found) {
        to.copy_from_slice(&[pair.row as f64, pair.column as f64, pair.pce]);
    }
    one(vec![found.len(), 3], TensorData::F64(values))
}

fn pce_exact(call: &Call, kernels: &Kernels) -> Result<Vec<Tensor>> {
    let x = call.input(0)?;
    let (_, h, w) = call.planes(x)?;
    let lists = call.lists(0)?;
    if !lists.len().is_multiple_of(2) {
        return Err(KernelError::value(call.op, "a pair has two sides"));
    }
    let pairs: Vec<[&[usize]; 2]> = lists.chunks_exact(2).map(|pair| [&pair[0][..], &pair[1][..]]).collect();
    one(vec![pairs.len()], TensorData::F64(kernels.pce_exact(x.singles(call.op)?, h, w, &pairs)?))
}
