//! One vector type an instruction set and scalar, all behind [`Vector`].

use super::Real;

/// `LANES` scalars in a register. Values of a type exist only inside a task that was dispatched to its instruction set.
#[allow(unreachable_pub, reason = "in the bounds of a sealed trait")]
pub trait Vector: Copy + 'static {
    type Scalar: Real;
    const LANES: usize;
    fn splat(value: Self::Scalar) -> Self;
    /// The first `LANES` elements. Panics when there are fewer.
    fn load(from: &[Self::Scalar]) -> Self;
    /// Into the first `LANES` elements. Panics when there are fewer.
    fn store(self, to: &mut [Self::Scalar]);
    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn div(self, other: Self) -> Self;
    /// The smaller one; either where one is NaN.
    fn min(self, other: Self) -> Self;
    /// The larger one; either where one is NaN.
    fn max(self, other: Self) -> Self;
    /// `self · b + c`, fused where the processor can.
    fn mul_add(self, b: Self, c: Self) -> Self;
    /// `c − self · b`, fused where the processor can.
    fn neg_mul_add(self, b: Self, c: Self) -> Self;
    /// Full-width interleave: a0 b0 a1 b1 … as (first half, second half).
    fn zip(a: Self, b: Self) -> (Self, Self);
    /// Transposes `LANES` vectors of `LANES` scalars.
    #[inline(always)]
    fn transpose(rows: &mut [Self]) {
        transpose_by_zips(rows);
    }
}

/// log2(LANES) rounds of zipping row i with row i + LANES/2.
#[inline(always)]
fn transpose_by_zips<V: Vector>(rows: &mut [V]) {
    let rows = &mut rows[..V::LANES];
    let mut other = [V::splat(V::Scalar::default()); 16];
    let half = V::LANES / 2;
    let mut width = 1;
    while width < V::LANES {
        for i in 0..half {
            (other[2 * i], other[2 * i + 1]) = V::zip(rows[i], rows[i + half]);
        }
        rows.copy_from_slice(&other[..V::LANES]);
        width *= 2;
    }
}

macro_rules! vector {
    ($name:ident, $raw:ty, $scalar:ty, $lanes:literal, $load:path, $store:path, $splat:path, $add:path, $sub:path, $mul:path,
     $div:path, $min:path, $max:path,
     mul_add: |$a:ident, $b:ident, $c:ident| $fma:expr, neg_mul_add: $fnma:expr, zip: $zip:expr $(, transpose: $transpose:expr)?) => {
        #[derive(Clone, Copy)]
        #[repr(transparent)]
        pub(crate) struct $name($raw);

        // SAFETY (every block below): the intrinsics need only the instruction set, which the dispatcher has checked before any value
        // of this type came to be; loads and stores check the length of their slice first and need no alignment.
        #[allow(clippy::undocumented_unsafe_blocks, unused_unsafe, reason = "one reason for all, above")]
        impl Vector for $name {
            type Scalar = $scalar;
            const LANES: usize = $lanes;
            #[inline(always)]
            fn splat(value: $scalar) -> Self {
                Self(unsafe { $splat(value) })
            }
            #[inline(always)]
            fn load(from: &[$scalar]) -> Self {
                assert!(from.len() >= $lanes);
                Self(unsafe { $load(from.as_ptr().cast()) })
            }
            #[inline(always)]
            fn store(self, to: &mut [$scalar]) {
                assert!(to.len() >= $lanes);
                unsafe { $store(to.as_mut_ptr().cast(), self.0) }
            }
            #[inline(always)]
            fn add(self, other: Self) -> Self {
                Self(unsafe { $add(self.0, other.0) })
            }
            #[inline(always)]
            fn sub(self, other: Self) -> Self {
                Self(unsafe { $sub(self.0, other.0) })
            }
            #[inline(always)]
            fn mul(self, other: Self) -> Self {
                Self(unsafe { $mul(self.0, other.0) })
            }
            #[inline(always)]
            fn div(self, other: Self) -> Self {
                Self(unsafe { $div(self.0, other.0) })
            }
            #[inline(always)]
            fn min(self, other: Self) -> Self {
                Self(unsafe { $min(self.0, other.0) })
            }
            #[inline(always)]
            fn max(self, other: Self) -> Self {
                Self(unsafe { $max(self.0, other.0) })
            }
            #[inline(always)]
            fn mul_add(self, b: Self, c: Self) -> Self {
                let ($a, $b, $c) = (self.0, b.0, c.0);
                Self(unsafe { $fma })
            }
            #[inline(always)]
            fn neg_mul_add(self, b: Self, c: Self) -> Self {
                let ($a, $b, $c) = (self.0, b.0, c.0);
                Self(unsafe { $fnma })
            }
            #[inline(always)]
            fn zip(a: Self, b: Self) -> (Self, Self) {
                let ($a, $b) = (a.0, b.0);
                let (low, high) = unsafe { $zip };
                (Self(low), Self(high))
            }
            $(
            #[inline(always)]
            fn transpose(rows: &mut [Self]) {
                let transpose: fn(&mut [Self]) = $transpose;
                transpose(rows);
            })?
        }
    };
}

