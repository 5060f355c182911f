//! Filters and noise of perturbations.

use super::Operation;

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
pub(super) const TABLE: &[(&str, Operation)] = &[];
