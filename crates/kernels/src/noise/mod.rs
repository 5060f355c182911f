//! Noise residuals: what a wavelet filter takes out of a picture, and what is made of many of them.

mod dwt;
mod fourier_wiener;
mod group_means;
mod lines;
mod prnu;
mod residual;
mod wavelet;
mod wiener;
mod zero_mean;

pub use dwt::Band;
pub use prnu::{PrnuSums, Saturation};
pub use residual::{Residual, Sample};
pub use wavelet::Border;
