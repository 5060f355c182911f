//! Median of a square neighbourhood.

use super::Layout;
use super::borders::{replicated, widen};
use crate::context::Kernels;
use crate::error::{KernelError, Result};
use crate::simd::{Isa, Task, dispatch};

/// Samples of a row that are sorted side by side.
const BLOCK: usize = 64;
/// Widest window, and what is kept of it at a time.
const MOST: usize = 15;
const KEPT: usize = MOST * MOST / 2 + 2;

/// A row of medians by forgetting: of the first n/2 + 2 samples neither the least nor the largest can be the median, so both make room
/// for one more, until three are left. Every step is a minimum or a maximum of whole vectors.
struct Row<'a> {
    /// Rows of the window, wider by it.
    rows: &'a [&'a [u8]],
    channels: usize,
    to: &'a mut [u8],
}

impl Task for Row<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let side = self.rows.len();
        let count = side * side;
        let mut kept = [[0_u8; BLOCK]; KEPT];
        for (block, to) in self.to.chunks_mut(BLOCK).enumerate() {
            let sample = |i: usize, into: &mut [u8; BLOCK]| {
                let from = &self.rows[i / side][block * BLOCK + i % side * self.channels..];
                into[..to.len()].copy_from_slice(&from[..to.len()]);
            };
            let mut length = count / 2 + 2;
            for (i, into) in kept[..length].iter_mut().enumerate() {
                sample(i, into);
            }
            let mut next = length;
            loop {
                // The least goes to the front, the largest to the end.
                for i in 1..length {
                    let (low, high) = kept.split_at_mut(i);
                    order(&mut low[0], &mut high[0]);
                }
                for i in 1..length - 1 {
                    let (low, high) = kept.split_at_mut(length - 1);
                    order(&mut low[i], &mut high[0]);
                }
                if next == count {
                    break;
                }
                // A new one in place of the least; the largest is dropped.
                sample(next, &mut kept[0]);
                (next, length) = (next + 1, length - 1);
            }
            to.copy_from_slice(&kept[1][..to.len()]);
        }
    }
}

#[inline(always)]
fn order(low: &mut [u8; BLOCK], high: &mut [u8; BLOCK]) {
    for (low, high) in low.iter_mut().zip(high) {
        (*low, *high) = ((*low).min(*high), (*low).max(*high));
    }
}

impl Kernels {
    /// Median over side × side windows of each channel of 8-bit pictures [n, h, w, c], same shape; the edge is repeated outside.
    ///
    /// Equals OpenCV's `medianBlur` for every odd side. O(hw·side⁴) of vector minima: sides of 3 and 5 cost next to nothing, 15 is slow.
    /// Errors: [`KernelError::Shape`] for sides of 0, [`KernelError::Value`] for a window that is even or not 3…15.
    pub fn median_filter(&self, images: &[u8], sizes: [usize; 3], side: usize) -> Result<Vec<u8>> {
        let op = "medianFilter";
        let Layout { image, row } = Layout::of(op, images.len(), sizes)?;
        let [height, _, channels] = sizes;
        if side.is_multiple_of(2) || !(3..=MOST).contains(&side) {
            return Err(KernelError::value(op, format!("the window's side must be odd and 3…{MOST}, not {side}")));
        }
        let radius = side / 2;
        let wide = row + 2 * radius * channels;
        let mut widened = self.buffer::<u8>(op, images.len() / row * wide)?;
        self.each(images, row, &mut widened, wide, |_, from, to| {
            let mut line = Vec::with_capacity(wide);
            widen(from, channels, radius, replicated, &mut line);
            to.copy_from_slice(&line);
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
            dispatch(Row { rows: &rows, channels, to });
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
        for side in [3, 5, 7, 15] {
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
