//! Constants of sizes, computed once on the host and kept on the card.

use crate::device::Device;
use crate::error::Result;
use crate::memory::Memory;
use crate::transforms::cufft::Key;
use crate::transforms::plan::DevicePlan;
use cudarc::cufft::CudaFft;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Sizes of a kind that are kept; the one that was not used longest goes first.
const KEPT: usize = 32;

/// Values by key, made when first asked for.
pub(crate) struct Cache<K, V>(Mutex<Vec<(K, Arc<V>)>>);

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash + Clone, V> Cache<K, V> {
    pub(crate) fn get<E>(
        &self,
        key: K,
        make: impl FnOnce() -> std::result::Result<V, E>,
    ) -> std::result::Result<Arc<V>, E> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = match kept.iter().position(|(known, _)| *known == key) {
            Some(at) => kept.remove(at),
            None => (key, Arc::new(make()?)),
        };
        let value = entry.1.clone();
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(entry);
        Ok(value)
    }
}

/// All constants of a session.
#[derive(Default)]
pub(crate) struct Tables {
    /// Plans of lines: length, whether float64.
    pub(crate) plans: Cache<(usize, bool), DevicePlan>,
    /// Rotations of the DCT: length, whether float64.
    pub(crate) rotations: Cache<(usize, bool), Memory>,
    /// DCT matrices.
    pub(crate) bases: Cache<usize, Memory>,
    /// Samples by ring: height, width, whether centred, bins.
    pub(crate) rings: Cache<(usize, usize, bool, usize), [Memory; 2]>,
    /// Plans of cuFFT.
    pub(crate) cufft: Cache<Key, CudaFft>,
    /// Colours of heat maps.
    pub(crate) colours: Cache<String, Memory>,
}

impl Device {
    /// Numbers as a table on the card.
    pub(crate) fn table<T: Copy>(&self, op: &'static str, values: &[T]) -> Result<Memory> {
        // SAFETY: plain numbers without padding, read as bytes.
        let bytes = unsafe { std::slice::from_raw_parts(values.as_ptr().cast(), size_of_val(values)) };
        self.send(op, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_used_goes_first() {
        let cache = Cache::<usize, usize>::default();
        let get = |key| *cache.get(key, || Ok::<_, ()>(key)).unwrap();
        for key in 0..KEPT {
            get(key);
        }
        get(0);
        get(KEPT);
        let mut made = 0;
        let mut count = |key| {
            cache
                .get(key, || {
                    Ok::<_, ()>({
                        made += 1;
                        key
                    })
                })
                .unwrap();
            made
        };
        assert_eq!((count(0), count(KEPT), count(1)), (0, 0, 1));
    }
}
