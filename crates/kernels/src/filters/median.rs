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
fn hopeless(side: usize, k: usize) -> (usize, usize) {
    let middle = side * side / 2 + 1;
    let beyond = |place: usize| (1..=side).filter(|j| place * j > middle).count();
    (beyond(side - k), beyond(k + 1))
}

/// Brings the least of the values to the front.
#[inline(always)]
fn least_first<V: ByteVector>(x: &mut [V]) {
    let Some((first, others)) = x.split_first_mut() else { return };
    for other in others {
        (*first, *other) = (first.min(*other), first.max(*other));
    }
}

/// Brings the largest of the values to the end.
#[inline(always)]
fn largest_last<V: ByteVector>(x: &mut [V]) {
    let Some((last, others)) = x.split_last_mut() else { return };
    for other in others {
        (*other, *last) = (other.min(*last), other.max(*last));
    }
}

/// Both.
#[inline(always)]
fn ends<V: ByteVector>(x: &mut [V]) {
    let last = x.len() - 1;
    let (mut least, mut largest) = (x[0].min(x[last]), x[0].max(x[last]));
    for value in &mut x[1..last] {
        let rest = least.max(*value);
        least = least.min(*value);
        *value = rest.min(largest);
        largest = largest.max(rest);
    }
    (x[0], x[last]) = (least, largest);
}

/// The median by forgetting: of the first n/2 + 2 values neither the least nor the largest can be it, so both make room for one more,
/// until three are left.
#[inline(always)]
fn middle<V: ByteVector>(x: &mut [V]) -> V {
    let first = x.len() / 2 + 2;
    for next in first..=x.len() {
        ends(&mut x[..2 * first - next]);
        if next < x.len() {
            x[0] = x[next];
        }
    }
    x[1]
}

/// A step of [`middle`] in registers: without the ends, and with one more.
#[inline(always)]
fn forget<V: ByteVector, const N: usize, const M: usize>(mut x: [V; N], next: V) -> [V; M] {
    ends(&mut x);
    let mut kept = [next; M];
    kept[..M - 1].copy_from_slice(&x[1..M]);
    kept
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
            3 => self.medians::<S::U8, _>(Three),
            5 => self.medians::<S::U8, _>(Five),
            side => self.medians::<S::U8, _>(Any(side)),
        }
    }
}

