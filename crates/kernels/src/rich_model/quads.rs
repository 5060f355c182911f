//! How often four truncated residuals stand in a row: fourth-order co-occurrences.

/// Values of a residual truncated to −2…2, stored as 0…4.
const LEVELS: usize = 5;
const QUADS: usize = LEVELS.pow(4);
/// A power of two, so that a place is brought inside its table by a mask.
const CELLS: usize = QUADS.next_power_of_two();
/// Cells left when a row, its reverse, its negative and the reverse of that are one.
pub(super) const QUAD_CELLS: usize = 169;
/// Values whose places are formed at a time.
const BLOCK: usize = 256;

/// The cell of each (a, b, c, d), at ((5a + b)·5 + c)·5 + d. Cells are in the order of their smallest member.
static CELL_OF: [u8; QUADS] = {
    let mut cells = [0; QUADS];
    let (mut place, mut count) = (0, 0);
    while place < QUADS {
        let first = smallest(place);
        if first == place {
            cells[place] = count;
            count += 1;
        } else {
            cells[place] = cells[first];
        }
        place += 1;
    }
    assert!(count as usize == QUAD_CELLS);
    cells
};

/// The smallest place that means the same.
const fn smallest(place: usize) -> usize {
    let (a, b, c, d) = (place / 125, place / 25 % 5, place / 5 % 5, place % 5);
    let reverse = ((d * LEVELS + c) * LEVELS + b) * LEVELS + a;
    // 4 − each digit.
    let (negative, both) = (QUADS - 1 - place, QUADS - 1 - reverse);
    let mut least = place;
    if reverse < least {
        least = reverse;
    }
    if negative < least {
        least = negative;
    }
    if both < least { both } else { least }
}

/// Counts of quads.
pub(super) struct Quads {
    /// Four tables, which take turns, so that runs of one quad do not wait for their own increments.
    tables: Box<[[u32; CELLS]; 4]>,
}

impl Quads {
    pub(super) fn new() -> Self {
        Self { tables: Box::new([[0; CELLS]; 4]) }
    }

    /// Adds the quads along the rows of a plane of levels.
    #[inline(always)]
    pub(super) fn along_rows(&mut self, plane: &[u8], width: usize) {
        if width < 4 {
            return;
        }
        for row in plane.chunks_exact(width) {
            self.add([&row[..width - 3], &row[1..width - 2], &row[2..width - 1], &row[3..]]);
        }
    }

    /// Adds the quads along the columns.
    #[inline(always)]
    pub(super) fn along_columns(&mut self, plane: &[u8], width: usize) {
        for rows in plane.windows(4 * width).step_by(width) {
            let (a, rest) = rows.split_at(width);
            let (b, rest) = rest.split_at(width);
            let (c, d) = rest.split_at(width);
            self.add([a, b, c, d]);
        }
    }

    #[inline(always)]
    fn add(&mut self, [a, b, c, d]: [&[u8]; 4]) {
        let mut places = [0_u16; BLOCK];
        let blocks = a.chunks(BLOCK).zip(b.chunks(BLOCK)).zip(c.chunks(BLOCK)).zip(d.chunks(BLOCK));
        for (((a, b), c), d) in blocks {
            let values = a.iter().zip(b).zip(c).zip(d);
            for (place, (((&a, &b), &c), &d)) in places.iter_mut().zip(values) {
                *place = ((u16::from(a) * 5 + u16::from(b)) * 5 + u16::from(c)) * 5 + u16::from(d);
            }
            let mut four = places[..a.len()].chunks_exact(4);
            for four in &mut four {
                for (table, &place) in self.tables.iter_mut().zip(four) {
                    table[usize::from(place) % CELLS] += 1;
                }
            }
            for &place in four.remainder() {
                self.tables[0][usize::from(place) % CELLS] += 1;
            }
        }
    }

    /// Square roots of the shares of the cells; zeros where nothing was counted. Starts anew.
    pub(super) fn take(&mut self, to: &mut [f32]) {
        let mut cells = [0_u64; QUAD_CELLS];
        for table in self.tables.iter_mut() {
            for (&cell, &count) in CELL_OF.iter().zip(table.iter()) {
                cells[usize::from(cell)] += u64::from(count);
            }
            table.fill(0);
        }
        let total = cells.iter().sum::<u64>().max(1) as f64;
        for (to, &count) in to.iter_mut().zip(&cells) {
            *to = (count as f64 / total).sqrt() as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quad_its_reverse_and_their_negatives_share_a_cell() {
        let place = |[a, b, c, d]: [usize; 4]| ((a * 5 + b) * 5 + c) * 5 + d;
        for (same, quad) in [([4, 2, 1, 0], [0, 1, 2, 4]), ([4, 3, 2, 0], [0, 1, 2, 4]), ([0, 2, 3, 4], [0, 1, 2, 4])] {
            assert_eq!(CELL_OF[place(same)], CELL_OF[place(quad)], "{same:?} {quad:?}");
        }
        assert_ne!(CELL_OF[place([0, 1, 2, 4])], CELL_OF[place([0, 2, 1, 4])]);
        assert_eq!((CELL_OF[0], CELL_OF[1]), (0, 1));
        assert_eq!(CELL_OF.iter().max(), Some(&(QUAD_CELLS as u8 - 1)));
    }

    #[test]
    fn counts_along_rows_and_columns() {
        // 4×5: one quad a column, two a row.
        let plane: Vec<u8> = (0..20).map(|i| i % 5).collect();
        let mut quads = Quads::new();
        let mut shares = [0.0; QUAD_CELLS];
        quads.along_rows(&plane, 5);
        quads.take(&mut shares);
        // 0123 and 1234 are negatives of each other's reverse.
        assert_eq!(shares[usize::from(CELL_OF[38])], 1.0);
        quads.along_columns(&plane, 5);
        quads.take(&mut shares);
        let squares: f32 = shares.iter().map(|s| s * s).sum();
        assert!((squares - 1.0).abs() < 1e-6 && shares.iter().filter(|&&s| s > 0.0).count() == 3, "{shares:?}");
        quads.along_rows(&plane[..3], 3);
        quads.take(&mut shares);
        assert!(shares.iter().all(|&s| s == 0.0));
    }
}
