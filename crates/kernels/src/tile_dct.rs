//! Statistics of log-DCT coefficients over the tiles of a plane, without storing a tile.

use crate::context::{Kernels, with_scratch};
use crate::dct::{DctPlan, Sink, unpack};
use crate::error::{KernelError, Result};
use crate::fft::{Complex, transform};
use crate::log::{checked_eps, keeps_normal, ln, ln_normal};
use crate::simd::{Isa, Line, Task, Vector, carve, dispatch, lines_for};

/// Square tiles of a plane: corners at multiples of `stride`, wholly inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileGrid {
    /// Side of a tile in samples.
    pub tile: usize,
    /// Distance of the corners in samples.
    pub stride: usize,
}

/// Mean and population deviation of each coefficient over the tiles: both [n, tile, tile].
#[derive(Debug, Clone, PartialEq)]
pub struct TileStatistics {
    /// Means.
    pub mean: Vec<f32>,
    /// Population standard deviations.
    pub deviation: Vec<f32>,
}

/// Rows of tiles that one job takes; fixed, so that results do not depend on the number of threads.
const BANDS: usize = 8;

/// Sums of one job, per coefficient in transposed order [column frequency][row frequency, padded]: shifted by the first tile's value.
struct Partial {
    tiles: usize,
    shift: Vec<f32>,
    sum: Vec<f64>,
    squares: Vec<f64>,
}

struct Bands<'a> {
    plan: &'a DctPlan<f32>,
    plane: &'a [f32],
    width: usize,
    grid: TileGrid,
    /// First rows of the bands.
    tops: Vec<usize>,
    eps: f32,
    lines: &'a mut Vec<Line>,
}

/// The widest vectors have 16 lanes: the padding that fits all of them.
fn padded(tile: usize) -> usize {
    tile.next_multiple_of(16)
}

