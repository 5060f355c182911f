//! Operations that treat every element alone.

use crate::call::{Call, Outcome, one, only_if, or_host, rows, word};
use crate::device::Device;
use crate::launch::{Arg, Grid, MOST_ACROSS, THREADS};
use syntrace_kernels::DType;

pub(super) fn log_abs(call: &Call, device: &Device) -> Outcome {
    let (x, eps) = (call.input(0)?, call.eps(0)?);
    let count = x.count() as u64;
    only_if(count > 0 && x.dtype() != DType::U8)?;
    let mut out = call.result(device, x.shape(), x.dtype())?;
    let double = x.dtype() == DType::F64;
    let (kernel, each, eps) =
        if double { ("log_abs_f64", 2, Arg::Double(eps)) } else { ("log_abs_f32", 4, Arg::Single(eps as f32)) };
    let arguments = vec![Arg::In(x.memory()), Arg::Out(&mut out), Arg::Long(count), eps];
    device.launch(kernel, or_host(Grid::over(count, each))?, arguments)?;
    one(x.shape().to_vec(), x.dtype(), out)
}

pub(super) fn log_spectrum(call: &Call, device: &Device) -> Outcome {
    let (x, eps) = (call.typed(0, DType::F32)?, call.eps(0)?);
    let [lead @ .., 2] = x.shape() else { return Err(crate::error::Stop::ToHost) };
    let count = x.count() as u64 / 2;
    let mut out = call.result(device, lead, DType::F32)?;
    let arguments = vec![Arg::In(x.memory()), Arg::Out(&mut out), Arg::Long(count), Arg::Single(eps as f32)];
    device.launch("log_spectrum_f32", or_host(Grid::over(count, 4))?, arguments)?;
    one(lead.to_vec(), DType::F32, out)
}

/// Blocks over features, four a thread, and over rows.
fn row_grid(n: u32, features: u32) -> Grid {
    Grid::new((features.div_ceil(4).div_ceil(THREADS), n.min(MOST_ACROSS), 1), 0)
}

pub(super) fn standardize(call: &Call, device: &Device) -> Outcome {
    let x = call.typed(0, DType::F32)?;
    let (n, features) = rows(x)?;
    let (mean, deviation) = (call.typed(1, DType::F32)?, call.typed(2, DType::F32)?);
    only_if(mean.count() == features && deviation.count() == features)?;
    let (n, f) = (word(n)?, word(features)?);
    // Whether all deviations are above 0 is known on the card only: four bytes come back before the result is promised.
    let mut flag = device.send(call.op, &[0; 4])?;
    let check = vec![Arg::In(deviation.memory()), Arg::Word(f), Arg::Out(&mut flag)];
    device.launch("find_bad_deviation", or_host(Grid::over(f.into(), 1))?, check)?;
    let mut found = [0; 4];
    device.fetch(call.op, &flag, &mut found)?;
    only_if(found == [0; 4])?;
    let mut out = call.result(device, x.shape(), DType::F32)?;
    let inputs = [x, mean, deviation].map(|tensor| Arg::In(tensor.memory()));
    let arguments = inputs.into_iter().chain([Arg::Out(&mut out), Arg::Word(n), Arg::Word(f)]).collect();
    device.launch("standardize_f32", row_grid(n, f), arguments)?;
    one(x.shape().to_vec(), DType::F32, out)
}

pub(super) fn concat(call: &Call, device: &Device) -> Outcome {
    let (n, _) = rows(call.input(0)?)?;
    let mut widths = Vec::with_capacity(call.inputs.len());
    for i in 0..call.inputs.len() {
        let (rows, features) = rows(call.typed(i, DType::F32)?)?;
        only_if(rows == n)?;
        widths.push(features);
    }
    let total = widths.iter().sum();
    let mut out = call.result(device, &[n, total], DType::F32)?;
    let mut offset = 0;
    for (part, features) in call.inputs.iter().zip(widths) {
        let (rows, f) = (word(n)?, word(features)?);
        let sizes = [rows, f, word(total)?, word(offset)?].map(Arg::Word);
        let arguments = [Arg::In(part.memory()), Arg::Out(&mut out)].into_iter().chain(sizes).collect();
        device.launch("concat_f32", row_grid(rows, f), arguments)?;
        offset += features;
    }
    one(vec![n, total], DType::F32, out)
}
