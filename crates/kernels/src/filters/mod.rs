//! Filters and noise that perturb pictures, and the resampling of the dataset tools.

mod bilateral;
mod borders;
mod gaussian;
mod median;
mod normal;
mod philox;
mod pillow;
mod resize;
mod taps;

pub use gaussian::{Arithmetic, Gaussian};
pub use resize::Resampling;

use crate::error::{KernelError, Result};

/// Interleaved 8-bit pictures [n, h, w, c]: samples of a picture and of a row.
#[derive(Clone, Copy)]
struct Layout {
    image: usize,
    row: usize,
}

impl Layout {
    /// Errors: [`KernelError::Shape`] unless `length` is whole pictures with sides and channels of at least 1.
    fn of(op: &'static str, length: usize, [height, width, channels]: [usize; 3]) -> Result<Self> {
        let row = width.saturating_mul(channels);
        let image = height.saturating_mul(row);
        if image == 0 || !length.is_multiple_of(image) {
            return Err(KernelError::shape(
                op,
                "images [b, h, w, c] with sides of at least 1",
                [height, width, channels],
            ));
        }
        Ok(Self { image, row })
    }
}
