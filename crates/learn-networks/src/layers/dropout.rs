//! Values that are left out at random (Srivastava et al. 2014).

use rayon::prelude::*;

use super::Dropout;
use crate::random::Random;
use crate::real::Real;

/// What each value is multiplied by, drawn again for the gradient instead of kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mask {
    random: Random,
    rate: f64,
}

impl Mask {
    pub(crate) fn new(layer: &Dropout, random: Random) -> Self {
        Self { random, rate: layer.rate }
    }
}

/// Values or their gradients times nought, or 1/(1 − rate).
pub(crate) fn drop<T: Real>(Mask { random, rate }: Mask, values: &mut [T]) {
    let gain = T::of(1.0 / (1.0 - rate));
    values.par_iter_mut().enumerate().for_each(|(i, value)| {
        *value = if random.at(i as u64) < rate { T::default() } else { *value * gain };
    });
}
