//! Vectors of bytes, for what compares them: one type an instruction set, all behind [`ByteVector`].

/// `LANES` bytes in a register. Values of a type exist only inside a task that was dispatched to its instruction set.
#[allow(unreachable_pub, reason = "in the bounds of a sealed trait")]
pub trait ByteVector: Copy + 'static {
    const LANES: usize;
    fn splat(value: u8) -> Self;
    /// The first `LANES` bytes. Panics when there are fewer.
    fn load(from: &[u8]) -> Self;
    /// Into the first `LANES` bytes. Panics when there are fewer.
    fn store(self, to: &mut [u8]);
    fn min(self, other: Self) -> Self;
    fn max(self, other: Self) -> Self;
}

#[allow(unused_macros, reason = "processors that are not named below")]
macro_rules! bytes {
    ($name:ident, $raw:ty, $lanes:literal, $load:path, $store:path, $splat:path, $splatted:ty, $min:path, $max:path) => {
        #[derive(Clone, Copy)]
        #[repr(transparent)]
        pub(crate) struct $name($raw);

        // SAFETY (every block below): the intrinsics need only the instruction set, which the dispatcher has checked before any value
        // of this type came to be; loads and stores check the length of their slice first and need no alignment.
        #[allow(clippy::undocumented_unsafe_blocks, unused_unsafe, reason = "one reason for all, above")]
        impl ByteVector for $name {
            const LANES: usize = $lanes;
            #[inline(always)]
            fn splat(value: u8) -> Self {
                Self(unsafe { $splat(value as $splatted) })
            }
            #[inline(always)]
            fn load(from: &[u8]) -> Self {
                assert!(from.len() >= $lanes);
                Self(unsafe { $load(from.as_ptr().cast()) })
            }
            #[inline(always)]
            fn store(self, to: &mut [u8]) {
                assert!(to.len() >= $lanes);
                unsafe { $store(to.as_mut_ptr().cast(), self.0) }
            }
            #[inline(always)]
            fn min(self, other: Self) -> Self {
                Self(unsafe { $min(self.0, other.0) })
            }
            #[inline(always)]
            fn max(self, other: Self) -> Self {
                Self(unsafe { $max(self.0, other.0) })
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
pub(crate) use x86::*;

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::ByteVector;
    use std::arch::x86_64::*;

    bytes!(Sse2U8, __m128i, 16, _mm_loadu_si128, _mm_storeu_si128, _mm_set1_epi8, i8, _mm_min_epu8, _mm_max_epu8);
    // With AVX-512 F too: it compares no bytes.
    bytes!(
        Avx2U8,
        __m256i,
        32,
        _mm256_loadu_si256,
        _mm256_storeu_si256,
        _mm256_set1_epi8,
        i8,
        _mm256_min_epu8,
        _mm256_max_epu8
    );
}

#[cfg(target_arch = "aarch64")]
pub(crate) use arm::*;

#[cfg(target_arch = "aarch64")]
mod arm {
    use super::ByteVector;
    use std::arch::aarch64::*;

    bytes!(NeonU8, uint8x16_t, 16, vld1q_u8, vst1q_u8, vdupq_n_u8, u8, vminq_u8, vmaxq_u8);
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use wasm::*;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    use super::ByteVector;
    use std::arch::wasm32::*;

    bytes!(WasmU8, v128, 16, v128_load, v128_store, u8x16_splat, u8, u8x16_min, u8x16_max);
}

/// Without instructions: other processors.
#[allow(dead_code, reason = "the base level of processors that are not named above")]
#[derive(Clone, Copy)]
pub(crate) struct PlainU8([u8; 16]);

impl ByteVector for PlainU8 {
    const LANES: usize = 16;
    fn splat(value: u8) -> Self {
        Self([value; 16])
    }
    fn load(from: &[u8]) -> Self {
        Self(std::array::from_fn(|i| from[i]))
    }
    fn store(self, to: &mut [u8]) {
        to[..16].copy_from_slice(&self.0);
    }
    fn min(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i].min(other.0[i])))
    }
    fn max(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i].max(other.0[i])))
    }
}
