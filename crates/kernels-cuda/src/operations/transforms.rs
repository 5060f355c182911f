//! Two-dimensional transforms of batches, rows then columns.

use crate::call::{Call, Outcome, joined, one, only_if, or_host, planes, word};
use crate::device::Device;
use crate::error::{CudaError, Stop};
use crate::launch::{Arg, Grid};
use crate::memory::Memory;
use crate::transforms::plan::{DevicePlan, in_place, transformed_length};
use cudarc::driver::{DevicePtr, DevicePtrMut};
use std::f64::consts::PI;
use std::sync::Arc;
use syntrace_kernels::DType;

/// Shared memory of a block, where lines are not longer: three blocks fit a multiprocessor.
const SHARED_WANTED: usize = 72 << 10;
/// Samples of a line that a thread has in registers: `EACH` of `kernels/fft.cuh`.
const EACH: usize = 8;

/// Lines of a block, its shared memory and its threads. Nothing where not even one line fits.
fn block_of(length: usize, double: bool, limit: u32) -> Option<(u32, u32, u32)> {
    let width = if double { 16 } else { 8 };
    let buffers = if in_place(length) { 1 } else { 2 };
    let bytes = |lines: usize| buffers * length.next_multiple_of(16) * lines * width;
    let threads = |lines: usize| length.div_ceil(EACH).next_multiple_of(32 / lines) * lines;
    // The kernels' launch bounds: float64 needs twice the registers.
    let most = if double { 512 } else { 1024 };
    // Many lines make long runs in columns; few threads a block let blocks fill each other's waits.
    let choices = [(8, most / 2), (4, most), (2, most)];
    let fits =
        |&&(lines, most): &&(usize, usize)| threads(lines) <= most && bytes(lines) <= SHARED_WANTED.min(limit as usize);
    let lines = choices.iter().find(fits).map_or(1, |(lines, _)| *lines);
    (bytes(lines) <= limit as usize && threads(lines) <= most)
        .then(|| (lines as u32, bytes(lines) as u32, threads(lines) as u32))
}

/// One direction of a transform: a plan, and how its lines are cut into blocks.
struct Side {
    plan: Arc<DevicePlan>,
    lines: u32,
    shared: u32,
    threads: u32,
}

impl Side {
    fn new(call: &Call, device: &Device, n: usize, double: bool) -> Result<Self, Stop> {
        let (lines, shared, threads) = or_host(block_of(transformed_length(n).0, double, device.limits.shared))?;
        let plan = device.tables.plans.get((n, double), || device.make_plan(call.op, n, double))?;
        Ok(Self { plan, lines, shared, threads })
    }

    fn lines(&self) -> usize {
        self.lines as usize
    }

    fn grid(&self, blocks: usize) -> Result<Grid, Stop> {
        Ok(Grid { blocks: (word(blocks)?, 1, 1), shared: self.shared, threads: self.threads })
    }

    fn arguments(&self) -> [Arg<'_>; 2] {
        [Arg::Plan(&self.plan.argument), Arg::Word(self.lines)]
    }
}

fn rotations(call: &Call, device: &Device, n: usize, double: bool) -> Result<Memory, CudaError> {
    let rotation = |k: usize| {
        let scale = if k == 0 { 0.5 * (1.0 / n as f64).sqrt() } else { (0.5 / n as f64).sqrt() };
        let angle = PI * k as f64 / (2 * n) as f64;
        [scale * angle.cos(), scale * angle.sin()]
    };
    device.rounded(call.op, &(0..n).map(rotation).collect::<Vec<_>>(), double)
}

pub(super) fn dct2(call: &Call, device: &Device) -> Outcome {
    let x = call.input(0)?;
    let (lead, h, w) = planes(x)?;
    only_if(x.count() > 0 && x.dtype() != DType::U8)?;
    let double = x.dtype() == DType::F64;
    let count: usize = lead.iter().product();
    let (rows, columns) = (Side::new(call, device, w, double)?, Side::new(call, device, h, double)?);
    let rotation = |n| device.tables.rotations.get((n, double), || rotations(call, device, n, double));
    let (row_rotations, column_rotations) = (rotation(w)?, rotation(h)?);
    let names = if double { ["dct_rows_f64", "dct_columns_f64"] } else { ["dct_rows_f32", "dct_columns_f32"] };
    let mut out = call.result(device, x.shape(), x.dtype())?;
    let blocks = (count * h).div_ceil(2 * rows.lines());
    let memory = [Arg::In(x.memory()), Arg::Out(&mut out), Arg::In(&row_rotations)];
    let arguments = memory.into_iter().chain(rows.arguments()).chain([Arg::Word(word(count * h)?)]).collect();
    device.launch(names[0], rows.grid(blocks)?, arguments)?;
    let tiles = w.div_ceil(2 * columns.lines());
    let memory = [Arg::Out(&mut out), Arg::In(&column_rotations)];
    let sizes = [word(w)?, word(tiles)?].map(Arg::Word);
    let arguments = memory.into_iter().chain(columns.arguments()).chain(sizes).collect();
    device.launch(names[1], columns.grid(count * tiles)?, arguments)?;
    one(x.shape().to_vec(), x.dtype(), out)
}