impl Task for Bands<'_> {
    type Output = Partial;

    #[inline(always)]
    fn run<S: Isa>(self) -> Partial {
        let lanes = S::F32::LANES;
        let TileGrid { tile: t, stride } = self.grid;
        let across = (self.width - t) / stride + 1;
        let used = (across - 1) * stride + t;
        // Tiles of which whole numbers fill a vector stand side by side in it.
        let beside = if t < lanes && lanes.is_multiple_of(t) { lanes / t } else { 1 };
        let depth = t.next_multiple_of(lanes);
        let (size, area) = (padded(t) * t, depth * t);
        let buffer = self.plan.fft.buffer();
        let whole = used.next_multiple_of(2 * lanes);
        let moved = stride.min(used);
        let wide = if beside > 1 { whole + beside * moved } else { 0 };
        let needed = 2 * lines_for::<Complex<S::F32>>(buffer)
            + lines_for::<f32>(whole * depth)
            + lines_for::<f32>(2 * t * lanes)
            + 3 * lines_for::<f32>(area)
            + lines_for::<[S::F32; 2]>(depth)
            + lines_for::<f32>(t * wide);
        if self.lines.len() < needed {
            self.lines.resize(needed, Line::ZERO);
        }
        let (x, rest) = carve::<Complex<S::F32>>(self.lines, buffer);
        let (y, rest) = carve::<Complex<S::F32>>(rest, buffer);
        let (turned, rest) = carve::<f32>(rest, whole * depth);
        let (out, rest) = carve::<f32>(rest, 2 * t * lanes);
        let (shift, rest) = carve::<f32>(rest, area);
        let (sum, rest) = carve::<f32>(rest, area);
        let (squares, rest) = carve::<f32>(rest, area);
        let (collected, rest) = carve::<[S::F32; 2]>(rest, depth);
        let (rows, _) = carve::<f32>(rest, t * wide);
        let mut partial = Partial {
            tiles: self.tops.len() * across,
            shift: vec![0.0; size],
            sum: vec![0.0; size],
            squares: vec![0.0; size],
        };
        // Frequencies beyond the last share a transform with those of another tile: what stood there before would round into them.
        collected[t..].fill([S::F32::splat(0.0); 2]);
        let mut started = false;
        for &top in &self.tops {
            let band = &self.plane[top * self.width..][..t * self.width];
            if beside > 1 {
                let mut rows = InRows { to: &mut *rows, wide };
                columns::<S, S::F32>(self.plan, band, used, (&mut *x, &mut *y), &mut rows);
                // Lanes of tiles that are not there share transforms with lanes of tiles that are: as above.
                for row in rows.to.chunks_exact_mut(wide) {
                    row[used..].fill(0.0);
                }
                turn_beside::<S::F32>(rows.to, wide, (t, moved), turned);
            } else {
                let mut to = Turned { collected: &mut *collected, to: &mut *turned };
                columns::<S, S::F32>(self.plan, band, used, (&mut *x, &mut *y), &mut to);
            }
            sum.fill(0.0);
            squares.fill(0.0);
            // A lane group is `lanes` row frequencies of one tile, or those of `beside` tiles; two groups share a transform.
            let groups = depth / lanes;
            let total = across.div_ceil(beside) * groups;
            for first in (0..total).step_by(2) {
                let place = |group: usize| (group / groups * beside * stride * depth, group % groups * lanes);
                let both = [first, (first + 1).min(total - 1)].map(place);
                let [a, b] = both.map(|(corner, lane)| &turned[corner + lane..][..(t - 1) * depth + lanes]);
                for (n, &place) in self.plan.place.iter().enumerate() {
                    let at = n * depth;
                    x[place as usize] = Complex { re: S::F32::load(&a[at..]), im: S::F32::load(&b[at..]) };
                }
                let z = transform::<S, _>(&self.plan.fft, &mut *x, &mut *y);
                unpack(self.plan, z, &mut Flat { out: &mut *out, tile: t });
                let kept = if first + 1 < total { 2 } else { 1 };
                if keeps_normal(self.eps) {
                    for value in &mut out[..kept * t * lanes] {
                        *value = ln_normal(value.abs() + self.eps);
                    }
                } else {
                    for value in &mut out[..kept * t * lanes] {
                        *value = ln(value.abs() + self.eps);
                    }
                }
                for (half, &(_, lane)) in both.iter().enumerate().take(kept) {
                    // Group 0 … groups − 1 are the first tile.
                    let is_first = !started && first + half < groups;
                    let tiles = (across - (first + half) / groups * beside).min(beside);
                    for k in 0..t {
                        let values = &out[(half * t + k) * lanes..][..lanes];
                        let at = k * depth + lane;
                        if is_first {
                            for place in 0..beside {
                                shift[at + place * t..at + lanes].copy_from_slice(&values[..lanes - place * t]);
                            }
                        }
                        if tiles == beside {
                            let d = S::F32::load(values).sub(S::F32::load(&shift[at..]));
                            S::F32::load(&sum[at..]).add(d).store(&mut sum[at..]);
                            d.mul_add(d, S::F32::load(&squares[at..])).store(&mut squares[at..]);
                        } else {
                            for (i, value) in values[..tiles * t].iter().enumerate() {
                                let d = value - shift[at + i];
                                sum[at + i] += d;
                                squares[at + i] += d * d;
                            }
                        }
                    }
                }
            }
            started = true;
            for k in 0..t {
                for r in 0..t {
                    let (at, from) = (k * padded(t) + r, k * depth + r);
                    partial.shift[at] = shift[from];
                    for place in (from..from + beside * t).step_by(t) {
                        partial.sum[at] += f64::from(sum[place]);
                        partial.squares[at] += f64::from(squares[place]);
                    }
                }
            }
        }
        partial
    }
}

/// All coefficients of the first line, then all of the second.
struct Flat<'a> {
    out: &'a mut [f32],
    tile: usize,
}

impl<V: Vector<Scalar = f32>> Sink<V> for Flat<'_> {
    #[inline(always)]
    fn put(&mut self, k: usize, a: V, b: V) {
        a.store(&mut self.out[k * V::LANES..]);
        b.store(&mut self.out[(self.tile + k) * V::LANES..]);
    }
}

/// Coefficients in order.
struct Collected<'a, V>(&'a mut [[V; 2]]);

impl<V: Vector> Sink<V> for Collected<'_, V> {
    #[inline(always)]
    fn put(&mut self, k: usize, a: V, b: V) {
        self.0[k] = [a, b];
    }
}

