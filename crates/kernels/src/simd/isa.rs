//! Instruction sets and the choice between them.

#[allow(unused_imports, reason = "each target uses some of these")]
use super::byte_vector::*;
#[allow(unused_imports, reason = "each target uses some of these")]
use super::vector::*;
use super::{ByteVector, Vector};
use std::sync::OnceLock;

/// An instruction set: the widest vectors of each scalar.
#[allow(unreachable_pub, reason = "in the bounds of a sealed trait")]
pub trait Isa: Copy + 'static {
    type F32: Vector<Scalar = f32>;
    type F64: Vector<Scalar = f64>;
    type U8: ByteVector;

    /// Runs a part of a task as a function of its own, compiled once for all tasks that share it. Only for code that [`dispatch`] reached
    /// with this instruction set.
    fn apart<T: Task>(task: T) -> T::Output;
}

/// Work that is compiled for every instruction set. `run` must be `#[inline(always)]`, as must everything hot that it calls.
#[allow(unreachable_pub, reason = "in the bounds of a sealed trait")]
pub trait Task {
    type Output;
    fn run<S: Isa>(self) -> Self::Output;
}

/// Instruction sets that the kernels are compiled for, slowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Level {
    /// SSE2 on x86-64, NEON on arm64, SIMD128 in WASM: four floats, always there.
    Base,
    /// AVX2 with FMA: eight floats.
    Avx2,
    /// AVX-512 F: sixteen floats.
    Avx512,
}

impl Level {
    /// The best level of this processor, no higher than what the environment variable `SYNTRACE_SIMD` (`base`, `avx2`, `avx512`) allows.
    pub fn detect() -> Self {
        static LEVEL: OnceLock<Level> = OnceLock::new();
        *LEVEL.get_or_init(|| {
            let wanted = match std::env::var("SYNTRACE_SIMD").as_deref() {
                Ok("base") => Self::Base,
                Ok("avx2") => Self::Avx2,
                _ => Self::Avx512,
            };
            wanted.min(Self::of_processor())
        })
    }

    #[cfg(target_arch = "x86_64")]
    fn of_processor() -> Self {
        let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        match avx2 {
            true if is_x86_feature_detected!("avx512f") => Self::Avx512,
            true => Self::Avx2,
            false => Self::Base,
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn of_processor() -> Self {
        Self::Base
    }

    /// Name for people: `avx512`, `avx2`, `sse2`, `neon`, `simd128`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Avx512 => "avx512",
            Self::Avx2 => "avx2",
            Self::Base if cfg!(target_arch = "x86_64") => "sse2",
            Self::Base if cfg!(target_arch = "aarch64") => "neon",
            Self::Base if cfg!(target_arch = "wasm32") => "simd128",
            Self::Base => "scalar",
        }
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Base;

#[cfg(target_arch = "x86_64")]
impl Isa for Base {
    type F32 = Sse2F32;
    type F64 = Sse2F64;
    type U8 = Sse2U8;

    #[inline(always)]
    fn apart<T: Task>(task: T) -> T::Output {
        base(task)
    }
}

#[cfg(target_arch = "aarch64")]
impl Isa for Base {
    type F32 = NeonF32;
    type F64 = NeonF64;
    type U8 = NeonU8;

    #[inline(always)]
    fn apart<T: Task>(task: T) -> T::Output {
        base(task)
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
impl Isa for Base {
    type F32 = WasmF32;
    type F64 = WasmF64;
    type U8 = WasmU8;

    #[inline(always)]
    fn apart<T: Task>(task: T) -> T::Output {
        base(task)
    }
}

#[cfg(not(any(
    target_arch = "x86_64",
    target_arch = "aarch64",
    all(target_arch = "wasm32", target_feature = "simd128")
)))]
impl Isa for Base {
    type F32 = Plain<f32, 4>;
    type F64 = Plain<f64, 2>;
    type U8 = PlainU8;

    #[inline(always)]
    fn apart<T: Task>(task: T) -> T::Output {
        base(task)
    }
}

#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(crate) struct Avx2;

#[cfg(target_arch = "x86_64")]
impl Isa for Avx2 {
    type F32 = Avx2F32;
    type F64 = Avx2F64;
    type U8 = Avx2U8;

    #[inline(always)]
    fn apart<T: Task>(task: T) -> T::Output {
        // SAFETY: the caller runs with this instruction set, which the processor therefore has.
        unsafe { avx2(task) }
    }
}

#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(crate) struct Avx512;

#[cfg(target_arch = "x86_64")]
impl Isa for Avx512 {
    type F32 = Avx512F32;
    type F64 = Avx512F64;
    type U8 = Avx2U8;

    #[inline(always)]
    fn apart<T: Task>(task: T) -> T::Output {
        // SAFETY: the caller runs with this instruction set, which the processor therefore has.
        unsafe { avx512(task) }
    }
}

/// Runs a task with the vectors of this processor.
pub(crate) fn dispatch<T: Task>(task: T) -> T::Output {
    dispatch_at(Level::detect(), task)
}

#[inline(never)]
fn base<T: Task>(task: T) -> T::Output {
    task.run::<Base>()
}

#[cfg(target_arch = "x86_64")]
#[inline(never)]
#[target_feature(enable = "avx2,fma")]
fn avx2<T: Task>(task: T) -> T::Output {
    task.run::<Avx2>()
}

#[cfg(target_arch = "x86_64")]
#[inline(never)]
#[target_feature(enable = "avx512f,avx2,fma")]
fn avx512<T: Task>(task: T) -> T::Output {
    task.run::<Avx512>()
}

#[cfg(target_arch = "x86_64")]
pub(crate) fn dispatch_at<T: Task>(level: Level, task: T) -> T::Output {
    match level.min(Level::of_processor()) {
        // SAFETY: the level is no higher than what the processor reported.
        Level::Avx512 => unsafe { avx512(task) },
        // SAFETY: as above.
        Level::Avx2 => unsafe { avx2(task) },
        Level::Base => base(task),
    }
}

#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn dispatch_at<T: Task>(_level: Level, task: T) -> T::Output {
    base(task)
}