/// Complex columns of planes [h, width], forward or backward, times `scale`.
fn complex_columns(
    device: &Device,
    [from, to]: [u64; 2],
    side: &Side,
    (count, width): (usize, usize),
    (backward, scale): (bool, f64),
) -> Result<(), Stop> {
    let tiles = width.div_ceil(side.lines());
    let sizes = [word(width)?, word(tiles)?, backward.into()].map(Arg::Word);
    let memory = [Arg::At(from), Arg::At(to)];
    let arguments =
        memory.into_iter().chain(side.arguments()).chain(sizes).chain([Arg::Single(scale as f32)]).collect();
    Ok(device.launch("fft_columns", side.grid(count * tiles)?, arguments)?)
}

pub(super) fn rfft2(call: &Call, device: &Device) -> Outcome {
    let x = call.typed(0, DType::F32)?;
    let (lead, h, w) = planes(x)?;
    let (count, bins): (usize, usize) = (lead.iter().product(), w / 2 + 1);
    let shape = joined(lead, &[h, bins, 2]);
    let mut out = call.result(device, &shape, DType::F32)?;
    if device.cufft_rfft2(call.op, x.memory(), &mut out, (count, h, w))? {
        return one(shape, DType::F32, out);
    }
    let (rows, columns) = (Side::new(call, device, w, false)?, Side::new(call, device, h, false)?);
    let blocks = (count * h).div_ceil(2 * rows.lines());
    let memory = [Arg::In(x.memory()), Arg::Out(&mut out)];
    let arguments = memory.into_iter().chain(rows.arguments()).chain([Arg::Word(word(count * h)?)]).collect();
    device.launch("rfft_rows", rows.grid(blocks)?, arguments)?;
    {
        let (at, _written) = out.device_ptr_mut(device.stream());
        complex_columns(device, [at, at], &columns, (count, bins), (false, 1.0))?;
    }
    one(shape, DType::F32, out)
}

pub(super) fn irfft2(call: &Call, device: &Device) -> Outcome {
    let x = call.typed(0, DType::F32)?;
    let w = call.whole(0)?;
    let [lead @ .., h, bins, 2] = x.shape() else { return Err(Stop::ToHost) };
    let (h, bins) = (*h, *bins);
    only_if(w > 0 && w / 2 + 1 == bins)?;
    let count: usize = lead.iter().product();
    let shape = joined(lead, &[h, w]);
    let mut out = call.result(device, &shape, DType::F32)?;
    let scale = 1.0 / (h * w) as f64;
    if device.cufft_irfft2(call.op, x.memory(), &mut out, (count, h, w), scale)? {
        return one(shape, DType::F32, out);
    }
    let (rows, columns) = (Side::new(call, device, w, false)?, Side::new(call, device, h, false)?);
    let mut middle = device.allocate(call.op, x.bytes())?;
    {
        let (from, _read) = x.memory().device_ptr(device.stream());
        let (to, _written) = middle.device_ptr_mut(device.stream());
        complex_columns(device, [from, to], &columns, (count, bins), (true, 1.0))?;
    }
    let blocks = (count * h).div_ceil(2 * rows.lines());
    let sizes = [Arg::Word(word(count * h)?), Arg::Single(scale as f32)];
    let memory = [Arg::In(&middle), Arg::Out(&mut out)];
    let arguments = memory.into_iter().chain(rows.arguments()).chain(sizes).collect();
    device.launch("irfft_rows", rows.grid(blocks)?, arguments)?;
    one(shape, DType::F32, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_whole_lines_within_the_limits_of_cards() {
        for (length, double) in
            [(1, false), (64, false), (224, true), (256, false), (1024, false), (4096, true), (8192, false)]
        {
            let (lines, shared, threads) = block_of(length, double, 227 << 10).unwrap();
            assert!(
                (threads / lines) as usize * EACH >= length && threads % 32 == 0 && threads <= 1024,
                "{length}: {threads}"
            );
            assert!(shared as usize >= length * lines as usize * 8);
        }
        assert_eq!(block_of(256, false, 48 << 10).unwrap(), (8, 16384, 256));
        assert!(block_of(16384, false, 227 << 10).is_none());
    }
}
