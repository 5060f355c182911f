//! Loops over values, on the best instructions that the processor has and on all threads.

use rayon::prelude::*;

use crate::real::Real;

/// Values that one thread takes at a time.
const SHARE: usize = 1 << 14;
const LANES: usize = 16;
/// Values that are summed before they go into a float64.
const BLOCK: usize = 1 << 10;

/// Runs a loop compiled for AVX2 or AVX-512 where there is one.
pub(crate) fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}

/// Changes each value.
pub(crate) fn each<T: Real>(values: &mut [T], change: impl Fn(&mut T) + Sync) {
    values.par_chunks_mut(SHARE).for_each(|values| vectorised(|| values.iter_mut().for_each(&change)));
}

/// Changes each value by what stands at its place in `others`.
pub(crate) fn each_with<T: Real, U: Copy + Sync>(values: &mut [T], others: &[U], change: impl Fn(&mut T, U) + Sync) {
    let shares = values.par_chunks_mut(SHARE).zip(others.par_chunks(SHARE));
    shares.for_each(|(values, others)| {
        vectorised(|| values.iter_mut().zip(others).for_each(|(value, &other)| change(value, other)));
    });
}

/// Σ of a function of each value: short sums in the values' precision, those in float64.
pub(crate) fn sum<T: Real>(values: &[T], of: impl Fn(T) -> T) -> f64 {
    vectorised(|| {
        values
            .chunks(BLOCK)
            .map(|block| {
                let (whole, rest) = block.as_chunks::<LANES>();
                let mut lanes = [T::default(); LANES];
                for values in whole {
                    for (lane, &value) in lanes.iter_mut().zip(values) {
                        *lane += of(value);
                    }
                }
                let rest: f64 = rest.iter().map(|&value| of(value).to_f64()).sum();
                lanes.iter().map(|lane| lane.to_f64()).sum::<f64>() + rest
            })
            .sum()
    })
}

/// Σ b and Σ (a − shift)·b.
pub(crate) fn sums_with<T: Real>(a: &[T], b: &[T], shift: T) -> [f64; 2] {
    vectorised(|| {
        let mut total = [0.0; 2];
        for (a, b) in a.chunks(BLOCK).zip(b.chunks(BLOCK)) {
            let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
            let (mut plain, mut product) = ([T::default(); LANES], [T::default(); LANES]);
            for (a, b) in a.iter().zip(b) {
                for i in 0..LANES {
                    plain[i] += b[i];
                    product[i] += (a[i] - shift) * b[i];
                }
            }
            for (&a, &b) in a_rest.iter().zip(b_rest) {
                plain[0] += b;
                product[0] += (a - shift) * b;
            }
            for (total, lanes) in total.iter_mut().zip([plain, product]) {
                *total += lanes.iter().map(|lane| lane.to_f64()).sum::<f64>();
            }
        }
        total
    })
}
