//! cuFFT, where its library is found: real transforms of batches. Loaded at run time, never required.

use crate::call::only_if;
use crate::device::Device;
use crate::error::{CudaError, Stop};
use crate::launch::{Arg, Grid};
use crate::memory::Memory;
use cudarc::cufft::{CudaFft, result, sys};
use cudarc::driver::{DevicePtr, DevicePtrMut};
use std::panic::catch_unwind;
use std::sync::OnceLock;

/// Whose transforms a session takes where it has the choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transforms {
    /// cuFFT's forward transform where its library is found, else our own; backward our own, which needs no copy of the spectra.
    #[default]
    Auto,
    /// Our own.
    Own,
    /// cuFFT's; without its library nothing opens.
    CuFft,
}

impl Transforms {
    /// Names that callers choose by.
    pub const ALL: [(&'static str, Self); 3] = [("auto", Self::Auto), ("own", Self::Own), ("cufft", Self::CuFft)];
}

/// Whether the library is found. Asked once: looking for it opens it.
pub fn cufft_is_present() -> bool {
    static PRESENT: OnceLock<bool> = OnceLock::new();
    // SAFETY: opens the library and runs its initialisers, which is what using it means.
    *PRESENT.get_or_init(|| catch_unwind(|| unsafe { sys::is_culib_present() }).unwrap_or(false))
}

/// Direction, planes, height, width.
pub(crate) type Key = (bool, usize, usize, usize);

impl Device {
    fn plan(&self, op: &'static str, key: Key) -> Result<std::sync::Arc<CudaFft>, Stop> {
        let (backward, count, h, w) = key;
        let int = |n: usize| i32::try_from(n).ok();
        let sizes = (int(count), int(h), int(w), int(h * w), int(h * (w / 2 + 1)));
        let (Some(count), Some(h), Some(w), Some(plane), Some(half)) = sizes else { return Err(Stop::ToHost) };
        let kind = if backward { sys::cufftType::CUFFT_C2R } else { sys::cufftType::CUFFT_R2C };
        let (from, to) = if backward { (half, plane) } else { (plane, half) };
        let make = || {
            CudaFft::plan_many(&[h, w], None, 1, from, None, 1, to, kind, count, self.stream().clone())
                .map_err(|error| CudaError::device(op, &error))
        };
        Ok(self.tables.cufft.get(key, make)?)
    }

    /// Half spectra of real planes by cuFFT; false where it is not to be used.
    pub(crate) fn cufft_rfft2(
        &self,
        op: &'static str,
        x: &Memory,
        out: &mut Memory,
        (count, h, w): (usize, usize, usize),
    ) -> Result<bool, Stop> {
        if !self.uses_cufft {
            return Ok(false);
        }
        let plan = self.plan(op, (false, count, h, w))?;
        let (from, _read) = x.device_ptr(self.stream());
        let (to, _written) = out.device_ptr_mut(self.stream());
        // SAFETY: the plan's sizes are those of the memory; R2C leaves its input as it is when it is not done in place.
        unsafe { result::exec_r2c(plan.handle(), from as *mut _, to as *mut _) }
            .map_err(|error| CudaError::device(op, &error))?;
        Ok(true)
    }

    /// Real planes of half spectra by cuFFT, times `scale`; false where it is not to be used.
    pub(crate) fn cufft_irfft2(
        &self,
        op: &'static str,
        x: &Memory,
        out: &mut Memory,
        (count, h, w): (usize, usize, usize),
        scale: f64,
    ) -> Result<bool, Stop> {
        if !self.only_cufft {
            return Ok(false);
        }
        let plan = self.plan(op, (true, count, h, w))?;
        // C2R in two dimensions overwrites its input: it gets a copy.
        let mut copy = self.allocate(op, x.len())?;
        self.stream().memcpy_dtod(x, &mut copy).map_err(|error| CudaError::device(op, &error))?;
        {
            let (from, _read) = copy.device_ptr_mut(self.stream());
            let (to, _written) = out.device_ptr_mut(self.stream());
            // SAFETY: as above.
            unsafe { result::exec_c2r(plan.handle(), from as *mut _, to as *mut _) }
                .map_err(|error| CudaError::device(op, &error))?;
        }
        let samples = (count * h * w) as u64;
        only_if(samples > 0)?;
        let grid = Grid::over(samples, 4).ok_or(Stop::ToHost)?;
        self.launch("scale_f32", grid, vec![Arg::Out(out), Arg::Long(samples), Arg::Single(scale as f32)])?;
        Ok(true)
    }
}
