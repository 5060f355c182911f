//! A card with what a session keeps on it: streams, kernels, staging buffers, plans.

use crate::availability::Card;
use crate::error::{CudaError, Result, is_out_of_memory};
use crate::memory::Memory;
use crate::modules::{Kernel, Modules};
use crate::staging::Staging;
use crate::tables::Tables;
use crate::transforms::cufft::{Transforms, cufft_is_present};
use cudarc::driver::sys::CUdevice_attribute as Attribute;
use cudarc::driver::{CudaContext, CudaStream, DriverError, sys};
use std::sync::Arc;
use syntrace_kernels::KernelError;

/// Sizes that launches are fitted to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Multiprocessors.
    pub(crate) processors: u32,
    /// Most shared memory of a block, in bytes.
    pub(crate) shared: u32,
}

/// A card that is open. Uploads, computations and downloads have a stream each; who waits for whom follows from what they touch.
pub(crate) struct Device {
    context: Arc<CudaContext>,
    compute: Arc<CudaStream>,
    pub(crate) upload: Arc<CudaStream>,
    pub(crate) download: Arc<CudaStream>,
    modules: Modules,
    pub(crate) limits: Limits,
    pub(crate) staging: Staging,
    pub(crate) tables: Tables,
    /// Whether forward transforms of real planes go to cuFFT, and whether all do.
    pub(crate) uses_cufft: bool,
    pub(crate) only_cufft: bool,
}

impl Device {
    /// A context of its own on the card: a failure in it ends with it.
    pub(crate) fn open(card: &Card, transforms: Transforms) -> Result<Self> {
        let uses_cufft = transforms != Transforms::Own && cufft_is_present();
        if transforms == Transforms::CuFft && !uses_cufft {
            let detail = "the library of cuFFT was not found".into();
            return Err(CudaError::Device { op: "open".into(), detail });
        }
        let failed = |error: DriverError| CudaError::device("open", &error);
        let context = CudaContext::new_non_primary(card.ordinal, 0).map_err(failed)?;
        let attribute = |which| context.attribute(which).map_err(failed);
        let limits = Limits {
            processors: attribute(Attribute::CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT)?.max(1) as u32,
            shared: attribute(Attribute::CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN)?.max(48 << 10) as u32,
        };
        if context.has_async_alloc() {
            keep_freed_memory(&context).map_err(failed)?;
        }
        let stream = || context.new_stream().map_err(failed);
        Ok(Self {
            compute: stream()?,
            upload: stream()?,
            download: stream()?,
            modules: Modules::default(),
            limits,
            staging: Staging::default(),
            tables: Tables::default(),
            uses_cufft,
            only_cufft: transforms == Transforms::CuFft,
            context,
        })
    }

    pub(crate) fn context(&self) -> &Arc<CudaContext> {
        &self.context
    }

    /// The stream of all computations.
    pub(crate) fn stream(&self) -> &Arc<CudaStream> {
        &self.compute
    }

    pub(crate) fn kernel(&self, name: &'static str) -> Result<Kernel> {
        self.modules.kernel(&self.context, name, self.limits.shared)
    }

    /// Memory of unspecified content for computations. Errors: [`KernelError::Value`] with the bytes asked for where there is none.
    pub(crate) fn allocate(&self, op: &'static str, bytes: usize) -> Result<Memory> {
        self.allocate_on(&self.compute, op, bytes)
    }

    pub(crate) fn allocate_on(&self, stream: &Arc<CudaStream>, op: &'static str, bytes: usize) -> Result<Memory> {
        // SAFETY: whoever asks for memory writes it before it is read.
        let attempt = || unsafe { stream.alloc::<u8>(bytes.max(1)) };
        attempt()
            .or_else(|error| if is_out_of_memory(&error) { self.trim().and_then(|()| attempt()) } else { Err(error) })
            .map_err(|error| {
                if !is_out_of_memory(&error) {
                    return CudaError::device(op, &error);
                }
                let (free, total) = self.context.mem_get_info().unwrap_or_default();
                let detail = format!("no memory for {bytes} bytes on the device ({free} of {total} are free)");
                CudaError::Kernel(KernelError::Value { op, detail })
            })
    }

    /// Lets pending frees happen and gives what the pool keeps back to the driver.
    fn trim(&self) -> std::result::Result<(), DriverError> {
        self.context.synchronize()?;
        if !self.context.has_async_alloc() {
            return Ok(());
        }
        let pool = pool_of(&self.context)?;
        // SAFETY: the pool is the device's own.
        unsafe { sys::cuMemPoolTrimTo(pool, 0) }.result()
    }

    /// Waits for everything queued so far.
    pub(crate) fn synchronize(&self, op: &str) -> Result<()> {
        self.context.synchronize().map_err(|error| CudaError::device(op, &error))
    }

    /// Free and total bytes of the card, as the driver counts them.
    pub(crate) fn memory(&self) -> Result<(usize, usize)> {
        self.context.mem_get_info().map_err(|error| CudaError::device("memory", &error))
    }
}

fn pool_of(context: &CudaContext) -> std::result::Result<sys::CUmemoryPool, DriverError> {
    let mut pool = std::ptr::null_mut();
    // SAFETY: writes one handle.
    unsafe { sys::cuDeviceGetDefaultMemPool(&raw mut pool, context.cu_device()) }.result()?;
    Ok(pool)
}

/// Without this the driver takes freed memory back at every synchronisation, and the next call pays for it again.
fn keep_freed_memory(context: &CudaContext) -> std::result::Result<(), DriverError> {
    let pool = pool_of(context)?;
    let mut threshold = u64::MAX;
    let attribute = sys::CUmemPool_attribute::CU_MEMPOOL_ATTR_RELEASE_THRESHOLD;
    // SAFETY: this attribute is a number of 64 bits.
    unsafe { sys::cuMemPoolSetAttribute(pool, attribute, (&raw mut threshold).cast()) }.result()
}

impl Drop for Device {
    fn drop(&mut self) {
        // Staging and tables go after the work that uses them.
        let _ = self.trim();
    }
}
