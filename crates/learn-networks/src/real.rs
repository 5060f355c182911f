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

/// A matrix in a slice, row by row; its rows may lie further apart than they are long.
#[derive(Clone, Copy)]
pub(crate) struct Matrix<'a, T> {
    values: &'a [T],
    rows: usize,
    columns: usize,
    apart: usize,
    transposed: bool,
}

impl<'a, T> Matrix<'a, T> {
    pub(crate) fn new(values: &'a [T], rows: usize, columns: usize) -> Self {
        Self::part(values, rows, columns, columns)
    }

    /// Rows that start `apart` values from each other.
    pub(crate) fn part(values: &'a [T], rows: usize, columns: usize, apart: usize) -> Self {
        assert!(columns <= apart && values.len() >= (rows - 1) * apart + columns);
        Self { values, rows, columns, apart, transposed: false }
    }

    /// The same values with rows and columns exchanged.
    pub(crate) fn transposed(self) -> Self {
        Self { rows: self.columns, columns: self.rows, transposed: !self.transposed, ..self }
    }

    /// (between columns, between rows)
    fn strides(&self) -> (isize, isize) {
        if self.transposed { (self.apart as isize, 1) } else { (1, self.apart as isize) }
    }
}

/// to = a·b, or to + a·b, into rows that start `apart` values from each other, on the threads of this pool.
pub(crate) fn multiply<T: Real>(a: Matrix<T>, b: Matrix<T>, to: &mut [T], apart: usize, add: bool) {
    let (m, n, k) = (a.rows, b.columns, a.columns);
    assert!(k == b.rows && n <= apart && to.len() >= (m - 1) * apart + n);
    let ((a_column, a_row), (b_column, b_row)) = (a.strides(), b.strides());
    let one = T::of(1.0);
    // SAFETY: sizes and strides of the three slices were checked here and in `Matrix::part`, and `to` is borrowed alone.
    unsafe {
        gemm::gemm(
            m,
            n,
            k,
            to.as_mut_ptr(),
            1,
            apart as isize,
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
            Parallelism::Rayon(0),
        );
    }
}
