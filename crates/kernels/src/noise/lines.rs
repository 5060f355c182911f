//! Planes whose rows start at whole vectors.

/// Elements after the end of a buffer that a last vector may touch.
pub(super) const SLACK: usize = 64;

/// A length as a whole number of the widest vectors.
pub(super) const fn padded(length: usize) -> usize {
    length.next_multiple_of(16)
}

/// A plane with rows `stride` apart.
#[derive(Clone, Copy)]
pub(super) struct Plane<'a, T> {
    pub(super) data: &'a [T],
    pub(super) stride: usize,
    pub(super) height: usize,
    pub(super) width: usize,
}
