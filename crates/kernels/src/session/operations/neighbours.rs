//! Distances between rows and their principal axes.

use super::Operation;

/// | name | option | inputs | parameters | results |
/// |---|---|---|---|---|
pub(super) const TABLE: &[(&str, Operation)] = &[];
