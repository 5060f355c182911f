//! Pictures: colour planes, windows, borders, residuals and displays.

use crate::call::{Call, Outcome, images, joined, one, only_if, or_host, planes, word};
use crate::device::Device;
use crate::error::{CudaError, Stop};
use crate::launch::{Arg, Grid, MOST_ACROSS, THREADS};
use crate::memory::Memory;
use syntrace_kernels::{ColourMap, ColourSpace, DType, Kernels};

pub(super) fn colour(call: &Call, device: &Device) -> Outcome {
    let x = call.typed(0, DType::U8)?;
    let [n, h, w, c] = images(x)?;
    only_if(matches!(c, 1 | 3) && n <= MOST_ACROSS as usize)?;
    let number = or_host(ColourSpace::ALL.iter().position(|(name, _)| *name == call.option))?;
    let space = ColourSpace::ALL[number].1;
    let shape = [n, space.planes(), h, w];
    let mut out = call.result(device, &shape, DType::F32)?;
    let pixels = word(h * w)?;
    let grid = Grid::new((pixels.div_ceil(4).div_ceil(THREADS), n as u32, 1), 0);
    let sizes = [pixels, c as u32, number as u32].map(Arg::Word);
    let arguments = [Arg::In(x.memory()), Arg::Out(&mut out)].into_iter().chain(sizes).collect();
    device.launch("colour", grid, arguments)?;
    one(shape.to_vec(), DType::F32, out)
}

pub(super) fn crop(call: &Call, device: &Device) -> Outcome {
    let x = call.input(0)?;
    let [n, a, b, c] = images(x)?;
    let (width, height) = (call.whole(0)?, call.whole(1)?);
    let count = (call.parameters.len() - 2) / 2;
    only_if(x.count() > 0 && count > 0 && width > 0 && height > 0 && call.parameters.len().is_multiple_of(2))?;
    // Bytes are one plane of interleaved pixels, floats are planes of single samples.
    let bytes = x.dtype() == DType::U8;
    only_if(bytes || x.dtype() == DType::F32)?;
    let (sample, planes, h, w) = if bytes { (c, 1, a, b) } else { (4, a, b, c) };
    let mut corners = Vec::with_capacity(2 * count);
    for i in 0..count {
        let (left, top) = (call.whole(2 + 2 * i)?, call.whole(3 + 2 * i)?);
        only_if(left + width <= w && top + height <= h)?;
        corners.extend([word(left * sample)?, word(top)?]);
    }
    let images_out = or_host(n.checked_mul(count))?;
    let shape = if bytes { [images_out, height, width, c] } else { [images_out, planes, height, width] };
    let mut out = call.result(device, &shape, x.dtype())?;
    let corners = device.table(call.op, &corners)?;
    let (length, results) = (word(width * sample)?, word(images_out * planes)?);
    let mut arguments = vec![Arg::In(x.memory()), Arg::Out(&mut out), Arg::In(&corners)];
    for size in [count, planes, h, w * sample, height] {
        arguments.push(Arg::Word(word(size)?));
    }
    arguments.extend([length, results].map(Arg::Word));
    device.launch("crop", rows_of_bytes(length, height, results)?, arguments)?;
    one(shape.to_vec(), x.dtype(), out)
}

/// Bytes of a row that a thread copies: `SHARE` of `kernels/pixels.cu`.
const SHARE: u32 = 16;

/// Blocks over the bytes of a result, and over results.
fn rows_of_bytes(length: u32, height: usize, results: u32) -> Result<Grid, Stop> {
    let shares = length.div_ceil(SHARE);
    let threads = or_host(shares.checked_mul(word(height)?))?;
    Ok(Grid::new((threads.div_ceil(THREADS), results.min(MOST_ACROSS), 1), 0))
}

pub(super) fn pad_reflect(call: &Call, device: &Device) -> Outcome {
    let x = call.typed(0, DType::U8)?;
    let [n, h, w, c] = images(x)?;
    let (width, height) = (w.max(call.whole(0)?), h.max(call.whole(1)?));
    let shape = [n, height, width, c];
    let mut out = call.result(device, &shape, DType::U8)?;
    let (length, images) = (word(width * c)?, word(n)?);
    let mut arguments = vec![Arg::In(x.memory()), Arg::Out(&mut out)];
    for size in [h, w, c, height, width] {
        arguments.push(Arg::Word(word(size)?));
    }
    arguments.push(Arg::Word(images));
    device.launch("pad_reflect", rows_of_bytes(length, height, images)?, arguments)?;
    one(shape.to_vec(), DType::U8, out)
}