impl Row<'_> {
    #[inline(always)]
    fn medians<V: ByteVector, W: Window>(self, window: W) {
        let stride = self.rows[0].len();
        let size = self.rows.len() * stride;
        if self.lines.len() < lines_for::<u8>(size) {
            self.lines.resize(lines_for::<u8>(size), Line::ZERO);
        }
        let (sorted, _) = carve::<u8>(self.lines, size);
        for x in (0..stride).step_by(V::LANES) {
            window.sort_columns::<V>(self.rows, x, sorted);
        }
        for (block, to) in self.to.chunks_mut(V::LANES).enumerate() {
            let median: V = window.median(&sorted[block * V::LANES..], stride, self.channels);
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

/// What is done with windows of one size. A trait and not a closure, as [`crate::fft`] explains.
trait Window: Copy {
    /// Sorts the columns from `x` on into lines of `sorted`, as long as the rows.
    fn sort_columns<V: ByteVector>(self, rows: &[&[u8]], x: usize, sorted: &mut [u8]);
    /// The medians of the windows whose sorted columns start here, lines `stride` apart, columns `step`.
    fn median<V: ByteVector>(self, sorted: &[u8], stride: usize, step: usize) -> V;
}

/// Compares and exchanges in registers: places are literals.
macro_rules! order {
    ($x:ident: $($low:literal $high:literal),*) => {
        $(($x[$low], $x[$high]) = ($x[$low].min($x[$high]), $x[$low].max($x[$high]));)*
    };
}

/// One vector of each row.
#[inline(always)]
fn column<V: ByteVector, const N: usize>(rows: &[&[u8]], x: usize) -> [V; N] {
    let mut column = [V::splat(0); N];
    for k in 0..N {
        column[k] = V::load(&rows[k][x..]);
    }
    column
}

#[inline(always)]
fn store_column<V: ByteVector, const N: usize>(column: [V; N], sorted: &mut [u8], x: usize) {
    let stride = sorted.len() / N;
    for k in 0..N {
        column[k].store(&mut sorted[k * stride + x..]);
    }
}

/// The vectors of line k that windows reach.
#[inline(always)]
fn line<V: ByteVector, const N: usize>(sorted: &[u8], k: usize, stride: usize, step: usize) -> [V; N] {
    let mut line = [V::splat(0); N];
    for i in 0..N {
        line[i] = V::load(&sorted[k * stride + i * step..]);
    }
    line
}

#[derive(Clone, Copy)]
struct Three;

impl Window for Three {
    #[inline(always)]
    fn sort_columns<V: ByteVector>(self, rows: &[&[u8]], x: usize, sorted: &mut [u8]) {
        let mut c: [V; 3] = column(rows, x);
        order!(c: 0 1, 1 2, 0 1);
        store_column(c, sorted, x);
    }

    #[inline(always)]
    fn median<V: ByteVector>(self, sorted: &[u8], stride: usize, step: usize) -> V {
        let (a, mut b, c): ([V; 3], [V; 3], [V; 3]) =
            (line(sorted, 0, stride, step), line(sorted, 1, stride, step), line(sorted, 2, stride, step));
        order!(b: 0 1, 1 2, 0 1);
        let mut m = [a[0].max(a[1]).max(a[2]), b[1], c[0].min(c[1]).min(c[2])];
        order!(m: 0 1, 1 2, 0 1);
        m[1]
    }
}

#[derive(Clone, Copy)]
struct Five;

impl Window for Five {
    #[inline(always)]
    fn sort_columns<V: ByteVector>(self, rows: &[&[u8]], x: usize, sorted: &mut [u8]) {
        let mut c: [V; 5] = column(rows, x);
        order!(c: 0 1, 3 4, 2 4, 2 3, 1 4, 0 3, 0 2, 1 3, 1 2);
        store_column(c, sorted, x);
    }

    #[inline(always)]
    fn median<V: ByteVector>(self, sorted: &[u8], stride: usize, step: usize) -> V {
        let mut a: [V; 5] = line(sorted, 0, stride, step);
        order!(a: 0 1, 0 2, 0 3, 0 4, 1 2, 1 3, 1 4, 2 3, 2 4);
        let mut b: [V; 5] = line(sorted, 1, stride, step);
        order!(b: 0 1, 0 2, 0 3, 0 4, 1 2, 1 3, 1 4);
        let mut c: [V; 5] = line(sorted, 2, stride, step);
        order!(c: 0 1, 0 2, 0 3, 0 4, 1 4, 2 4, 3 4);
        let mut d: [V; 5] = line(sorted, 3, stride, step);
        order!(d: 0 4, 1 4, 2 4, 3 4, 0 3, 1 3, 2 3);
        let mut e: [V; 5] = line(sorted, 4, stride, step);
        order!(e: 0 4, 1 4, 2 4, 3 4, 0 3, 1 3, 2 3, 0 2, 1 2);
        let x: [V; 7] = forget([a[3], a[4], b[2], b[3], b[4], c[1], c[2], c[3]], d[0]);
        let x: [V; 6] = forget(x, d[1]);
        let x: [V; 5] = forget(x, d[2]);
        let x: [V; 4] = forget(x, e[0]);
        let mut x: [V; 3] = forget(x, e[1]);
        ends(&mut x);
        x[1]
    }
}

#[derive(Clone, Copy)]
struct Any(usize);

impl Window for Any {
    #[inline(always)]
    fn sort_columns<V: ByteVector>(self, rows: &[&[u8]], x: usize, sorted: &mut [u8]) {
        let stride = sorted.len() / self.0;
        let mut c = [V::splat(0); MOST];
        for (c, row) in c.iter_mut().zip(rows) {
            *c = V::load(&row[x..]);
        }
        for start in 0..self.0 {
            least_first(&mut c[start..self.0]);
        }
        for (k, c) in c.iter().enumerate().take(self.0) {
            c.store(&mut sorted[k * stride + x..]);
        }
    }

    #[inline(always)]
    fn median<V: ByteVector>(self, sorted: &[u8], stride: usize, step: usize) -> V {
        let side = self.0;
        let mut hopeful = [V::splat(0); MOST * MOST];
        let mut count = 0;
        for k in 0..side {
            let (low, high) = hopeless(side, k);
            let to = &mut hopeful[count..][..side];
            for (i, to) in to.iter_mut().enumerate() {
                *to = V::load(&sorted[k * stride + i * step..]);
            }
            for i in 0..low {
                least_first(&mut to[i..]);
            }
            for i in 0..high {
                largest_last(&mut to[low..side - i]);
            }
            to.copy_within(low..side - high, 0);
            count += side - high - low;
        }
        middle(&mut hopeful[..count])
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
