//! Whether this machine has a card, and a driver that takes the embedded kernels.

use cudarc::driver::{result, sys};
use std::fmt;
use std::panic::catch_unwind;

/// Oldest driver, in the numbers of CUDA: the first that reads the version of PTX that `scripts/cuda-ptx.mjs` writes (11.4, driver 470).
pub const OLDEST_DRIVER: i32 = 11_040;
/// Oldest compute capability: the target of the embedded PTX.
pub const OLDEST_CAPABILITY: (i32, i32) = (6, 0);

/// A card that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Number of the card among those that the driver shows.
    pub ordinal: usize,
    /// As the driver names it.
    pub name: String,
    /// Compute capability.
    pub capability: (i32, i32),
    /// Version of CUDA that the driver speaks, as 1000·major + 10·minor.
    pub driver: i32,
    /// Bytes of its memory.
    pub memory: usize,
}

/// Why no card can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unavailable {
    /// No library of the driver was found.
    NoDriver,
    /// The driver shows no card, or is not loaded into the system.
    NoDevice(String),
    /// The driver is older than [`OLDEST_DRIVER`].
    OldDriver(i32),
    /// No card has [`OLDEST_CAPABILITY`].
    OldCard(String, (i32, i32)),
    /// The driver failed otherwise.
    Failed(String),
}

impl Unavailable {
    /// Short and stable: `no-driver`, `no-device`, `old-driver`, `old-card`, `failed`.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::NoDriver => "no-driver",
            Self::NoDevice(_) => "no-device",
            Self::OldDriver(_) => "old-driver",
            Self::OldCard(..) => "old-card",
            Self::Failed(_) => "failed",
        }
    }
}

/// 12040 as 12.4.
fn version(number: i32) -> String {
    format!("{}.{}", number / 1000, number % 1000 / 10)
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDriver => write!(f, "no NVIDIA driver was found (libcuda)"),
            Self::NoDevice(detail) => write!(f, "the NVIDIA driver shows no card ({detail})"),
            Self::OldDriver(found) => {
                let (found, oldest) = (version(*found), version(OLDEST_DRIVER));
                write!(f, "the NVIDIA driver speaks CUDA {found}, the kernels need {oldest}")
            }
            Self::OldCard(name, (major, minor)) => {
                let (a, b) = OLDEST_CAPABILITY;
                write!(f, "{name} has compute capability {major}.{minor}, the kernels need {a}.{b}")
            }
            Self::Failed(detail) => write!(f, "the NVIDIA driver failed: {detail}"),
        }
    }
}

/// The first card that can be used. Never panics; costs the start of the driver, some milliseconds, once a process.
pub fn probe() -> Result<Card, Unavailable> {
    // SAFETY: opens the library and runs its initialisers, which is what using the driver means.
    if !unsafe { sys::is_culib_present() } {
        return Err(Unavailable::NoDriver);
    }
    // What the bindings do not find in a library makes them panic.
    catch_unwind(first_card).unwrap_or_else(|payload| Err(Unavailable::Failed(words(&*payload))))
}

/// What a panic said.
pub(crate) fn words(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "an unknown failure".into())
}

fn first_card() -> Result<Card, Unavailable> {
    let failed = |error: cudarc::driver::DriverError| Unavailable::Failed(error.to_string());
    result::init().map_err(|error| match error.0 {
        sys::CUresult::CUDA_ERROR_NO_DEVICE
        | sys::CUresult::CUDA_ERROR_SYSTEM_NOT_READY
        | sys::CUresult::CUDA_ERROR_STUB_LIBRARY
        | sys::CUresult::CUDA_ERROR_SYSTEM_DRIVER_MISMATCH => Unavailable::NoDevice(error.to_string()),
        _ => failed(error),
    })?;
    let mut driver = 0;
    // SAFETY: writes one number.
    unsafe { sys::cuDriverGetVersion(&raw mut driver) }.result().map_err(failed)?;
    if driver < OLDEST_DRIVER {
        return Err(Unavailable::OldDriver(driver));
    }
    let count = result::device::get_count().map_err(failed)?;
    let mut refused = Unavailable::NoDevice("0 cards".into());
    for ordinal in 0..count {
        let device = result::device::get(ordinal).map_err(failed)?;
        let name = result::device::get_name(device).map_err(failed)?;
        use sys::CUdevice_attribute::{
            CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR as MAJOR,
            CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR as MINOR,
        };
        // SAFETY: `device` is a handle that the driver has just given.
        let attribute = |which| unsafe { result::device::get_attribute(device, which) }.map_err(failed);
        let capability = (attribute(MAJOR)?, attribute(MINOR)?);
        if capability < OLDEST_CAPABILITY {
            refused = Unavailable::OldCard(name, capability);
            continue;
        }
        // SAFETY: as above.
        let memory = unsafe { result::device::total_mem(device) }.map_err(failed)?;
        return Ok(Card { ordinal: ordinal as usize, name, capability, driver, memory });
    }
    Err(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_says_what_was_found_and_what_is_needed() {
        let cases = [
            (Unavailable::NoDriver, "no-driver", "libcuda"),
            (Unavailable::NoDevice("0 cards".into()), "no-device", "0 cards"),
            (Unavailable::OldDriver(10_020), "old-driver", "CUDA 10.2, the kernels need 11.4"),
            (Unavailable::OldCard("GTX 970".into(), (5, 2)), "old-card", "5.2, the kernels need 6.0"),
            (Unavailable::Failed("x".into()), "failed", "failed: x"),
        ];
        for (unavailable, reason, text) in cases {
            assert_eq!(unavailable.reason(), reason);
            assert!(unavailable.to_string().contains(text), "{unavailable}");
        }
    }

    #[test]
    fn probing_never_panics_and_says_the_same_twice() {
        assert_eq!(probe().map(|card| card.name), probe().map(|card| card.name));
    }
}
