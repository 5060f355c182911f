//! Bilateral filter: neighbours count less the further they are away in place and in colour.

use super::Layout;
use super::borders::mirrored;
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::exp::exp_below_0;
use crate::simd::{Isa, Task, dispatch, level};

/// Pixels of a row that are worked on side by side.
const BLOCK: usize = 64;
/// Largest radius.
const MOST: usize = 32;

/// A neighbour: row of the window, column in the widened rows, weight of the place.
struct Neighbour {
    row: usize,
    column: usize,
    weight: f32,
}

struct Row<'a> {
    /// Channel planes of the rows of the window, each wider by it: `rows[k][channel · wide + x]`.
    rows: &'a [&'a [f32]],
    wide: usize,
    radius: usize,
    neighbours: &'a [Neighbour],
    /// −1/(2·sigma²) of colours.
    falloff: f32,
    channels: usize,
    to: &'a mut [u8],
}

impl Task for Row<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        if self.channels == 1 { self.filter::<1>() } else { self.filter::<3>() }
    }
}

impl Row<'_> {
    /// The block of a channel that begins at a column of the window.
    #[inline(always)]
    fn block(&self, row: usize, column: usize, channel: usize) -> &[f32; BLOCK] {
        // Rows are long enough for whole blocks.
        self.rows[row][channel * self.wide + column..].first_chunk().unwrap_or(&[0.0; BLOCK])
    }

    /// Loops are over whole blocks: without checks and ends they become vectors.
    #[inline(always)]
    fn filter<const C: usize>(self) {
        let mut levels = [[0; C]; BLOCK];
        for start in (0..self.to.len() / C).step_by(BLOCK) {
            let centre: [&[f32; BLOCK]; C] = std::array::from_fn(|c| self.block(self.radius, self.radius + start, c));
            let mut sums = [[0.0_f32; BLOCK]; C];
            let mut total = [0.0_f32; BLOCK];
            for &Neighbour { row, column, weight } in self.neighbours {
                let beside: [&[f32; BLOCK]; C] = std::array::from_fn(|c| self.block(row, column + start, c));
                for i in 0..BLOCK {
                    let mut distance = 0.0;
                    for c in 0..C {
                        distance += (beside[c][i] - centre[c][i]).abs();
                    }
                    let weight = weight * exp_below_0(distance * distance * self.falloff);
                    total[i] += weight;
                    for c in 0..C {
                        sums[c][i] += weight * beside[c][i];
                    }
                }
            }
            for c in 0..C {
                for i in 0..BLOCK {
                    levels[i][c] = level(sums[c][i] / total[i] + 0.5);
                }
            }
            let to = &mut self.to[start * C..];
            let length = to.len().min(BLOCK * C);
            to[..length].copy_from_slice(&levels.as_flattened()[..length]);
        }
    }
}

impl Kernels {
    /// Bilateral filter of 8-bit pictures [n, h, w, 1|3], same shape; borders mirrored without repeating the edge.
    ///
    /// Neighbours within `radius` samples (a disc) weigh exp(−r²/2·place²)·exp(−d²/2·colour²), d the sum of the channels' differences
    /// in levels; rounded, halves up. Within one level of OpenCV's `bilateralFilter` with d = 2·radius + 1. O(hw·radius²).
    /// Errors: [`KernelError::Shape`] for other channel counts or sides of 0, [`KernelError::Value`] for a radius outside 1…32 or a
    /// sigma that is not above 0. Source: Tomasi, Manduchi 1998.
    pub fn bilateral_filter(
        &self,
        images: &[u8],
        sizes: [usize; 3],
        radius: usize,
        (colour, place): (f64, f64),
    ) -> Result<Vec<u8>> {
        let op = "bilateralFilter";
        let Layout { image, row } = Layout::of(op, images.len(), sizes)?;
        let [height, width, channels] = sizes;
        if !matches!(channels, 1 | 3) {
            return Err(KernelError::shape(op, "images of 1 or 3 channels", sizes));
        }
        let above = |sigma: f64| sigma > 0.0 && sigma.is_finite();
        if !(1..=MOST).contains(&radius) || !above(colour) || !above(place) {
            return Err(KernelError::value(
                op,
                format!("radius must be 1…{MOST} and sigmas above 0, not {radius}, {colour}, {place}"),
            ));
        }
        let wide = width.next_multiple_of(BLOCK) + 2 * radius;
        let mut planes = self.buffer_of::<f32>(op, &[images.len() / row, channels, wide])?;
        self.each(images, row, &mut planes, channels * wide, |_, from, to| {
            for (c, to) in to.chunks_exact_mut(wide).enumerate() {
                for (x, to) in to.iter_mut().enumerate() {
                    *to = from[mirrored(x as isize - radius as isize, width) * channels + c].into();
                }
            }
        });
        let neighbours: Vec<Neighbour> = (0..(2 * radius + 1).pow(2))
            .map(|i| (i / (2 * radius + 1), i % (2 * radius + 1)))
            .filter_map(|(row, column)| {
                let squared = row.abs_diff(radius).pow(2) + column.abs_diff(radius).pow(2);
                let weight = (-(squared as f64) / (2.0 * place * place)).exp() as f32;
                (squared <= radius * radius).then_some(Neighbour { row, column, weight })
            })
            .collect();
        let falloff = (-1.0 / (2.0 * colour * colour)) as f32;
        let mut out = self.buffer(op, images.len())?;
        let lines = &planes;
        self.each_row(&mut out, row, |i, to| {
            let (picture, y) = (i / height, i % height);
            let line = |k: usize| {
                let from = mirrored(y as isize + k as isize - radius as isize, height);
                &lines[(picture * (image / row) + from) * channels * wide..][..channels * wide]
            };
            let rows: Vec<&[f32]> = (0..=2 * radius).map(line).collect();
            dispatch(Row { rows: &rows, wide, radius, neighbours: &neighbours, falloff, channels, to });
        });
        self.recycle(planes);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_an_edge_and_smooths_beside_it() {
        let x: Vec<u8> =
            (0..8 * 10).map(|i| if i % 10 < 5 { 20 + (i * 7 % 3) as u8 } else { 220 + (i * 5 % 3) as u8 }).collect();
        let out = Kernels::new().bilateral_filter(&x, [8, 10, 1], 2, (20.0, 2.0)).unwrap();
        assert!(out.iter().enumerate().all(|(i, &v)| v == if i % 10 < 5 { 21 } else { 221 }), "{out:?}");
        assert!(Kernels::new().bilateral_filter(&x, [8, 10, 1], 0, (20.0, 2.0)).is_err());
        assert!(Kernels::new().bilateral_filter(&x, [8, 5, 2], 1, (20.0, 2.0)).is_err());
    }
}
