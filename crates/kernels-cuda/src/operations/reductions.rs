//! Sums over planes, samples, features and rings.

use crate::call::{Call, Outcome, joined, one, only_if, or_host, planes, rows, word};
use crate::device::Device;
use crate::error::{CudaError, Stop};
use crate::launch::{Arg, Grid, MOST_ACROSS, THREADS};
use crate::memory::{DeviceTensor, Memory};
use syntrace_kernels::DType;

/// Shares that a sum is cut into: from the sizes alone, so that results do not depend on the card.
fn parts(jobs: u64, work: u64, least: u64) -> u32 {
    // Some thousand blocks fill any card; a part below `least` is not worth one.
    let wanted = 2048_u64.div_ceil(jobs.max(1));
    wanted.min(work.div_ceil(least)).clamp(1, 1024) as u32
}

pub(super) fn laplacian_variance(call: &Call, device: &Device) -> Outcome {
    let x = call.typed(0, DType::F32)?;
    let (lead, h, w) = planes(x)?;
    let count: usize = lead.iter().product();
    only_if(h > 2 && w > 2 && count <= MOST_ACROSS as usize)?;
    let parts = parts(count as u64, h as u64, 8);
    let mut partial = device.allocate(call.op, count * parts as usize * 16)?;
    let arguments = vec![Arg::In(x.memory()), Arg::Out(&mut partial), Arg::Word(word(h)?), Arg::Word(word(w)?)];
    device.launch("laplacian_sums", Grid::new((parts, count as u32, 1), 0), arguments)?;
    let mut out = call.result(device, lead, DType::F32)?;
    let inner = ((h - 2) * (w - 2)) as f64;
    let sizes = [Arg::Word(count as u32), Arg::Word(parts), Arg::Double(inner)];
    let arguments = [Arg::In(&partial), Arg::Out(&mut out)].into_iter().chain(sizes).collect();
    device.launch("laplacian_variance", or_host(Grid::over(count as u64, 1))?, arguments)?;
    one(lead.to_vec(), DType::F32, out)
}

pub(super) fn moments(call: &Call, device: &Device) -> Outcome {
    let samples = call.input(0)?;
    let (n, features) = rows(samples)?;
    let count = call.number(0)?;
    only_if(samples.count() > 0 && samples.dtype() != DType::U8)?;
    let state = if count > 0.0 {
        let (mean, m2) = (call.typed(1, DType::F64)?, call.typed(2, DType::F64)?);
        only_if(mean.count() == features && m2.count() == features)?;
        Some((mean, m2))
    } else {
        None
    };
    let (n, f) = (word(n)?, word(features)?);
    let blocks = f.div_ceil(THREADS);
    let parts = parts(blocks.into(), n.into(), 16);
    let mut partial = device.allocate(call.op, 2 * parts as usize * features * 8)?;
    let kernel = if samples.dtype() == DType::F64 { "moments_f64" } else { "moments_f32" };
    let arguments = vec![Arg::In(samples.memory()), Arg::Out(&mut partial), Arg::Word(n), Arg::Word(f)];
    device.launch(kernel, Grid::new((blocks, parts, 1), 0), arguments)?;
    let mut next = [call.result(device, &[features], DType::F64)?, call.result(device, &[features], DType::F64)?];
    let [mean, m2] = &mut next;
    // Without a state the pointers are not followed.
    let known = state.map_or([&partial, &partial], |(mean, m2)| [mean.memory(), m2.memory()]);
    let memory = [Arg::In(&partial), Arg::In(known[0]), Arg::In(known[1]), Arg::Out(mean), Arg::Out(m2)];
    let sizes = [Arg::Word(n), Arg::Word(f), Arg::Word(parts), Arg::Double(count)];
    device.launch("moments_merge", Grid::new((blocks, 1, 1), 0), memory.into_iter().chain(sizes).collect())?;
    Ok(next.into_iter().map(|memory| DeviceTensor::new(vec![features], DType::F64, memory)).collect())
}

/// Outputs of a block: `TOGETHER` of `kernels/reductions.cu`.
const TOGETHER: u32 = 4;

