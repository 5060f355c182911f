//! How often two grey levels stand beside each other.

use crate::simd::{Isa, Task};

/// Offsets (rows, columns) of the four directions: right, down right, down, down left.
pub(super) const DIRECTIONS: [(usize, isize); 4] = [(0, 1), (1, 1), (1, 0), (1, -1)];

/// Pairs whose indices are formed at a time.
const BLOCK: usize = 256;

/// Counts the unordered pairs of a plane: `counts[low · levels + high]`, low ≤ high; the rest stays 0.
pub(super) struct Count<'a> {
    pub(super) plane: &'a [u8],
    pub(super) width: usize,
    pub(super) direction: (usize, isize),
    pub(super) levels: usize,
    /// Two tables of levels², which take turns, so that runs of one pair do not wait for their own increments; added up at the end.
    pub(super) counts: &'a mut [u32],
}

impl Task for Count<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Isa>(self) {
        let (rows, columns) = self.direction;
        let (even, odd) = self.counts.split_at_mut(self.levels * self.levels);
        let height = self.plane.len() / self.width;
        let pairs = self.width - columns.unsigned_abs();
        let (from, to) = if columns < 0 { (1, 0) } else { (0, columns.unsigned_abs()) };
        let levels = self.levels as u16;
        let mut places = [0_u16; BLOCK];
        for y in 0..height - rows {
            let first = &self.plane[y * self.width + from..][..pairs];
            let second = &self.plane[(y + rows) * self.width + to..][..pairs];
            for (first, second) in first.chunks(BLOCK).zip(second.chunks(BLOCK)) {
                for ((place, &a), &b) in places.iter_mut().zip(first).zip(second) {
                    *place = u16::from(a.min(b)) * levels + u16::from(a.max(b));
                }
                let mut two = places[..first.len()].chunks_exact(2);
                for two in &mut two {
                    even[usize::from(two[0])] += 1;
                    odd[usize::from(two[1])] += 1;
                }
                for &place in two.remainder() {
                    even[usize::from(place)] += 1;
                }
            }
        }
        for (even, odd) in even.iter_mut().zip(odd) {
            *even += *odd;
        }
    }
}
