//! Median of a square neighbourhood.

use super::Layout;
use super::borders::{replicated, widen};
use crate::context::{Kernels, with_scratch};
use crate::error::{KernelError, Result};
use crate::simd::{ByteVector, Isa, Line, Task, carve, dispatch, lines_for};

/// Widest window.
const MOST: usize = 15;
/// Rows are this many samples longer than needed at most: whole vectors of all widths.
const WHOLE: usize = 64;

/// How many of line k of the sorted columns cannot be the median, at the lower and at the upper end. Columns sorted, then lines sorted:
/// the j-th of line k has (k + 1)(j + 1) − 1 samples that are no larger and (side − k)(side − j) − 1 that are no smaller.
const fn hopeless(side: usize, k: usize) -> (usize, usize) {
    let middle = side * side / 2 + 1;
    let (mut low, mut high, mut j) = (0, 0, 0);
    while j < side {
        if (side - k) * (side - j) > middle {
            low += 1;
        }
        if (k + 1) * (j + 1) > middle {
            high += 1;
        }
        j += 1;
    }
    (low, high)
}

#[inline(always)]
fn order<V: ByteVector>(x: &mut [V], low: usize, high: usize) {
    (x[low], x[high]) = (x[low].min(x[high]), x[low].max(x[high]));
}

#[inline(always)]
fn least_first<V: ByteVector>(x: &mut [V]) {
    for i in 1..x.len() {
        order(x, 0, i);
    }
}

#[inline(always)]
fn largest_last<V: ByteVector>(x: &mut [V]) {
    for i in 0..x.len() - 1 {
        order(x, i, x.len() - 1);
    }
}

/// The median by forgetting: of the first n/2 + 2 values neither the least nor the largest can be it, so both make room for one more,
/// until three are left.
#[inline(always)]
fn middle<V: ByteVector>(x: &mut [V]) -> V {
    let mut length = x.len() / 2 + 2;
    for next in length..=x.len() {
        least_first(&mut x[..length]);
        largest_last(&mut x[1..length]);
        if next < x.len() {
            (x[0], length) = (x[next], length - 1);
        }
    }
    x[1]
}

/// A row of medians: columns are sorted once for all windows that they are in, of each line of the sorted columns only those remain that
/// can be the median, and of these it is the middle one. Every step is a minimum or a maximum of whole vectors.
struct Row<'a> {
    /// Rows of the window, wider by it, and then whole vectors.
    rows: &'a [&'a [u8]],
    channels: usize,
    to: &'a mut [u8],
    lines: &'a mut Vec<Line>,
}

impl Task for Row<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        match self.rows.len() {
            3 => self.medians::<S::U8, 3>(3),
            5 => self.medians::<S::U8, 5>(5),
            side => self.medians::<S::U8, MOST>(side),
        }
    }
}

impl Row<'_> {
    /// `side` is told apart from its bound so that the loops of small windows unroll into registers.
    #[inline(always)]
    fn medians<V: ByteVector, const BOUND: usize>(self, side: usize) {
        let side = if BOUND < MOST { BOUND } else { side };
        let wide = self.rows[0].len();
        let needed = lines_for::<u8>(side * wide);
        if self.lines.len() < needed {
            self.lines.resize(needed, Line::ZERO);
        }
        let (sorted, _) = carve::<u8>(self.lines, side * wide);
        let mut line = [V::splat(0); BOUND];
        for x in (0..wide).step_by(V::LANES) {
            for k in 0..side {
                line[k] = V::load(&self.rows[k][x..]);
                for i in (0..k).rev() {
                    order(&mut line, i, i + 1);
                }
            }
            for k in 0..side {
                line[k].store(&mut sorted[k * wide + x..]);
            }
        }
        let mut hopeful = [V::splat(0); MOST * MOST];
        for (block, to) in self.to.chunks_mut(V::LANES).enumerate() {
            let mut count = 0;
            for k in 0..side {
                let from = &sorted[k * wide + block * V::LANES..];
                for j in 0..side {
                    line[j] = V::load(&from[j * self.channels..]);
                }
                let (low, high) = hopeless(side, k);
                for i in 0..low {
                    least_first(&mut line[i..side]);
                }
                for i in 0..high {
                    largest_last(&mut line[low..side - i]);
                }
                for j in low..side - high {
                    hopeful[count] = line[j];
                    count += 1;
                }
            }
            let median = middle(&mut hopeful[..count]);
            if to.len() == V::LANES {
                median.store(to);
            } else {
                let mut edge = [0; WHOLE];
                median.store(&mut edge);
                to.copy_from_slice(&edge[..to.len()]);
            }
        }
    }
}

