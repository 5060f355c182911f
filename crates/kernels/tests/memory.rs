//! What a comparison of all pairs takes beside its inputs and what it finds. Alone in its file: the counter sees every thread.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use syntrace_kernels::{Kernels, PairsOf};

struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator with the arguments that came; only numbers are kept beside it. There is no other way
// to see what a library allocates.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        MOST.fetch_max(NOW.fetch_add(layout.size(), Relaxed) + layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn all_pairs_take_at_most_a_copy_of_the_spectra_and_no_matrix_of_pairs() {
    let side = 16;
    let kernels = Kernels::with_threads(2).unwrap();
    let peak = |count: usize| {
        let planes: Vec<f32> = (0..count * side * side).map(|i| (i * 7919 % 1009) as f32).collect();
        let spectra = kernels.pce_spectra(&planes, side, side).unwrap();
        drop(planes);
        let before = NOW.load(Relaxed);
        MOST.store(before, Relaxed);
        let found = kernels.pce_above(PairsOf::One { spectra: &spectra, from: 0 }, side, side, 1e9).unwrap();
        assert!(found.is_empty());
        MOST.load(Relaxed) - before
    };
    // The first call fills what the threads keep.
    peak(512);
    let (small, large) = (peak(512), peak(2048));
    // Spectra as the products want them are one copy of the planes' size; the matrix of the large collection would have 32 MiB.
    let copy = (2048 - 512) * side * side * size_of::<f32>();
    assert!(large < small + copy + (1 << 18), "{small} bytes for 512, {large} for 2048");
    assert!(large < 8 << 20, "{large} bytes");
}
