//! Texture of grey levels and of colour residuals: co-occurrences, Haralick's features, the features of CSD.

mod colour_planes;
mod cooccurrence;
mod csd;
mod haralick;
mod quantise;
mod triples;

pub use colour_planes::YcbcrCoefficients;
pub use csd::CSD_FEATURES;
pub use haralick::HARALICK_FEATURES;
pub use quantise::Rounding;
