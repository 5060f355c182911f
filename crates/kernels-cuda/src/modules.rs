//! The kernels, compiled ahead to PTX and embedded; a file of them is handed to the driver when one of its kernels is first used.

use crate::error::{CudaError, Result};
use cudarc::driver::{CudaContext, CudaFunction};
use cudarc::nvrtc::Ptx;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Every file of kernels.
pub(crate) const FILES: [(&str, &str); 6] = [
    ("elementwise", include_str!("../kernels/elementwise.ptx")),
    ("limits", include_str!("../kernels/limits.ptx")),
    ("pixels", include_str!("../kernels/pixels.ptx")),
    ("reductions", include_str!("../kernels/reductions.ptx")),
    ("tiles", include_str!("../kernels/tiles.ptx")),
    ("transforms", include_str!("../kernels/transforms.ptx")),
];

/// A kernel and the bytes of each of its parameters.
#[derive(Clone)]
pub(crate) struct Kernel {
    pub(crate) function: CudaFunction,
    pub(crate) parameters: Arc<[usize]>,
}

/// Kernels that were loaded into a context.
#[derive(Default)]
pub(crate) struct Modules {
    loaded: Mutex<HashMap<&'static str, Kernel>>,
}

impl Modules {
    /// The kernel of that name. The first of a file makes the driver compile the whole file for the card; it keeps the result on disk.
    pub(crate) fn kernel(&self, context: &Arc<CudaContext>, name: &'static str, shared: u32) -> Result<Kernel> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if !loaded.contains_key(name) {
            let (_, ptx) = FILES
                .iter()
                .find(|(_, ptx)| signature(ptx, name).is_some())
                .ok_or_else(|| CudaError::device(name, &"no embedded kernel has this name"))?;
            let failed = |error| CudaError::device(name, &error);
            let module = context.load_module(Ptx::from_src(*ptx)).map_err(failed)?;
            for (entry, parameters) in entries(ptx) {
                let function = module.load_function(entry).map_err(failed)?;
                if shared > 48 << 10 && ptx.contains("dynamic_shared") {
                    use cudarc::driver::sys::CUfunction_attribute::CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES as SHARED;
                    // A function that has shared memory of its own gets less; the launch then says so.
                    let _ = function.set_attribute(SHARED, shared as i32);
                }
                loaded.insert(entry, Kernel { function, parameters: parameters.into() });
            }
        }
        loaded.get(name).cloned().ok_or_else(|| CudaError::device(name, &"not in its module"))
    }
}

/// Name and parameter sizes of every kernel of a file.
pub(crate) fn entries(ptx: &'static str) -> impl Iterator<Item = (&'static str, Vec<usize>)> {
    ptx.split(".visible .entry ").skip(1).filter_map(|text| {
        let (name, rest) = text.split_once('(')?;
        let (list, _) = rest.split_once(')')?;
        Some((name.trim(), list.split(',').filter_map(size_of_parameter).collect()))
    })
}

fn signature(ptx: &'static str, name: &str) -> Option<Vec<usize>> {
    entries(ptx).find(|(entry, _)| *entry == name).map(|(_, parameters)| parameters)
}

/// Bytes of `.param .u64 name` or `.param .align 8 .b8 name[56]`.
fn size_of_parameter(text: &str) -> Option<usize> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|&word| word == ".param")?;
    if let Some(bytes) = words.last()?.strip_suffix(']').and_then(|word| word.split_once('[')) {
        return bytes.1.parse().ok();
    }
    words.get(at + 1)?.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<usize>().ok().map(|bits| bits / 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_kernels_are_named_once_and_read_by_old_drivers() {
        let mut names: Vec<&str> = FILES.iter().flat_map(|(_, ptx)| entries(ptx)).map(|(name, _)| name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert!(count > 20 && names.len() == count);
        for (file, ptx) in FILES {
            assert!(ptx.contains(".version 7.4\n.target sm_60\n"), "{file}");
        }
    }

    #[test]
    fn parameters_are_read_with_their_sizes() {
        let (_, transforms) = FILES[5];
        assert_eq!(signature(transforms, "dct_rows_f32").unwrap(), [8, 8, 8, 56, 4, 4]);
        let (_, elementwise) = FILES[0];
        assert_eq!(signature(elementwise, "log_abs_f64").unwrap(), [8, 8, 8, 8]);
        assert_eq!(signature(elementwise, "nothing"), None);
    }
}