#[cfg(target_arch = "x86_64")]
pub(crate) use x86::*;

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::Vector;
    use std::arch::x86_64::*;

    vector!(Sse2F32, __m128, f32, 4, _mm_loadu_ps, _mm_storeu_ps, _mm_set1_ps, _mm_add_ps, _mm_sub_ps, _mm_mul_ps,
        _mm_div_ps, _mm_min_ps, _mm_max_ps,
        mul_add: |a, b, c| _mm_add_ps(_mm_mul_ps(a, b), c), neg_mul_add: _mm_sub_ps(c, _mm_mul_ps(a, b)),
        zip: (_mm_unpacklo_ps(a, b), _mm_unpackhi_ps(a, b)));

    vector!(Sse2F64, __m128d, f64, 2, _mm_loadu_pd, _mm_storeu_pd, _mm_set1_pd, _mm_add_pd, _mm_sub_pd, _mm_mul_pd,
        _mm_div_pd, _mm_min_pd, _mm_max_pd,
        mul_add: |a, b, c| _mm_add_pd(_mm_mul_pd(a, b), c), neg_mul_add: _mm_sub_pd(c, _mm_mul_pd(a, b)),
        zip: (_mm_unpacklo_pd(a, b), _mm_unpackhi_pd(a, b)));

    vector!(Avx2F32, __m256, f32, 8, _mm256_loadu_ps, _mm256_storeu_ps, _mm256_set1_ps, _mm256_add_ps, _mm256_sub_ps, _mm256_mul_ps,
        _mm256_div_ps, _mm256_min_ps, _mm256_max_ps,
    mul_add: |a, b, c| _mm256_fmadd_ps(a, b, c), neg_mul_add: _mm256_fnmadd_ps(a, b, c),
    zip: {
        let (low, high) = (_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b));
        (_mm256_permute2f128_ps::<0x20>(low, high), _mm256_permute2f128_ps::<0x31>(low, high))
    });

    vector!(Avx2F64, __m256d, f64, 4, _mm256_loadu_pd, _mm256_storeu_pd, _mm256_set1_pd, _mm256_add_pd, _mm256_sub_pd, _mm256_mul_pd,
        _mm256_div_pd, _mm256_min_pd, _mm256_max_pd,
    mul_add: |a, b, c| _mm256_fmadd_pd(a, b, c), neg_mul_add: _mm256_fnmadd_pd(a, b, c),
    zip: {
        let (low, high) = (_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b));
        (_mm256_permute2f128_pd::<0x20>(low, high), _mm256_permute2f128_pd::<0x31>(low, high))
    });

    vector!(Avx512F32, __m512, f32, 16, _mm512_loadu_ps, _mm512_storeu_ps, _mm512_set1_ps, _mm512_add_ps, _mm512_sub_ps, _mm512_mul_ps,
        _mm512_div_ps, _mm512_min_ps, _mm512_max_ps,
    mul_add: |a, b, c| _mm512_fmadd_ps(a, b, c), neg_mul_add: _mm512_fnmadd_ps(a, b, c),
    zip: {
        let low = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        let high = _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        (_mm512_permutex2var_ps(a, low, b), _mm512_permutex2var_ps(a, high, b))
    });

    vector!(Avx512F64, __m512d, f64, 8, _mm512_loadu_pd, _mm512_storeu_pd, _mm512_set1_pd, _mm512_add_pd, _mm512_sub_pd, _mm512_mul_pd,
        _mm512_div_pd, _mm512_min_pd, _mm512_max_pd,
    mul_add: |a, b, c| _mm512_fmadd_pd(a, b, c), neg_mul_add: _mm512_fnmadd_pd(a, b, c),
    zip: {
        let low = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
        let high = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
        (_mm512_permutex2var_pd(a, low, b), _mm512_permutex2var_pd(a, high, b))
    });
}

