//! Statistics of log-DCT coefficients over tiles.

use crate::call::{Call, Outcome, joined, only_if, planes, word};
use crate::device::Device;
use crate::error::Stop;
use crate::launch::{Arg, Grid, MOST_ACROSS, THREADS};
use crate::memory::DeviceTensor;
use std::f64::consts::PI;
use syntrace_kernels::DType;

/// Largest tile of the card's kernel; larger ones take the host's step.
const MOST: usize = 64;
/// Tiles that a block sums in float32 at most, as many as a band of the CPU kernel may have.
const MOST_TILES: u64 = 64;

/// Orthonormal DCT-II matrix [frequency][sample].
fn basis(t: usize) -> Vec<f32> {
    let value = |i: usize| {
        let (k, s) = (i / t, i % t);
        let scale = (if k == 0 { 1.0 } else { 2.0 } / t as f64).sqrt();
        (scale * (PI * (((2 * s + 1) * k) % (4 * t)) as f64 / (2 * t) as f64).cos()) as f32
    };
    (0..t * t).map(value).collect()
}

pub(super) fn tile_log_dct(call: &Call, device: &Device) -> Outcome {
    let x = call.typed(0, DType::F32)?;
    let (lead, h, w) = planes(x)?;
    let (t, stride, eps) = (call.whole(0)?, call.whole(1)?, call.eps(2)?);
    let count: usize = lead.iter().product();
    only_if((1..=MOST).contains(&t) && stride > 0 && h >= t && w >= t && count <= MOST_ACROSS as usize)?;
    let size = t * t;
    // Small tiles go side by side in a block.
    let side_by_side = (THREADS as usize / size).max(1);
    let shared = 4 * (2 * size + 2 * size * side_by_side) as u32;
    only_if(shared <= device.limits.shared)?;
    let (across, down) = ((w - t) / stride + 1, (h - t) / stride + 1);
    let tiles = (across * down) as u64;
    // From the sizes alone: some thousand blocks in all, and no sum longer than float32 bears.
    let parts = (8192_u64.div_ceil(count as u64)).min(tiles.div_ceil(4)).max(tiles.div_ceil(MOST_TILES)).max(1);
    let mut partial = device.allocate(call.op, count * parts as usize * 3 * size * 4)?;
    let basis = device.tables.bases.get(t, || device.table(call.op, &basis(t))).map_err(Stop::from)?;
    let kernel = match size.div_ceil(THREADS as usize) {
        1 => "tile_sums_1",
        2..=4 => "tile_sums_4",
        _ => "tile_sums_16",
    };
    let parts = word(parts as usize)?;
    let sizes = [word(h)?, word(w)?, t as u32, word(stride)?, word(across)?, word(across * down)?, parts];
    let memory = [Arg::In(x.memory()), Arg::In(&basis), Arg::Out(&mut partial)];
    let arguments = memory.into_iter().chain(sizes.map(Arg::Word)).chain([Arg::Single(eps as f32)]).collect();
    device.launch(kernel, Grid::new((parts.div_ceil(side_by_side as u32), count as u32, 1), shared), arguments)?;
    let shape = joined(lead, &[t, t]);
    let mut results = [call.result(device, &shape, DType::F32)?, call.result(device, &shape, DType::F32)?];
    let [mean, deviation] = &mut results;
    let memory = [Arg::In(&partial), Arg::Out(mean), Arg::Out(deviation)];
    let arguments = memory.into_iter().chain([size as u32, parts, tiles as u32].map(Arg::Word)).collect();
    device.launch("tile_close", Grid::new(((size as u32).div_ceil(THREADS), count as u32, 1), 0), arguments)?;
    Ok(results.into_iter().map(|memory| DeviceTensor::new(shape.clone(), DType::F32, memory)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_basis_is_orthonormal() {
        for t in [1, 2, 12, 64] {
            let b = basis(t);
            for (i, j) in [(0, 0), (t - 1, t - 1), (0, t - 1), (t / 2, t / 3)] {
                let dot: f64 = (0..t).map(|s| f64::from(b[i * t + s]) * f64::from(b[j * t + s])).sum();
                assert!((dot - f64::from(u8::from(i == j))).abs() < 1e-6, "{t} {i} {j}");
            }
        }
    }
}