/// Deviations of the three channels (`crates/kernels/src/npr.rs`).
const DEVIATION: [f64; 3] = [0.229, 0.224, 0.225];

pub(super) fn npr_residual(call: &Call, device: &Device) -> Outcome {
    let x = call.typed(0, DType::U8)?;
    let [n, h, w, c] = images(x)?;
    only_if(c == 3 && h > 1 && w > 1 && n <= MOST_ACROSS as usize)?;
    let share = if call.number(0)? != 0.0 { 2.0 / 3.0 } else { 1.0 };
    let factors = DEVIATION.map(|d| Arg::Single((share / (255.0 * d)) as f32));
    let (even_h, even_w) = (h & !1, w & !1);
    let shape = [n, 3, even_h, even_w];
    let mut out = call.result(device, &shape, DType::F32)?;
    let sizes = [word(h)?, word(w)?, word(even_h)?, word(even_w)?];
    let grid = Grid::new((sizes[3].div_ceil(4).div_ceil(THREADS), sizes[2].min(MOST_ACROSS), n as u32), 0);
    let memory = [Arg::In(x.memory()), Arg::Out(&mut out)];
    device.launch("npr_residual", grid, memory.into_iter().chain(sizes.map(Arg::Word)).chain(factors).collect())?;
    one(shape.to_vec(), DType::F32, out)
}

/// Steps of a colour map.
const STEPS: usize = 1024;

/// The colours of all steps, as the CPU kernel gives them.
fn colours(call: &Call, device: &Device, map: ColourMap) -> Result<Memory, CudaError> {
    let ramp: Vec<f32> = (0..STEPS).map(|i| i as f32).collect();
    device.table(call.op, &Kernels::new().heat_map(&ramp, map, 0.0, (STEPS - 1) as f64)?)
}

pub(super) fn heat_map(call: &Call, device: &Device) -> Outcome {
    let x = call.typed(0, DType::F32)?;
    let (lead, h, w) = planes(x)?;
    let (low, high) = (call.number(0)?, call.number(1)?);
    only_if(low.is_finite() && high.is_finite() && low < high)?;
    let map = or_host(ColourMap::ALL.iter().find(|(name, _)| *name == call.option))?.1;
    let table = device.tables.colours.get(call.option.clone(), || colours(call, device, map)).map_err(Stop::from)?;
    let shape = joined(lead, &[h, w, 4]);
    let mut out = call.result(device, &shape, DType::U8)?;
    let (count, last) = (x.count() as u64, (STEPS - 1) as f64);
    let mut arguments = vec![Arg::In(x.memory()), Arg::Out(&mut out), Arg::In(&table), Arg::Long(count)];
    arguments.extend([low, last / (high - low), last].map(Arg::Double));
    device.launch("heat_map", or_host(Grid::over(count, 4))?, arguments)?;
    one(shape, DType::U8, out)
}

pub(super) fn thumbnail(call: &Call, device: &Device) -> Outcome {
    let x = call.typed(0, DType::U8)?;
    let [h, w, c]: [usize; 3] = or_host(x.shape().try_into().ok())?;
    let side = call.whole(0)?;
    only_if(side > 0)?;
    let shrink = (side as f64 / h.max(w) as f64).min(1.0);
    let sized = |length: usize| ((length as f64 * shrink).round() as usize).clamp(1, length);
    let shape = [sized(h), sized(w), c];
    let mut out = call.result(device, &shape, DType::U8)?;
    let mut arguments = vec![Arg::In(x.memory()), Arg::Out(&mut out)];
    for size in [h, w, c, shape[0], shape[1]] {
        arguments.push(Arg::Word(word(size)?));
    }
    device.launch("thumbnail", or_host(Grid::over(shape.iter().product::<usize>() as u64, 1))?, arguments)?;
    one(shape.to_vec(), DType::U8, out)
}