impl Kernels {
    /// Median over side × side windows of each channel of 8-bit pictures [n, h, w, c], same shape; the edge is repeated outside.
    ///
    /// Equals OpenCV's `medianBlur` for every odd side. O(hw·side³) vector minima or so: sides of 3 and 5 cost next to nothing.
    /// Errors: [`KernelError::Shape`] for sides of 0, [`KernelError::Value`] for a window that is even or not 3…15.
    pub fn median_filter(&self, images: &[u8], sizes: [usize; 3], side: usize) -> Result<Vec<u8>> {
        let op = "medianFilter";
        let Layout { image, row } = Layout::of(op, images.len(), sizes)?;
        let [height, _, channels] = sizes;
        if side.is_multiple_of(2) || !(3..=MOST).contains(&side) {
            return Err(KernelError::value(op, format!("the window's side must be odd and 3…{MOST}, not {side}")));
        }
        let radius = side / 2;
        // Whole vectors from every place of the row on; what stands beyond the picture reaches no median that is kept.
        let wide = row.next_multiple_of(WHOLE) + (2 * radius * channels).next_multiple_of(WHOLE);
        let mut widened = self.buffer::<u8>(op, images.len() / row * wide)?;
        self.each(images, row, &mut widened, wide, |_, from, to| {
            let mut line = Vec::with_capacity(wide);
            widen(from, channels, radius, replicated, &mut line);
            to[..line.len()].copy_from_slice(&line);
            to[line.len()..].fill(0);
        });
        let mut out = self.buffer(op, images.len())?;
        let lines = &widened;
        self.each_row(&mut out, row, |i, to| {
            let (picture, y) = (i / height, i % height);
            let line = |k: usize| {
                let from = replicated(y as isize + k as isize - radius as isize, height);
                &lines[(picture * (image / row) + from) * wide..][..wide]
            };
            let rows: Vec<&[u8]> = (0..side).map(line).collect();
            with_scratch(|lines| dispatch(Row { rows: &rows, channels, to, lines }));
        });
        self.recycle(widened);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_sorting() {
        let (h, w, c) = (9, 23, 3);
        let x: Vec<u8> = (0..h * w * c).map(|i| (i * i * 31 % 257) as u8).collect();
        for side in [3, 5, 7, 9, 11, 13, 15] {
            let got = Kernels::new().median_filter(&x, [h, w, c], side).unwrap();
            let radius = (side / 2) as isize;
            for (i, &got) in got.iter().enumerate() {
                let (y, column, channel) = ((i / c / w) as isize, (i / c % w) as isize, i % c);
                let mut window: Vec<u8> = (-radius..=radius)
                    .flat_map(|dy| (-radius..=radius).map(move |dx| (dy, dx)))
                    .map(|(dy, dx)| x[(replicated(y + dy, h) * w + replicated(column + dx, w)) * c + channel])
                    .collect();
                window.sort_unstable();
                assert_eq!(got, window[side * side / 2], "side {side}, sample {i}");
            }
        }
        assert!(Kernels::new().median_filter(&x, [h, w, c], 4).is_err());
    }
}
