//! Plans of lines: radices, roots of unity and Bluestein's chirp, in float64 on the host and rounded once.

use crate::device::Device;
use crate::error::Result;
use crate::memory::Memory;
use cudarc::driver::{DevicePtr, DeviceRepr};
use std::f64::consts::PI;

/// Primes above this go by Bluestein's convolution.
const MOST_PRIME: usize = 61;

/// `Plan` of `kernels/fft.cuh`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlanArgument {
    twiddles: u64,
    chirp: u64,
    spectrum: u64,
    n: i32,
    m: i32,
    passes: i32,
    unused: i32,
    radices: [u64; 2],
}

// SAFETY: plain numbers, laid out as the kernels read them.
unsafe impl DeviceRepr for PlanArgument {}

/// A plan whose tables are on the card.
pub(crate) struct DevicePlan {
    pub(crate) argument: PlanArgument,
    /// Keeps the tables as long as the plan.
    _tables: Vec<Memory>,
}

/// Radices of a length in the order of the passes, powers of two first: their indices need no division. 8 and 4 are done in place; 2 is
/// left only where the length is twice an odd number. Nothing if a prime is too large.
fn radices(n: usize) -> Option<Vec<u8>> {
    let twos = n.trailing_zeros() as usize;
    let (eights, fours) = match twos % 3 {
        0 => (twos / 3, 0),
        2 => (twos / 3, 1),
        _ if twos > 1 => (twos / 3 - 1, 2),
        _ => (0, 0),
    };
    let mut found = [vec![8; eights], vec![4; fours], vec![2; usize::from(twos == 1)]].concat();
    let mut rest = n >> twos;
    for radix in (3..=MOST_PRIME).step_by(2) {
        while rest.is_multiple_of(radix) {
            found.push(radix as u8);
            rest /= radix;
        }
    }
    (rest == 1).then_some(found)
}

/// Whether all passes of a length are done in place.
pub(crate) fn in_place(n: usize) -> bool {
    radices(n).is_some_and(|list| list.iter().all(|radix| matches!(radix, 8 | 4)))
}

/// Length that is transformed for lines of n samples, and whether that is by Bluestein's convolution.
pub(crate) fn transformed_length(n: usize) -> (usize, bool) {
    if radices(n).is_some() { (n, false) } else { ((2 * n - 1).next_power_of_two(), true) }
}

/// exp(−2πi·k/n) with the angle reduced first.
fn root(k: usize, n: usize) -> [f64; 2] {
    let angle = -2.0 * PI * (k % n) as f64 / n as f64;
    [angle.cos(), angle.sin()]
}

/// Transform of the wrapped, conjugate chirp, over m: what Bluestein multiplies with.
fn chirp_spectrum(chirp: &[[f64; 2]], m: usize) -> Vec<[f64; 2]> {
    let mut line = vec![[0.0; 2]; m];
    for (i, &[re, im]) in chirp.iter().enumerate() {
        let value = [re / m as f64, -im / m as f64];
        line[i] = value;
        if i > 0 {
            line[m - i] = value;
        }
    }
    power_of_two(&mut line);
    line
}

/// In place, radix 2; only for tables.
fn power_of_two(x: &mut [[f64; 2]]) {
    let n = x.len();
    let bits = n.trailing_zeros();
    for i in 0..n {
        let j = i.reverse_bits() >> (usize::BITS - bits.max(1));
        if bits > 0 && i < j {
            x.swap(i, j);
        }
    }
    let mut half = 1;
    while half < n {
        for start in (0..n).step_by(2 * half) {
            for k in 0..half {
                let ([a, b], [c, d], [e, f]) = (x[start + k], x[start + k + half], root(k, 2 * half));
                let [g, h] = [c * e - d * f, c * f + d * e];
                x[start + k] = [a + g, b + h];
                x[start + k + half] = [a - g, b - h];
            }
        }
        half *= 2;
    }
}

impl Device {
    /// Numbers on the card in the wanted precision.
    pub(crate) fn rounded(&self, op: &'static str, values: &[[f64; 2]], double: bool) -> Result<Memory> {
        if double {
            return self.table(op, values);
        }
        let singles: Vec<[f32; 2]> = values.iter().map(|&[a, b]| [a as f32, b as f32]).collect();
        self.table(op, &singles)
    }

    pub(crate) fn make_plan(&self, op: &'static str, n: usize, double: bool) -> Result<DevicePlan> {
        let (m, by_bluestein) = transformed_length(n);
        let list = radices(m).unwrap_or_default();
        let mut packed = [0_u64; 2];
        for (i, &radix) in list.iter().enumerate() {
            packed[i / 8] |= u64::from(radix) << (8 * (i % 8));
        }
        let roots: Vec<[f64; 2]> = (0..m).map(|k| root(k, m)).collect();
        let mut tables = vec![self.rounded(op, &roots, double)?];
        if by_bluestein {
            // The angle −π·i²/n, with i² reduced modulo 2n first.
            let chirp: Vec<[f64; 2]> = (0..n).map(|i| root(i * i % (2 * n), 2 * n)).collect();
            tables.push(self.rounded(op, &chirp, double)?);
            tables.push(self.rounded(op, &chirp_spectrum(&chirp, m), double)?);
        }
        // The addresses stand in a structure, where no wait follows from them: wait here, once a size.
        self.synchronize(op)?;
        let address = |i: usize| tables.get(i).map_or(0, |table: &Memory| table.device_ptr(self.stream()).0);
        let argument = PlanArgument {
            twiddles: address(0),
            chirp: address(1),
            spectrum: address(2),
            n: n as i32,
            m: m as i32,
            passes: list.len() as i32,
            unused: 0,
            radices: packed,
        };
        Ok(DevicePlan { argument, _tables: tables })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radices_multiply_to_the_length_with_powers_of_two_first() {
        assert!(radices(1).unwrap().is_empty());
        assert_eq!(radices(224).unwrap(), [8, 4, 7]);
        assert_eq!(radices(2 * 37 * 41).unwrap(), [2, 37, 41]);
        assert_eq!(radices(1024).unwrap(), [8, 8, 4, 4]);
        assert!(in_place(128) && !in_place(224));
        assert_eq!(radices(67), None);
        for n in 1..2000_usize {
            let (m, by_bluestein) = transformed_length(n);
            let list = radices(m).unwrap();
            assert_eq!(list.iter().map(|&r| usize::from(r)).product::<usize>(), m);
            assert!(list.len() <= 16 && (by_bluestein == (m != n)) && (m == n || m >= 2 * n - 1));
        }
    }

    #[test]
    fn the_chirps_spectrum_is_the_transform_of_its_definition() {
        let (n, m) = (67, 256);
        let chirp: Vec<[f64; 2]> = (0..n).map(|i| root(i * i % (2 * n), 2 * n)).collect();
        let spectrum = chirp_spectrum(&chirp, m);
        for k in [0, 1, 100, 255] {
            let mut want = [0.0; 2];
            for i in 0..m {
                let at = if i < n { i } else { m - i };
                if at < n {
                    let ([a, b], [c, d]) = ([chirp[at][0], -chirp[at][1]], root(i * k, m));
                    want = [want[0] + (a * c - b * d) / m as f64, want[1] + (a * d + b * c) / m as f64];
                }
            }
            assert!((spectrum[k][0] - want[0]).abs() + (spectrum[k][1] - want[1]).abs() < 1e-12, "{k}");
        }
    }
}