/// Takes the transforms of 2·LANES columns from `first` on. A trait for the same reason as [`Sink`].
trait Columns<V: Vector> {
    fn take(&mut self, plan: &DctPlan<V::Scalar>, z: &[Complex<V>], first: usize);
}

/// DCT of every column of a band [t, width].
#[inline(always)]
fn columns<S: Isa, V: Vector<Scalar = f32>>(
    plan: &DctPlan<f32>,
    band: &[f32],
    used: usize,
    (x, y): (&mut [Complex<V>], &mut [Complex<V>]),
    to: &mut impl Columns<V>,
) {
    let width = band.len() / plan.fft.n;
    for first in (0..used).step_by(2 * V::LANES) {
        let mut edge = [0.0; 32];
        let count = (used - first).min(2 * V::LANES);
        for (&place, row) in plan.place.iter().zip(band.chunks_exact(width)) {
            let row = &row[first..];
            let (re, im) = if row.len() >= 2 * V::LANES {
                (V::load(row), V::load(&row[V::LANES..]))
            } else {
                edge[..count].copy_from_slice(&row[..count]);
                (V::load(&edge), V::load(&edge[V::LANES..]))
            };
            x[place as usize] = Complex { re, im };
        }
        to.take(plan, transform::<S, _>(&plan.fft, &mut *x, &mut *y), first);
    }
}

/// Turned: row frequencies of column x stand at `to[x·depth ..]`.
struct Turned<'a, V> {
    collected: &'a mut [[V; 2]],
    to: &'a mut [f32],
}

impl<V: Vector<Scalar = f32>> Columns<V> for Turned<'_, V> {
    #[inline(always)]
    fn take(&mut self, plan: &DctPlan<f32>, z: &[Complex<V>], first: usize) {
        // Coefficients come in pairs k and t − k: collected in order first, then turned by squares of LANES.
        unpack(plan, z, &mut Collected(&mut *self.collected));
        let depth = self.collected.len();
        let mut square = [V::splat(0.0); 16];
        for start in (0..depth).step_by(V::LANES) {
            for half in 0..2 {
                for (lanes, pair) in square.iter_mut().zip(&self.collected[start..start + V::LANES]) {
                    *lanes = pair[half];
                }
                V::transpose(&mut square[..V::LANES]);
                for (lane, values) in square.iter().enumerate().take(V::LANES) {
                    let column = first + half * V::LANES + lane;
                    values.store(&mut self.to[column * depth + start..]);
                }
            }
        }
    }
}

/// A row for each frequency, as the columns stand in the plane.
struct InRows<'a> {
    to: &'a mut [f32],
    wide: usize,
}

impl<V: Vector<Scalar = f32>> Columns<V> for InRows<'_> {
    #[inline(always)]
    fn take(&mut self, plan: &DctPlan<f32>, z: &[Complex<V>], first: usize) {
        unpack(plan, z, &mut AtColumn { to: &mut *self.to, wide: self.wide, first });
    }
}

struct AtColumn<'a> {
    to: &'a mut [f32],
    wide: usize,
    first: usize,
}

impl<V: Vector<Scalar = f32>> Sink<V> for AtColumn<'_> {
    #[inline(always)]
    fn put(&mut self, k: usize, a: V, b: V) {
        let to = &mut self.to[k * self.wide + self.first..][..2 * V::LANES];
        a.store(to);
        b.store(&mut to[V::LANES..]);
    }
}

/// Rows of frequencies turned, for small tiles: at `to[x·LANES ..]` stand the t frequencies of column x, then those of the column one
/// stride further on, and so on: the same column of as many tiles as fit. Those of tiles that are not there are not used.
#[inline(always)]
fn turn_beside<V: Vector<Scalar = f32>>(rows: &[f32], wide: usize, (t, stride): (usize, usize), to: &mut [f32]) {
    let mut square = [V::splat(0.0); 16];
    for (block, to) in to.chunks_exact_mut(V::LANES * V::LANES).enumerate() {
        for (lane, values) in square.iter_mut().enumerate().take(V::LANES) {
            *values = V::load(&rows[lane % t * wide + block * V::LANES + lane / t * stride..]);
        }
        V::transpose(&mut square[..V::LANES]);
        for (values, to) in square.iter().zip(to.chunks_exact_mut(V::LANES)) {
            values.store(to);
        }
    }
}