#[cfg(target_arch = "aarch64")]
pub(crate) use arm::*;

#[cfg(target_arch = "aarch64")]
mod arm {
    use super::Vector;
    use std::arch::aarch64::*;

    vector!(NeonF32, float32x4_t, f32, 4, vld1q_f32, vst1q_f32, vdupq_n_f32, vaddq_f32, vsubq_f32, vmulq_f32,
        vdivq_f32, vminq_f32, vmaxq_f32,
        mul_add: |a, b, c| vfmaq_f32(c, a, b), neg_mul_add: vfmsq_f32(c, a, b), zip: (vzip1q_f32(a, b), vzip2q_f32(a, b)));

    vector!(NeonF64, float64x2_t, f64, 2, vld1q_f64, vst1q_f64, vdupq_n_f64, vaddq_f64, vsubq_f64, vmulq_f64,
        vdivq_f64, vminq_f64, vmaxq_f64,
        mul_add: |a, b, c| vfmaq_f64(c, a, b), neg_mul_add: vfmsq_f64(c, a, b), zip: (vzip1q_f64(a, b), vzip2q_f64(a, b)));
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use wasm::*;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    use super::Vector;
    use std::arch::wasm32::*;

    vector!(WasmF32, v128, f32, 4, v128_load, v128_store, f32x4_splat, f32x4_add, f32x4_sub, f32x4_mul,
        f32x4_div, f32x4_pmin, f32x4_pmax,
        mul_add: |a, b, c| f32x4_add(f32x4_mul(a, b), c), neg_mul_add: f32x4_sub(c, f32x4_mul(a, b)),
        zip: (i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b)));

    vector!(WasmF64, v128, f64, 2, v128_load, v128_store, f64x2_splat, f64x2_add, f64x2_sub, f64x2_mul,
        f64x2_div, f64x2_pmin, f64x2_pmax,
        mul_add: |a, b, c| f64x2_add(f64x2_mul(a, b), c), neg_mul_add: f64x2_sub(c, f64x2_mul(a, b)),
        zip: (i64x2_shuffle::<0, 2>(a, b), i64x2_shuffle::<1, 3>(a, b)));
}

/// Vectors without instructions: other processors, and the check of all the others in tests.
#[allow(dead_code, reason = "the base level of processors that are not named above, and of the tests")]
#[derive(Clone, Copy)]
pub(crate) struct Plain<T, const N: usize>([T; N]);

impl<T: Real, const N: usize> Vector for Plain<T, N> {
    type Scalar = T;
    const LANES: usize = N;
    fn splat(value: T) -> Self {
        Self([value; N])
    }
    fn load(from: &[T]) -> Self {
        Self(std::array::from_fn(|i| from[i]))
    }
    fn store(self, to: &mut [T]) {
        to[..N].copy_from_slice(&self.0);
    }
    fn add(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }
    fn sub(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] - other.0[i]))
    }
    fn mul(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] * other.0[i]))
    }
    fn div(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] / other.0[i]))
    }
    fn min(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| if other.0[i] < self.0[i] { other.0[i] } else { self.0[i] }))
    }
    fn max(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| if other.0[i] > self.0[i] { other.0[i] } else { self.0[i] }))
    }
    fn mul_add(self, b: Self, c: Self) -> Self {
        self.mul(b).add(c)
    }
    fn neg_mul_add(self, b: Self, c: Self) -> Self {
        c.sub(self.mul(b))
    }
    fn zip(a: Self, b: Self) -> (Self, Self) {
        let both = |i: usize| if i.is_multiple_of(2) { a.0[i / 2] } else { b.0[i / 2] };
        (Self(std::array::from_fn(both)), Self(std::array::from_fn(|i| both(i + N))))
    }
}
