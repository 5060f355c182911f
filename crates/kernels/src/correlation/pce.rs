//! Peak-to-correlation energy from whole surfaces: with a search over shifts, and its statistics.

use super::shape::{EXCLUDED, REACH, check_sides};
use super::statistics::{false_alarm, tail};
use crate::context::Kernels;
use crate::error::Result;
use crate::simd::Real;

/// What is known of a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PceReport {
    /// sign(c)·c²/energy at the peak.
    pub pce: f64,
    /// c at the peak.
    pub peak: f64,
    /// Lag of the peak: the second plane is the first moved down by `row` and right by `column`, cyclically.
    pub row: usize,
    /// As `row`.
    pub column: usize,
    /// Q(c/√energy): chance of one lag.
    pub p_value: f64,
    /// Chance that one of the lags searched reaches this PCE.
    pub false_alarm: f64,
    /// log10 of it, also where it underflows.
    pub log10_false_alarm: f64,
    /// c(0)²/energy with the same energy and *no sign* (as the toolbox has it).
    pub pce_zero_shift: f64,
    /// Chance of that.
    pub false_alarm_zero_shift: f64,
    /// log10 of it.
    pub log10_false_alarm_zero_shift: f64,
}

/// Columns of [`PceReport::row_of_numbers`].
pub const PCE_COLUMNS: usize = 10;

impl PceReport {
    /// The fields in their order.
    pub fn row_of_numbers(&self) -> [f64; PCE_COLUMNS] {
        [
            self.pce,
            self.peak,
            self.row as f64,
            self.column as f64,
            self.p_value,
            self.false_alarm,
            self.log10_false_alarm,
            self.pce_zero_shift,
            self.false_alarm_zero_shift,
            self.log10_false_alarm_zero_shift,
        ]
    }
}

/// The report of one surface (zero lag first); shifts of 0 … `range` are searched for the largest c.
fn report<T: Real + Into<f64>>(surface: &[T], (h, w): (usize, usize), range: (usize, usize)) -> PceReport {
    let (down, right) = (range.0.min(h - 1), range.1.min(w - 1));
    let at = |y: usize, x: usize| -> f64 { surface[y * w + x].into() };
    let (mut row, mut column) = (0, 0);
    for y in 0..=down {
        for x in 0..=right {
            if at(y, x) > at(row, column) {
                (row, column) = (y, x);
            }
        }
    }
    let far = |i: usize, peak: usize, n: usize| {
        let distance = i.abs_diff(peak);
        distance.min(n - distance) > REACH
    };
    let mut sum = 0.0;
    for (y, line) in surface.chunks_exact(w).enumerate() {
        let whole = far(y, row, h);
        for (x, &c) in line.iter().enumerate() {
            let c: f64 = c.into();
            sum += if whole || far(x, column, w) { c * c } else { 0.0 };
        }
    }
    let energy = sum / (h * w - EXCLUDED) as f64;
    let (peak, zero) = (at(row, column), at(0, 0));
    let over = |c: f64| if c == 0.0 { 0.0 } else { c * c / energy };
    let (pce, pce_zero_shift) = (peak.signum() * over(peak), over(zero));
    let lags = ((down + 1) * (right + 1)) as f64;
    let (probability, log10_false_alarm) = false_alarm(pce, lags);
    let (false_alarm_zero_shift, log10_false_alarm_zero_shift) = false_alarm(pce_zero_shift, 1.0);
    let p_value = tail(if peak == 0.0 { 0.0 } else { peak / energy.sqrt() });
    PceReport {
        pce,
        peak,
        row,
        column,
        p_value,
        false_alarm: probability,
        log10_false_alarm,
        pce_zero_shift,
        false_alarm_zero_shift,
        log10_false_alarm_zero_shift,
    }
}

impl Kernels {
    /// PCE of planes a and b [n, h, w] (a may be a single plane for all of b), with the largest c among shifts of 0 … range (down, right;
    /// cut to the sides) as the peak and the 11 × 11 cyclic neighbourhood of the peak left out of the energy. `(0, 0)` is NoiseScope's:
    /// the zero lag, whether or not it is the largest, so the PCE is signed. Symmetric in a and b, free of offsets and positive scales.
    ///
    /// Three transforms a pair; for many pairs [`Kernels::pce_pairs`] needs none. O(hw·log(hw)). An all-zero surface has a PCE of 0.
    /// Errors: [`crate::KernelError::Shape`] as [`Kernels::cross_correlation`], for sides below 11 and for 11 × 11. Source: NoiseScope 4.
    pub fn pce<T: Real + Into<f64>>(
        &self,
        a: &[T],
        b: &[T],
        height: usize,
        width: usize,
        range: (usize, usize),
    ) -> Result<Vec<PceReport>> {
        check_sides("pce", height, width)?;
        let surfaces = self.cross_correlation(a, b, height, width)?;
        let size = height * width;
        let one = |i: usize| report(&surfaces[i * size..][..size], (height, width), range);
        let reports = self.map(surfaces.len() / size, surfaces.len(), one);
        self.recycle(surfaces);
        Ok(reports)
    }
}
