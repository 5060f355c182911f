//! Vectors of the processor's width, chosen when the program runs.
//!
//! Kernels are written once against [`Vector`]; [`dispatch`] compiles each for every instruction set and calls the best one that
//! the processor has. `unsafe` stands here and nowhere else in the numerics.

mod byte_vector;
mod bytes;
mod isa;
mod vector;

pub(crate) use byte_vector::ByteVector;
pub(crate) use bytes::{BLOCK, deinterleave, float, level};
pub use isa::Level;
#[cfg(test)]
pub(crate) use isa::dispatch_at;
pub(crate) use isa::{Base, Isa, Task, dispatch};
pub(crate) use vector::{Plain, Vector};

use std::ops::{Add, Div, Mul, Neg, Sub};

/// f32 or f64: what the transforms are generic over.
pub trait Real:
    crate::context::Element
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + sealed::Scalar
{
    /// Rounds a double to this type.
    fn of(value: f64) -> Self;
}

impl Real for f32 {
    fn of(value: f64) -> Self {
        value as f32
    }
}

impl Real for f64 {
    fn of(value: f64) -> Self {
        value
    }
}

pub(crate) mod sealed {
    use super::{Isa, Vector};
    use crate::context::{Kernels, Plans};

    /// What a scalar brings along inside the crate: its vectors and its plans.
    #[allow(private_interfaces, private_bounds, reason = "sealed: named outside, used inside only")]
    #[allow(unreachable_pub, reason = "sealed")]
    pub trait Scalar: Copy + Sized {
        type Vec<S: Isa>: Vector<Scalar = Self>;
        fn plans(kernels: &Kernels) -> &Plans<Self>;
    }

    #[allow(private_interfaces, private_bounds, reason = "as above")]
    impl Scalar for f32 {
        type Vec<S: Isa> = S::F32;
        fn plans(kernels: &Kernels) -> &Plans<f32> {
            &kernels.plans_f32
        }
    }

    #[allow(private_interfaces, private_bounds, reason = "as above")]
    impl Scalar for f64 {
        type Vec<S: Isa> = S::F64;
        fn plans(kernels: &Kernels) -> &Plans<f64> {
            &kernels.plans_f64
        }
    }
}

/// 64 aligned bytes: scratch memory of any vector type is cut from these.
#[repr(C, align(64))]
#[derive(Clone, Copy)]
pub(crate) struct Line([u8; 64]);

impl Line {
    pub(crate) const ZERO: Self = Self([0; 64]);
}

/// Views scratch lines as `count` values and gives the rest back.
pub(crate) fn carve<V: Copy + 'static>(lines: &mut [Line], count: usize) -> (&mut [V], &mut [Line]) {
    assert!(align_of::<V>() <= 64, "wider alignment than a line");
    let (head, rest) = lines.split_at_mut((count * size_of::<V>()).div_ceil(64));
    // SAFETY: only called for plain numbers, vectors and pairs of them, for which every bit pattern is a value; the memory is
    // initialised, 64-byte aligned and long enough, and `head` is borrowed for as long as the view.
    (unsafe { std::slice::from_raw_parts_mut(head.as_mut_ptr().cast::<V>(), count) }, rest)
}

/// Lines that `count` values of `V` take.
pub(crate) const fn lines_for<V>(count: usize) -> usize {
    (count * size_of::<V>()).div_ceil(64)
}
