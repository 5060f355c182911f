//! Masked spectrum similarity: log spectra, masks, the similarity with its gradients, and the step that follows them.

mod adam;
mod backward;
mod head;
mod log_plane;
mod mask;
mod similarity;
mod sums;
mod train;

pub use adam::{Adam, AdamForm};
pub use head::{MaskHeads, NORM, SPECTRA};
pub use similarity::MaskSimilarity;
pub use train::MaskGradients;
