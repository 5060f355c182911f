//! What calls share: plans, spare buffers and threads.

use crate::dct::DctPlan;
use crate::error::{KernelError, Result};
use crate::fft::{Cache, Plan};
use crate::simd::{Level, Line};
use crate::tensor::product;
use std::cell::RefCell;
use std::sync::{Mutex, PoisonError};

/// Element types of buffers.
pub trait Element: Copy + Default + Send + Sync + std::fmt::Debug + pooled::Pooled + 'static {}
impl Element for u8 {}
impl Element for f32 {}
impl Element for f64 {}

pub(crate) mod pooled {
    use super::{Buffers, Spare};

    /// Where spare buffers of a type are kept.
    #[allow(private_interfaces, reason = "sealed: named outside, used inside only")]
    pub trait Pooled: Sized {
        fn spare(buffers: &Buffers) -> &Spare<Self>;
        /// Stands in fresh buffers of debug builds: an output that a kernel forgets shows.
        const POISON: Self;
    }

    macro_rules! pooled {
        ($type:ty, $field:ident, $poison:expr) => {
            #[allow(private_interfaces, reason = "as above")]
            impl Pooled for $type {
                fn spare(buffers: &Buffers) -> &Spare<Self> {
                    &buffers.$field
                }
                const POISON: Self = $poison;
            }
        };
    }
    pooled!(u8, bytes, 0xa5);
    pooled!(f32, singles, f32::NAN);
    pooled!(f64, doubles, f64::NAN);
}

type Spare<T> = Mutex<Vec<Vec<T>>>;

/// Buffers that were given back; fresh ones cost a page fault for every 4 KiB.
#[derive(Default)]
pub(crate) struct Buffers {
    bytes: Spare<u8>,
    singles: Spare<f32>,
    doubles: Spare<f64>,
}

/// Plans of one precision.
pub(crate) struct Plans<T> {
    pub(crate) dct: Cache<DctPlan<T>>,
    pub(crate) fft: Cache<Plan<T>>,
}

impl<T> Default for Plans<T> {
    fn default() -> Self {
        Self { dct: Cache::default(), fft: Cache::default() }
    }
}

/// Spare buffers kept of each element type, the bytes that one may have, and those of all together.
const SPARE: usize = 8;
const SPARE_BYTES: usize = 64 << 20;
const SPARE_BYTES_IN_ALL: usize = 128 << 20;
/// Bytes of a result at most: systems that promise more memory than they have end a process that believes them.
const LARGEST: u64 = 1 << 32;
/// Work below this many elements stays on the caller's thread.
const WORTH_A_THREAD: usize = 1 << 15;

/// The kernels: every numeric operation is a method. Cheap to share between threads; plans are made once per size and kept.
#[derive(Default)]
pub struct Kernels {
    pub(crate) plans_f32: Plans<f32>,
    pub(crate) plans_f64: Plans<f64>,
    buffers: Buffers,
    #[cfg(feature = "threads")]
    pool: Option<rayon::ThreadPool>,
}

impl Kernels {
    /// Kernels that compute on the caller's thread.
    pub fn new() -> Self {
        Self::default()
    }

    /// Kernels with a pool of their own; 0 or 1 thread means none beside the caller's.
    /// Errors: [`KernelError::Value`] if the system gives no threads.
    #[cfg(feature = "threads")]
    pub fn with_threads(threads: usize) -> Result<Self> {
        let build = |threads| {
            let name = |i| format!("syntrace-kernels-{i}");
            rayon::ThreadPoolBuilder::new().num_threads(threads).thread_name(name).build()
        };
        let pool = if threads > 1 {
            Some(build(threads).map_err(|e| KernelError::value("open", format!("{threads} threads: {e}")))?)
        } else {
            None
        };
        Ok(Self { pool, ..Self::default() })
    }

