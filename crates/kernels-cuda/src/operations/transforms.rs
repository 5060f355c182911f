//! Two-dimensional transforms of batches, rows then columns.

use crate::call::{Call, Outcome, joined, one, only_if, or_host, planes, word};
use crate::device::Device;
use crate::error::{CudaError, Stop};
use crate::launch::{Arg, Grid};
use crate::memory::Memory;
use crate::transforms::plan::{Block, DevicePlan, transformed_length};
use std::f64::consts::PI;
use std::sync::Arc;
use syntrace_kernels::DType;

/// Lines of a block at most.
const MOST_LINES: usize = 8;
/// Shared memory of a block, where lines are not longer: three blocks fit a multiprocessor.
const SHARED_WANTED: usize = 72 << 10;

/// Lines that a block takes, and its shared memory. Nothing where not even one fits.
fn block_of(length: usize, width: usize, limit: u32) -> Option<(Block, u32)> {
    let pitch = |lines: usize| if lines == 1 { 1 } else { lines + 1 };
    let bytes = |lines: usize| 2 * length * pitch(lines) * width;
    let lines =
        [MOST_LINES, 4, 2].into_iter().find(|&lines| bytes(lines) <= SHARED_WANTED.min(limit as usize)).unwrap_or(1);
    (bytes(lines) <= limit as usize)
        .then(|| (Block { lines: lines as i32, pitch: pitch(lines) as i32 }, bytes(lines) as u32))
}

/// One direction of a transform: a plan, how its lines are cut into blocks, and how many blocks a plane needs.
struct Side {
    plan: Arc<DevicePlan>,
    block: Block,
    shared: u32,
}

impl Side {
    fn new(call: &Call, device: &Device, n: usize, double: bool) -> Result<Self, Stop> {
        let width = if double { 16 } else { 8 };
        let (length, _) = transformed_length(n);
        let (block, shared) = or_host(block_of(length, width, device.limits.shared))?;
        let plan = device.tables.plans.get((n, double), || device.make_plan(call.op, n, double))?;
        debug_assert_eq!(plan.length, length);
        Ok(Self { plan, block, shared })
    }

    fn lines(&self) -> usize {
        self.block.lines as usize
    }

    fn grid(&self, blocks: usize) -> Result<Grid, Stop> {
        Ok(Grid((word(blocks)?, 1, 1), self.shared))
    }

    fn arguments(&self) -> [Arg<'_>; 2] {
        [Arg::Plan(&self.plan.argument), Arg::Block(self.block)]
    }
}

/// Planes that go at once: what stays in the second-level cache between the two directions, and enough to fill the card.
fn share(device: &Device, count: usize, bytes: usize, blocks: usize) -> usize {
    let cached = device.limits.cache / 3 / bytes.max(1);
    let filling = (4 * device.limits.processors as usize).div_ceil(blocks.max(1));
    cached.max(filling).clamp(1, count)
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
    let tiles = w.div_ceil(2 * columns.lines());
    let at_once = share(device, count, h * w * x.dtype().width(), tiles);
    // Rows of all planes are one list: a share of planes is a share of blocks where it ends with one.
    let step = 2 * rows.lines();
    for first in (0..count).step_by(at_once) {
        let last = (first + at_once).min(count);
        let (from, to) = ((first * h).div_ceil(step), (last * h).div_ceil(step));
        let sizes = [word(count * h)?, word(from)?].map(Arg::Word);
        let memory = [Arg::In(x.memory()), Arg::Out(&mut out), Arg::In(&row_rotations)];
        device.launch(
            names[0],
            rows.grid(to - from)?,
            memory.into_iter().chain(rows.arguments()).chain(sizes).collect(),
        )?;
        let sizes = [word(w)?, word(tiles)?, word(first * tiles)?].map(Arg::Word);
        let memory = [Arg::Out(&mut out), Arg::In(&column_rotations)];
        let grid = columns.grid((last - first) * tiles)?;
        device.launch(names[1], grid, memory.into_iter().chain(columns.arguments()).chain(sizes).collect())?;
    }
    one(x.shape().to_vec(), x.dtype(), out)
}

/// Scale and direction of complex lines.
fn complex(backward: bool, scale: f64) -> [Arg<'static>; 2] {
    [Arg::Word(backward.into()), Arg::Single(scale as f32)]
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
    let tiles = bins.div_ceil(columns.lines());
    let at_once = share(device, count, h * w * 4, tiles);
    let step = 2 * rows.lines();
    for first in (0..count).step_by(at_once) {
        let last = (first + at_once).min(count);
        let (from, to) = ((first * h).div_ceil(step), (last * h).div_ceil(step));
        let sizes = [word(count * h)?, word(from)?].map(Arg::Word);
        let memory = [Arg::In(x.memory()), Arg::Out(&mut out)];
        device.launch(
            "rfft_rows",
            rows.grid(to - from)?,
            memory.into_iter().chain(rows.arguments()).chain(sizes).collect(),
        )?;
        half_columns(device, None, &mut out, &columns, (bins, tiles), (first, last), false, 1.0)?;
    }
    one(shape, DType::F32, out)
}

/// Columns of half spectra, of the planes first … last − 1; in place without `from`.
#[allow(clippy::too_many_arguments, reason = "a kernel's arguments")]
fn half_columns(
    device: &Device,
    from: Option<&Memory>,
    to: &mut Memory,
    columns: &Side,
    (bins, tiles): (usize, usize),
    (first, last): (usize, usize),
    backward: bool,
    scale: f64,
) -> Result<(), Stop> {
    let sizes = [word(bins)?, word(tiles)?, word(first * tiles)?].map(Arg::Word);
    let rest = columns.arguments().into_iter().chain(sizes).chain(complex(backward, scale));
    let grid = columns.grid((last - first) * tiles)?;
    match from {
        Some(from) => {
            device.launch("fft_columns", grid, [Arg::In(from), Arg::Out(to)].into_iter().chain(rest).collect())?
        }
        None => device.launch("fft_columns_in_place", grid, [Arg::Out(to)].into_iter().chain(rest).collect())?,
    }
    Ok(())
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
    let tiles = bins.div_ceil(columns.lines());
    let at_once = share(device, count, h * w * 4, tiles);
    // The columns of a share of planes only; its rows start anew at each share, so that they never need a column that is not there yet.
    let mut middle = device.allocate(call.op, x.bytes())?;
    let step = 2 * rows.lines();
    let mut from = 0;
    for first in (0..count).step_by(at_once) {
        let last = (first + at_once).min(count);
        half_columns(device, Some(x.memory()), &mut middle, &columns, (bins, tiles), (first, last), true, 1.0)?;
        // A block of rows that reaches into the next share waits for it.
        let to = if last == count { (last * h).div_ceil(step) } else { last * h / step };
        let sizes = [word(count * h)?, word(from)?].map(Arg::Word);
        let memory = [Arg::In(&middle), Arg::Out(&mut out)];
        let arguments =
            memory.into_iter().chain(rows.arguments()).chain(sizes).chain([Arg::Single(scale as f32)]).collect();
        if to > from {
            device.launch("irfft_rows", rows.grid(to - from)?, arguments)?;
        }
        from = to;
    }
    one(shape, DType::F32, out)
}
