//! Copies between the host and the card through pinned buffers: two a direction, so that one is filled while the other travels.

use crate::device::Device;
use crate::error::{CudaError, Result};
use crate::memory::Memory;
use cudarc::driver::{CudaEvent, DevicePtr, DevicePtrMut, DriverError, PinnedHostSlice, result, sys};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes of one pinned buffer.
const PART: usize = 4 << 20;

/// Pinned buffers of both directions, made when first used.
#[derive(Default)]
pub(crate) struct Staging {
    up: Mutex<Option<Pair>>,
    down: Mutex<Option<Pair>>,
}

struct Pair {
    parts: [PinnedHostSlice<u8>; 2],
    /// When the copy of a part was last done.
    done: [CudaEvent; 2],
}

impl Pair {
    fn new(device: &Device, flags: u32) -> std::result::Result<Self, DriverError> {
        let context = device.context();
        // SAFETY: only what was written is read.
        let part = || unsafe { context.alloc_pinned_with_flags::<u8>(PART, flags) };
        // Waiting threads sleep: the processor is for the CPU kernels and decoders.
        let event = || context.new_event(Some(sys::CUevent_flags::CU_EVENT_BLOCKING_SYNC));
        Ok(Self { parts: [part()?, part()?], done: [event()?, event()?] })
    }
}

fn lock<'a>(
    pair: &'a Mutex<Option<Pair>>,
    device: &Device,
    flags: u32,
) -> std::result::Result<MutexGuard<'a, Option<Pair>>, DriverError> {
    let mut guard = pair.lock().unwrap_or_else(PoisonError::into_inner);
    if guard.is_none() {
        *guard = Some(Pair::new(device, flags)?);
    }
    Ok(guard)
}

impl Device {
    /// Copies bytes to new memory. Returns once they are in pinned buffers; the rest of the way goes on beside the caller.
    pub(crate) fn send(&self, op: &'static str, bytes: &[u8]) -> Result<Memory> {
        let mut memory = self.allocate_on(&self.upload, op, bytes.len())?;
        self.send_to(bytes, &mut memory).map_err(|error| CudaError::device(op, &error))?;
        Ok(memory)
    }

    fn send_to(&self, bytes: &[u8], memory: &mut Memory) -> std::result::Result<(), DriverError> {
        // Only ever written by the host: memory that the processor does not cache travels faster.
        let mut guard = lock(&self.staging.up, self, sys::CU_MEMHOSTALLOC_WRITECOMBINED)?;
        let Some(Pair { parts, done }) = guard.as_mut() else { return Ok(()) };
        self.context().bind_to_thread()?;
        let (start, _written) = memory.device_ptr_mut(&self.upload);
        for (i, chunk) in bytes.chunks(PART).enumerate() {
            let half = i % 2;
            done[half].synchronize()?;
            let part = &mut parts[half].as_mut_slice()?[..chunk.len()];
            part.copy_from_slice(chunk);
            // SAFETY: the memory is as long as `bytes`; `part` is not written again before `done` says that the copy is over.
            unsafe { result::memcpy_htod_async(start + (i * PART) as u64, part, self.upload.cu_stream()) }?;
            done[half].record(&self.upload)?;
        }
        Ok(())
    }

    /// Copies memory to the host, after whatever writes it.
    pub(crate) fn fetch(&self, op: &str, memory: &Memory, to: &mut [u8]) -> Result<()> {
        self.fetch_to(memory, to).map_err(|error| CudaError::device(op, &error))
    }

    fn fetch_to(&self, memory: &Memory, to: &mut [u8]) -> std::result::Result<(), DriverError> {
        let mut guard = lock(&self.staging.down, self, 0)?;
        let Some(Pair { parts, done }) = guard.as_mut() else { return Ok(()) };
        self.context().bind_to_thread()?;
        let (start, _read) = memory.device_ptr(&self.download);
        let mut waiting: Option<(usize, &mut [u8])> = None;
        for (i, chunk) in to.chunks_mut(PART).enumerate() {
            let half = i % 2;
            let part = &mut parts[half].as_mut_slice()?[..chunk.len()];
            // SAFETY: as for uploads; `part` was read to its end two rounds ago.
            unsafe { result::memcpy_dtoh_async(part, start + (i * PART) as u64, self.download.cu_stream()) }?;
            done[half].record(&self.download)?;
            if let Some((half, chunk)) = waiting.replace((half, chunk)) {
                done[half].synchronize()?;
                chunk.copy_from_slice(&parts[half].as_slice()?[..chunk.len()]);
            }
        }
        if let Some((half, chunk)) = waiting {
            done[half].synchronize()?;
            chunk.copy_from_slice(&parts[half].as_slice()?[..chunk.len()]);
        }
        Ok(())
    }
}
