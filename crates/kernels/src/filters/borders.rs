//! Where samples outside a picture come from.

/// Mirrored without repeating the edge (reflect-101): −1 is 1, n is n − 2; as often as needed.
pub(super) fn mirrored(i: isize, n: usize) -> usize {
    if n == 1 {
        return 0;
    }
    let period = 2 * (n as isize - 1);
    let i = i.rem_euclid(period);
    i.min(period - i) as usize
}

/// The edge again and again.
pub(super) fn replicated(i: isize, n: usize) -> usize {
    i.clamp(0, n as isize - 1) as usize
}

/// A row of interleaved pixels with `radius` pixels more on each side, `place` telling where those come from.
pub(super) fn widen(row: &[u8], channels: usize, radius: usize, place: fn(isize, usize) -> usize, to: &mut Vec<u8>) {
    let width = row.len() / channels;
    to.clear();
    let pixel = |x: isize| {
        let at = place(x, width) * channels;
        &row[at..at + channels]
    };
    for x in -(radius as isize)..0 {
        to.extend_from_slice(pixel(x));
    }
    to.extend_from_slice(row);
    for x in 0..radius {
        to.extend_from_slice(pixel((width + x) as isize));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mirrors_go_back_and_forth() {
        let places: Vec<usize> = (-5..8).map(|i| mirrored(i, 3)).collect();
        assert_eq!(places, [1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 1]);
        assert_eq!((mirrored(-3, 1), replicated(-3, 4), replicated(9, 4)), (0, 0, 3));
    }

    #[test]
    fn rows_get_wider() {
        let mut wide = Vec::new();
        widen(&[1, 2, 3, 4, 5, 6], 2, 2, mirrored, &mut wide);
        assert_eq!(wide, [5, 6, 3, 4, 1, 2, 3, 4, 5, 6, 3, 4, 1, 2]);
    }
}
