//! Which operations run on the card, and how.

mod elementwise;
mod pixels;
mod reductions;
mod tiles;
mod transforms;

use crate::call::{Call, Outcome};
use crate::device::Device;

type Operation = fn(&Call, &Device) -> Outcome;

/// Operations of the contract with kernels of the card. All others take the host's step: download, CPU kernels, upload
/// (`src/host_step.rs`); so do arguments that these do not serve.
pub(crate) const ON_DEVICE: [(&str, Operation); 18] = [
    ("colour", pixels::colour),
    ("crop", pixels::crop),
    ("padReflect", pixels::pad_reflect),
    ("dct2", transforms::dct2),
    ("rfft2", transforms::rfft2),
    ("irfft2", transforms::irfft2),
    ("logAbs", elementwise::log_abs),
    ("logSpectrum", elementwise::log_spectrum),
    ("tileLogDct", tiles::tile_log_dct),
    ("radialMean", reductions::radial_mean),
    ("nprResidual", pixels::npr_residual),
    ("laplacianVariance", reductions::laplacian_variance),
    ("moments", reductions::moments),
    ("standardize", elementwise::standardize),
    ("linear", reductions::linear),
    ("concat", elementwise::concat),
    ("heatMap", pixels::heat_map),
    ("thumbnail", pixels::thumbnail),
];

/// The operation of the card for a name.
pub(crate) fn on_device(op: &str) -> Option<Operation> {
    ON_DEVICE.iter().find(|(name, _)| *name == op).map(|(_, run)| *run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_of_the_card_is_one_of_the_contract() {
        for (name, _) in ON_DEVICE {
            assert!(syntrace_kernels::Session::known(name).is_ok(), "{name}");
        }
    }
}