/// Largest tile; larger ones are better served by [`Kernels::dct2`].
const MOST: usize = 256;

impl Kernels {
    /// Mean and population deviation, over the tiles of each plane, of ln(|DCT-II| + eps): planes [n, h, w] → two [n, t, t].
    ///
    /// Tiles may overlap (`stride` < `tile`); what is left at the right and bottom is not used. The transform is orthonormal, per tile.
    /// O(tiles·t²·log t), memory O(w·t): no tile is stored. Sums in float32 per band of tiles and float64 above; results do not depend
    /// on the number of threads.
    /// Errors: [`KernelError::Shape`] if a plane is smaller than the tile, [`KernelError::Value`] for tiles outside 1…256, a stride of
    /// 0 or a negative eps.
    pub fn tile_log_dct(
        &self,
        x: &[f32],
        height: usize,
        width: usize,
        grid: TileGrid,
        eps: f64,
    ) -> Result<TileStatistics> {
        let op = "tileLogDct";
        let TileGrid { tile: t, stride } = grid;
        checked_eps(op, eps)?;
        if !(1..=MOST).contains(&t) || stride == 0 {
            return Err(KernelError::value(
                op,
                format!("tile must be 1…{MOST} and stride at least 1, not {t} and {stride}"),
            ));
        }
        if height < t || width < t || !x.len().is_multiple_of(height * width) {
            return Err(KernelError::shape(op, format!("planes of at least {t}×{t}"), [height, width]));
        }
        let plan = self.plans_f32.dct.get(t, DctPlan::new);
        let planes = x.len() / (height * width);
        let tops: Vec<usize> = (0..=height - t).step_by(stride).collect();
        let jobs = tops.len().div_ceil(BANDS);
        let partials = self.map(planes * jobs, x.len(), |job| {
            let plane = &x[job / jobs * height * width..][..height * width];
            let tops = tops[job % jobs * BANDS..].iter().copied().take(BANDS).collect();
            let eps = eps as f32;
            with_scratch(|lines| dispatch(Bands { plan: &plan, plane, width, grid, tops, eps, lines }))
        });
        let mut mean = self.buffer(op, planes * t * t)?;
        let mut deviation = self.buffer(op, planes * t * t)?;
        for (plane, jobs) in partials.chunks(jobs).enumerate() {
            for r in 0..t {
                for k in 0..t {
                    let at = k * padded(t) + r;
                    let (m, d) = merge(jobs, at);
                    mean[(plane * t + r) * t + k] = m as f32;
                    deviation[(plane * t + r) * t + k] = d as f32;
                }
            }
        }
        Ok(TileStatistics { mean, deviation })
    }
}

/// Mean and deviation of one coefficient over the jobs (Chan's merge).
fn merge(jobs: &[Partial], at: usize) -> (f64, f64) {
    let (mut count, mut mean, mut m2) = (0.0, 0.0, 0.0);
    for job in jobs {
        let n = job.tiles as f64;
        let shifted = job.sum[at] / n;
        let (job_mean, job_m2) = (f64::from(job.shift[at]) + shifted, job.squares[at] - n * shifted * shifted);
        let delta: f64 = job_mean - mean;
        m2 += job_m2 + delta * delta * count * n / (count + n);
        count += n;
        mean += delta * n / count;
    }
    (mean, (m2 / count).max(0.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stood_in_the_scratch_before_changes_nothing() {
        let x: Vec<f32> = (0..70 * 70).map(|i| (i * 7919 % 256) as f32).collect();
        // Odd sides; small tiles side by side in a vector, of which the last has no neighbour.
        for grid in [(33, 33), (8, 5), (8, 4), (4, 3), (2, 5), (1, 9)].map(|(tile, stride)| TileGrid { tile, stride }) {
            let after = |level: f32| {
                let x = x.clone();
                // Scratch belongs to its thread.
                let run = move || {
                    let kernels = Kernels::new();
                    kernels.dct2(&vec![level; 300 * 200], 300, 200).unwrap();
                    kernels.tile_log_dct(&x, 70, 70, grid, 0.1).unwrap()
                };
                std::thread::spawn(run).join().unwrap()
            };
            assert_eq!(after(1e9), after(0.0), "{grid:?}");
        }
    }
}
