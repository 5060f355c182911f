//! What the card can do at most, measured: the ceilings of a roofline.

use crate::device::Device;
use crate::error::{CudaError, Result};
use crate::launch::{Arg, Grid, THREADS};
use cudarc::driver::{DriverError, sys};

/// Measured ceilings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Bytes read and written a second by the driver's own copy within the card.
    pub copy: f64,
    /// Fused float32 operations a second, a product and a sum counting two.
    pub fused: f64,
}

/// Bytes of the copy: many times any cache.
const COPIED: usize = 1 << 30;
const REPEATS: usize = 10;
const ROUNDS: u32 = 512;

impl Device {
    /// Seconds that queued work takes on the card.
    fn seconds(&self, work: impl FnOnce() -> Result<()>) -> Result<f64> {
        let failed = |error: DriverError| CudaError::device("limits", &error);
        let event = || self.context().new_event(Some(sys::CUevent_flags::CU_EVENT_DEFAULT)).map_err(failed);
        let (start, end) = (event()?, event()?);
        start.record(self.stream()).map_err(failed)?;
        work()?;
        end.record(self.stream()).map_err(failed)?;
        Ok(f64::from(start.elapsed_ms(&end).map_err(failed)?) / 1e3)
    }

    /// Measures both ceilings; a second of work, and two GiB of memory.
    pub(crate) fn measure_limits(&self) -> Result<Limits> {
        let op = "limits";
        let (from, mut to) = (self.allocate(op, COPIED)?, self.allocate(op, COPIED)?);
        let mut copies = |times: usize| {
            for _ in 0..times {
                self.stream().memcpy_dtod(&from, &mut to).map_err(|error| CudaError::device(op, &error))?;
            }
            Ok(())
        };
        copies(2)?;
        let copy = (2 * COPIED * REPEATS) as f64 / self.seconds(|| copies(REPEATS))?;
        let blocks = self.limits.processors * 32;
        let mut chains = |times: usize| {
            for _ in 0..times {
                let arguments = vec![Arg::Out(&mut to), Arg::Word(ROUNDS), Arg::Single(0.999), Arg::Single(0.001)];
                self.launch("fused_chains", Grid::new((blocks, 1, 1), 0), arguments)?;
            }
            Ok(())
        };
        chains(2)?;
        let operations = f64::from(blocks * THREADS) * f64::from(ROUNDS) * 8.0 * 32.0 * 2.0 * REPEATS as f64;
        Ok(Limits { copy, fused: operations / self.seconds(|| chains(REPEATS))? })
    }
}
