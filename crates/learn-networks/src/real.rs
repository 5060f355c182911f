//! Float32 and float64 behind one name.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub};

use gemm::Parallelism;

/// A number that networks compute in.
pub trait Real:
    Copy
    + Send
    + Sync
    + PartialOrd
    + Default
    + Add<Output = Self>
    + AddAssign
    + Sub<Output = Self>
    + Mul<Output = Self>
    + MulAssign
    + Div<Output = Self>
    + Neg<Output = Self>
    + Sum
    + 'static
{
    /// Rounded to this precision.
    fn of(value: f64) -> Self;
    /// Exact.
    fn to_f64(self) -> f64;
}

impl Real for f32 {
    fn of(value: f64) -> Self {
        value as Self
    }
    fn to_f64(self) -> f64 {
        f64::from(self)
    }
}

impl Real for f64 {
    fn of(value: f64) -> Self {
        value
    }
    fn to_f64(self) -> f64 {
        self
    }
}

/// A matrix in a slice: rows, columns, and how far apart neighbours in a row and in a column lie.
#[derive(Clone, Copy)]
pub(crate) struct Matrix<'a, T> {
    pub(crate) values: &'a [T],
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    transposed: bool,
}

impl<'a, T> Matrix<'a, T> {
    /// Row by row.
    pub(crate) fn new(values: &'a [T], rows: usize, columns: usize) -> Self {
        assert_eq!(values.len(), rows * columns);
        Self { values, rows, columns, transposed: false }
    }

    /// The same values with rows and columns exchanged.
    pub(crate) fn transposed(self) -> Self {
        Self { rows: self.columns, columns: self.rows, transposed: !self.transposed, ..self }
    }

    /// (between columns, between rows)
    fn strides(&self) -> (isize, isize) {
        if self.transposed { (self.rows as isize, 1) } else { (1, self.columns as isize) }
    }
}

/// to = a·b, or to + a·b: row by row, on the calling thread.
pub(crate) fn multiply<T: Real>(a: Matrix<T>, b: Matrix<T>, to: &mut [T], add: bool) {
    let (m, n, k) = (a.rows, b.columns, a.columns);
    assert_eq!((k, to.len()), (b.rows, m * n));
    let ((a_column, a_row), (b_column, b_row)) = (a.strides(), b.strides());
    let one = T::of(1.0);
    // SAFETY: the three slices hold m·k, k·n and m·n values, as asserted here and in `Matrix::new`; the strides stay inside them, and `to` is borrowed alone.
    unsafe {
        gemm::gemm(
            m,
            n,
            k,
            to.as_mut_ptr(),
            1,
            n as isize,
            add,
            a.values.as_ptr(),
            a_column,
            a_row,
            b.values.as_ptr(),
            b_column,
            b_row,
            one,
            one,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}