    /// Instruction set in use: `avx512`, `avx2`, `sse2`, `neon`, `simd128`.
    pub fn simd(&self) -> &'static str {
        Level::detect().name()
    }

    /// Gives a result back, so that a later call can reuse its memory.
    pub fn recycle<T: Element>(&self, buffer: Vec<T>) {
        let bytes = |buffer: &Vec<T>| buffer.capacity() * size_of::<T>();
        if !(1..=SPARE_BYTES).contains(&bytes(&buffer)) {
            return;
        }
        let mut spare = T::spare(&self.buffers).lock().unwrap_or_else(PoisonError::into_inner);
        spare.push(buffer);
        while spare.len() > SPARE || spare.iter().map(bytes).sum::<usize>() > SPARE_BYTES_IN_ALL {
            spare.remove(0);
        }
    }

    /// A buffer of the product of these sizes, as [`Kernels::buffer`]. Errors: [`KernelError::Value`] where it overflows.
    pub(crate) fn buffer_of<T: Element>(&self, op: &'static str, sizes: &[usize]) -> Result<Vec<T>> {
        let len = product(sizes).ok_or_else(|| KernelError::value(op, format!("{sizes:?} elements are too many")))?;
        self.buffer(op, len)
    }

    /// A buffer of `len` elements of unspecified value.
    pub(crate) fn buffer<T: Element>(&self, op: &'static str, len: usize) -> Result<Vec<T>> {
        let bytes = len as u64 * size_of::<T>() as u64;
        if bytes > LARGEST {
            return Err(KernelError::value(op, format!("a result of {bytes} bytes is too large")));
        }
        let mut buffer = {
            let mut spare = T::spare(&self.buffers).lock().unwrap_or_else(PoisonError::into_inner);
            let fits = |b: &Vec<T>| b.capacity() >= len && b.capacity() / 4 <= len;
            let found = spare.iter().rposition(fits);
            found.map(|i| spare.remove(i)).unwrap_or_default()
        };
        let missing = || KernelError::value(op, format!("no memory for {bytes} bytes"));
        buffer.try_reserve_exact(len.saturating_sub(buffer.len())).map_err(|_| missing())?;
        buffer.resize(len, T::default());
        if cfg!(debug_assertions) {
            buffer.fill(T::POISON);
        }
        Ok(buffer)
    }

    /// Calls `work(i, from, to)` for each pair of chunks, on all threads when that pays. Chunk lengths of 0 call nothing.
    pub(crate) fn each<A: Element, B: Element>(
        &self,
        from: &[A],
        from_length: usize,
        to: &mut [B],
        to_length: usize,
        work: impl Fn(usize, &[A], &mut [B]) + Send + Sync,
    ) {
        if from_length > 0 {
            let last = from.len().div_ceil(from_length);
            self.spread(to, to_length, last, from.len(), &|i, to| {
                work(i, &from[i * from_length..((i + 1) * from_length).min(from.len())], to);
            });
        }
    }

    /// Calls `work(i, to)` for each chunk, on all threads when that pays. A chunk length of 0 calls nothing.
    pub(crate) fn each_row<B: Element>(
        &self,
        to: &mut [B],
        length: usize,
        work: impl Fn(usize, &mut [B]) + Send + Sync,
    ) {
        self.spread(to, length, usize::MAX, 0, &work);
    }

    /// The first `most` chunks to `work`; not generic in it, since the compiler takes seconds for every loop over threads.
    fn spread<B: Element>(
        &self,
        to: &mut [B],
        length: usize,
        most: usize,
        weight: usize,
        work: &(dyn Fn(usize, &mut [B]) + Send + Sync),
    ) {
        if length == 0 {
            return;
        }
        #[cfg(feature = "threads")]
        if let Some(pool) = &self.pool
            && weight.max(to.len()) >= WORTH_A_THREAD
        {
            use rayon::prelude::*;
            let chunks = to.par_chunks_mut(length).take(most).enumerate();
            return pool.install(|| chunks.for_each(|(i, to)| work(i, to)));
        }
        let _ = (WORTH_A_THREAD, weight);
        to.chunks_mut(length).take(most).enumerate().for_each(|(i, to)| work(i, to));
    }

    /// Calls `work(i, to)` for each chunk, on all threads when that pays. A chunk length of 0 calls nothing.
    pub(crate) fn fill<B: Element>(&self, to: &mut [B], length: usize, work: impl Fn(usize, &mut [B]) + Send + Sync) {
        if length == 0 {
            return;
        }
        #[cfg(feature = "threads")]
        if let Some(pool) = &self.pool
            && to.len() >= WORTH_A_THREAD
        {
            use rayon::prelude::*;
            return pool.install(|| to.par_chunks_mut(length).enumerate().for_each(|(i, to)| work(i, to)));
        }
        for (i, to) in to.chunks_mut(length).enumerate() {
            work(i, to);
        }
    }

    /// `work(0) … work(count − 1)` in order, on all threads when `weight` (elements touched) is worth it.
    pub(crate) fn map<R: Send>(&self, count: usize, weight: usize, work: impl Fn(usize) -> R + Send + Sync) -> Vec<R> {
        self.spread_map(count, weight, &work)
    }

    /// [`Kernels::map`], once a kind of result.
    fn spread_map<R: Send>(&self, count: usize, weight: usize, work: &(dyn Fn(usize) -> R + Send + Sync)) -> Vec<R> {
        #[cfg(feature = "threads")]
        if let Some(pool) = &self.pool
            && weight >= WORTH_A_THREAD
        {
            use rayon::prelude::*;
            return pool.install(|| (0..count).into_par_iter().map(work).collect());
        }
        let _ = weight;
        (0..count).map(work).collect()
    }
}

/// Lines that a thread keeps between calls.
const SCRATCH_KEPT: usize = (32 << 20) / size_of::<Line>();

/// Scratch memory of this thread; grows as needed, what it holds is unspecified.
pub(crate) fn with_scratch<R>(work: impl FnOnce(&mut Vec<Line>) -> R) -> R {
    thread_local!(static SCRATCH: RefCell<Vec<Line>> = const { RefCell::new(Vec::new()) });
    SCRATCH.with(|cell| {
        let mut scratch = cell.take();
        let result = work(&mut scratch);
        if scratch.len() <= SCRATCH_KEPT {
            cell.replace(scratch);
        }
        result
    })
}