pub(super) fn linear(call: &Call, device: &Device) -> Outcome {
    let x = call.typed(0, DType::F32)?;
    let (n, features) = rows(x)?;
    let (weights, bias) = (call.typed(1, DType::F32)?, call.typed(2, DType::F32)?);
    let outputs = bias.count();
    only_if(weights.count() == outputs * features && n.max(outputs) <= MOST_ACROSS as usize)?;
    let parts = parts((n * outputs) as u64, features as u64, 4 * u64::from(THREADS));
    let sums = n * outputs;
    let mut partial = device.allocate(call.op, sums * parts as usize * 8)?;
    let arguments = vec![
        Arg::In(x.memory()),
        Arg::In(weights.memory()),
        Arg::Out(&mut partial),
        Arg::Word(word(features)?),
        Arg::Word(outputs as u32),
    ];
    device.launch("linear_sums", Grid::new((parts, (outputs as u32).div_ceil(TOGETHER), n as u32), 0), arguments)?;
    let mut out = call.result(device, &[n, outputs], DType::F32)?;
    let sizes = [Arg::Long(sums as u64), Arg::Word(outputs as u32), Arg::Word(parts)];
    let memory = [Arg::In(&partial), Arg::In(bias.memory()), Arg::Out(&mut out)];
    device.launch("linear_close", or_host(Grid::over(sums as u64, 1))?, memory.into_iter().chain(sizes).collect())?;
    one(vec![n, outputs], DType::F32, out)
}

/// Samples of a plane sorted by ring, in the order of the plane within each: starts [bins + 1] and numbers of samples.
fn rings(h: usize, w: usize, centred: bool, bins: usize) -> (Vec<u32>, Vec<u32>) {
    let (cy, cx) = if centred { (h / 2, w / 2) } else { (0, 0) };
    let ring = |i: usize| {
        let (dy, dx) = ((i / w).abs_diff(cy) as u64, (i % w).abs_diff(cx) as u64);
        ((dy * dy + dx * dx).isqrt() as usize).min(bins)
    };
    let rings: Vec<usize> = (0..h * w).map(ring).collect();
    let mut starts = vec![0_u32; bins + 2];
    for &ring in &rings {
        starts[ring + 1] += 1;
    }
    for i in 0..=bins {
        starts[i + 1] += starts[i];
    }
    let mut next = starts.clone();
    let mut order = vec![0; h * w];
    for (i, &ring) in rings.iter().enumerate() {
        order[next[ring] as usize] = i as u32;
        next[ring] += 1;
    }
    (starts, order)
}

pub(super) fn radial_mean(call: &Call, device: &Device) -> Outcome {
    let x = call.typed(0, DType::F32)?;
    let (lead, h, w) = planes(x)?;
    let bins = call.whole(0)?;
    let centred = or_host(["corner", "centre"].iter().position(|name| *name == call.option))? == 1;
    let count: usize = lead.iter().product();
    only_if((1..=1 << 16).contains(&bins) && count <= MOST_ACROSS as usize)?;
    let make = || {
        let (starts, order) = rings(h, w, centred, bins);
        Ok::<[Memory; 2], CudaError>([device.table(call.op, &starts)?, device.table(call.op, &order)?])
    };
    let size = word(h * w)?;
    let tables = device.tables.rings.get((h, w, centred, bins), make).map_err(Stop::from)?;
    let shape = joined(lead, &[bins]);
    let mut out = call.result(device, &shape, DType::F32)?;
    let memory = [Arg::In(x.memory()), Arg::Out(&mut out), Arg::In(&tables[0]), Arg::In(&tables[1])];
    let arguments = memory.into_iter().chain([Arg::Word(size), Arg::Word(bins as u32)]).collect();
    device.launch("radial_mean", Grid::new((bins as u32, count as u32, 1), 0), arguments)?;
    one(shape, DType::F32, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_hold_every_sample_once() {
        let (starts, order) = rings(5, 7, true, 3);
        assert_eq!(starts.len(), 5);
        assert_eq!(order[..1], [2 * 7 + 3]);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..35).collect::<Vec<u32>>());
        assert_eq!(starts[4], 35);
    }

    #[test]
    fn shares_depend_on_the_sizes_alone_and_are_never_none() {
        assert_eq!(parts(1, 1, 8), 1);
        assert_eq!(parts(1, 1 << 20, 16), 1024);
        assert_eq!(parts(5000, 1 << 20, 16), 1);
    }
}
