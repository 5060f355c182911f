//! How often three values stand in a row: third-order co-occurrences.

use crate::simd::{Isa, Task};

/// Values whose places are formed at a time.
const BLOCK: usize = 256;

/// Counts of triples (a, b, c) at a + n·b + n²·c, in tables of a power of two of at least n³ cells.
pub(super) struct Triples<const CELLS: usize> {
    /// Four tables, which take turns, so that runs of one triple do not wait for their own increments.
    tables: Box<[[u32; CELLS]; 4]>,
}

impl<const CELLS: usize> Triples<CELLS> {
    pub(super) fn new() -> Self {
        Self { tables: Box::new([[0; CELLS]; 4]) }
    }

    /// Adds every triple whose members stand in three rows of equal length, or in one row shifted by one and two.
    #[inline(always)]
    fn add(&mut self, n: u16, [a, b, c]: [&[u8]; 3]) {
        let mut places = [0_u16; BLOCK];
        for ((a, b), c) in a.chunks(BLOCK).zip(b.chunks(BLOCK)).zip(c.chunks(BLOCK)) {
            for (place, ((&a, &b), &c)) in places.iter_mut().zip(a.iter().zip(b).zip(c)) {
                *place = u16::from(a) + n * (u16::from(b) + n * u16::from(c));
            }
            for (i, &place) in places[..a.len()].iter().enumerate() {
                self.tables[i % 4][usize::from(place) % CELLS] += 1;
            }
        }
    }

    /// Cells with a ≤ c, of (a, b, c) and (c, b, a) together, over the number of triples; a runs fastest. Added to `to`.
    pub(super) fn fold_into(&self, n: usize, triples: usize, to: &mut [f64]) {
        let count = |a: usize, b: usize, c: usize| -> f64 {
            let place = a + n * (b + n * c);
            self.tables.iter().map(|table| f64::from(table[place])).sum()
        };
        let cells = (0..n).flat_map(|c| (0..n).flat_map(move |b| (0..=c).map(move |a| (a, b, c))));
        for (to, (a, b, c)) in to.iter_mut().zip(cells) {
            let both = if a == c { count(a, b, c) } else { count(a, b, c) + count(c, b, a) };
            *to += both / triples as f64;
        }
    }
}

/// Adds the triples of a plane of values below `n` along rows and along columns.
pub(super) struct Collect<'a, const CELLS: usize> {
    pub(super) plane: &'a [u8],
    pub(super) width: usize,
    pub(super) n: u16,
    pub(super) along_rows: &'a mut Triples<CELLS>,
    pub(super) along_columns: &'a mut Triples<CELLS>,
}

impl<const CELLS: usize> Task for Collect<'_, CELLS> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let w = self.width;
        for row in self.plane.chunks_exact(w) {
            self.along_rows.add(self.n, [&row[..w - 2], &row[1..w - 1], &row[2..]]);
        }
        for rows in self.plane.windows(3 * w).step_by(w) {
            self.along_columns.add(self.n, [&rows[..w], &rows[w..2 * w], &rows[2 * w..]]);
        }
    }
}
