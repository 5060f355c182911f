//! Interleaved bytes apart.

/// Pixels that [`deinterleave`] takes at a time.
pub(crate) const BLOCK: usize = 256;

/// Three rows of bytes that stay in the nearest cache.
pub(crate) type Apart = [[u8; BLOCK]; 3];

/// A whole number of at most 23 bits as a float, exactly, by setting the bits behind 2²³: two instructions in every vector unit, where
/// `as f32` of an unsigned number can be a sequence.
#[inline(always)]
pub(crate) fn float(value: u32) -> f32 {
    f32::from_bits(0x4b00_0000 | value) - 8_388_608.0
}

/// ⌊v⌋ for 0 ≤ v < 256, by the same bits: a cast, which also serves all other numbers, is a dozen instructions and often no vectors.
#[inline(always)]
pub(crate) fn level(v: f32) -> u8 {
    let nearest = v + 8_388_608.0;
    (nearest.to_bits() - u32::from(nearest - 8_388_608.0 > v)) as u8
}

/// RGB bytes of at most [`BLOCK`] pixels into one row a channel; returns the number of pixels.
#[inline(always)]
pub(crate) fn deinterleave(pixels: &[u8], apart: &mut Apart) -> usize {
    let count = (pixels.len() / 3).min(BLOCK);
    let done = whole_blocks(&pixels[..count * 3], apart);
    let [r, g, b] = apart;
    let rest = r[done..count].iter_mut().zip(&mut g[done..count]).zip(&mut b[done..count]);
    for (((r, g), b), pixel) in rest.zip(pixels[done * 3..].chunks_exact(3)) {
        (*r, *g, *b) = (pixel[0], pixel[1], pixel[2]);
    }
    count
}

/// Compilers for x86-64 and arm64 find the shuffles themselves.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
fn whole_blocks(_pixels: &[u8], _apart: &mut Apart) -> usize {
    0
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
fn whole_blocks(pixels: &[u8], apart: &mut Apart) -> usize {
    use std::arch::wasm32::*;
    let mut done = 0;
    for bytes in pixels.chunks_exact(48) {
        // SAFETY: `bytes` has 48 bytes, and each row of `apart` has room for the 16 pixels from `done`, checked by the slices below.
        unsafe {
            let from = |i: usize| v128_load(bytes[16 * i..][..16].as_ptr().cast());
            let (a, b, c) = (from(0), from(1), from(2));
            let r = i8x16_shuffle::<0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0>(a, b);
            let r = i8x16_shuffle::<0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26, 29>(r, c);
            let g = i8x16_shuffle::<1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 0, 0, 0, 0, 0>(a, b);
            let g = i8x16_shuffle::<0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 21, 24, 27, 30>(g, c);
            let b = i8x16_shuffle::<2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 0, 0, 0, 0, 0, 0>(a, b);
            let b = i8x16_shuffle::<0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 19, 22, 25, 28, 31>(b, c);
            for (row, values) in apart.iter_mut().zip([r, g, b]) {
                v128_store(row[done..][..16].as_mut_ptr().cast(), values);
            }
        }
        done += 16;
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_whole_parts() {
        for i in 0..256_u16 {
            for rest in [0.0, 0.25, 0.499_99, 0.5, 0.500_01, 0.75, 0.999_98] {
                assert_eq!(u16::from(level(f32::from(i) + rest)), i, "{i} + {rest}");
            }
        }
    }

    #[test]
    fn every_count_comes_apart() {
        let pixels: Vec<u8> = (0..3 * 300_u32).map(|i| (i * 7 % 251) as u8).collect();
        for count in [0, 1, 15, 16, 17, 33, 255, 256, 300] {
            let mut apart = [[0; BLOCK]; 3];
            let taken = deinterleave(&pixels[..count * 3], &mut apart);
            assert_eq!(taken, count.min(BLOCK));
            for i in 0..taken {
                assert_eq!([apart[0][i], apart[1][i], apart[2][i]], pixels[3 * i..3 * i + 3]);
            }
        }
    }
}
