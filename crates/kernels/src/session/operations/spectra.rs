//! Spectra compared with masks.

use super::Operation;

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
pub(super) const TABLE: &[(&str, Operation)] = &[];
