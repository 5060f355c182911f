//! Noise residuals and their correlation.

use super::Operation;

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
pub(super) const TABLE: &[(&str, Operation)] = &[];
