//! What several tests need: numbers, slow but simple transforms in float64, and .npy files.
#![allow(dead_code, reason = "each test file uses a part")]

use std::f64::consts::PI;
use std::path::{Path, PathBuf};

/// Numbers in −128 … 127 from a seed.
pub(crate) fn noise(seed: u64, count: usize) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64 * 255.0 - 128.0
    };
    (0..count).map(|_| next()).collect()
}

pub(crate) fn singles(values: &[f64]) -> Vec<f32> {
    values.iter().map(|&v| v as f32).collect()
}

/// The definition of the orthonormal DCT-II, along rows then columns.
pub(crate) fn naive_dct2(x: &[f64], h: usize, w: usize) -> Vec<f64> {
    let line = |x: &[f64]| -> Vec<f64> {
        let n = x.len();
        let scale = |k: usize| (if k == 0 { 1.0 } else { 2.0 } / n as f64).sqrt();
        let term = |i: usize, k: usize| (PI * ((2 * i + 1) * k % (4 * n)) as f64 / (2 * n) as f64).cos();
        (0..n).map(|k| scale(k) * x.iter().enumerate().map(|(i, v)| v * term(i, k)).sum::<f64>()).collect()
    };
    let rows: Vec<Vec<f64>> = x.chunks(w).map(line).collect();
    let mut out = vec![0.0; h * w];
    for k in 0..w {
        let column: Vec<f64> = rows.iter().map(|row| row[k]).collect();
        for (i, v) in line(&column).into_iter().enumerate() {
            out[i * w + k] = v;
        }
    }
    out
}

/// The definition of the two-dimensional DFT, half spectrum, as (re, im) pairs.
pub(crate) fn naive_rfft2(x: &[f64], h: usize, w: usize) -> Vec<f64> {
    let mut out = Vec::new();
    let angle = |i: usize, k: usize, n: usize| -2.0 * PI * (i * k % n) as f64 / n as f64;
    let half: Vec<Vec<(f64, f64)>> = x
        .chunks(w)
        .map(|row| {
            (0..=w / 2)
                .map(|k| {
                    row.iter().enumerate().fold((0.0, 0.0), |(re, im), (i, v)| {
                        let a = angle(i, k, w);
                        (re + v * a.cos(), im + v * a.sin())
                    })
                })
                .collect()
        })
        .collect();
    for l in 0..h {
        for k in 0..=w / 2 {
            let (re, im) = half.iter().enumerate().fold((0.0, 0.0), |(re, im), (i, row)| {
                let (a, (vr, vi)) = (angle(i, l, h), row[k]);
                (re + vr * a.cos() - vi * a.sin(), im + vr * a.sin() + vi * a.cos())
            });
            out.extend([re, im]);
        }
    }
    out
}

/// Largest difference, relative to the largest wanted value.
pub(crate) fn error(got: &[f64], want: &[f64]) -> f64 {
    assert_eq!(got.len(), want.len());
    let largest = want.iter().fold(1e-300, |m: f64, v| m.max(v.abs()));
    got.iter().zip(want).fold(0.0, |m: f64, (g, w)| if g.is_nan() { f64::INFINITY } else { m.max((g - w).abs()) })
        / largest
}

/// Fails with the first value that is further off than `absolute + relative · |wanted|`.
pub(crate) fn assert_close(got: &[f64], want: &[f64], absolute: f64, relative: f64, what: &str) {
    assert_eq!(got.len(), want.len(), "{what}");
    for (i, (g, w)) in got.iter().zip(want).enumerate() {
        assert!((g - w).abs() <= absolute + relative * w.abs(), "{what} [{i}]: {g} for {w}");
    }
}

/// Whole numbers 0…255 as bytes.
pub(crate) fn bytes(values: &[f64]) -> Vec<u8> {
    values.iter().map(|&v| v as u8).collect()
}

pub(crate) fn doubles(values: &[f32]) -> Vec<f64> {
    values.iter().map(|&v| f64::from(v)).collect()
}

/// The reference folder (`SYNTRACE_SHARED`, default `../shared` beside the repository), or nothing with the reason on stderr.
pub(crate) fn golden(group: &str) -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("SYNTRACE_SHARED").map_or(default, PathBuf::from);
    let folder = shared.join("golden").join(group);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: golden vectors of {group}: {} is not there (set SYNTRACE_SHARED)", folder.display());
    None
}

/// Shape and values of a little-endian .npy file of u8, i64, f32 or f64 in C order.
pub(crate) fn npy(path: &Path) -> (Vec<usize>, Vec<f64>) {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert_eq!(&bytes[..6], b"\x93NUMPY");
    let (start, length) = match bytes[6] {
        1 => (10, u16::from_le_bytes([bytes[8], bytes[9]]) as usize),
        _ => (12, u32::from_le_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]) as usize),
    };
    let header = std::str::from_utf8(&bytes[start..start + length]).unwrap();
    assert!(header.contains("'fortran_order': False"), "{header}");
    let field = |name: &str| header.split(&format!("'{name}': ")).nth(1).unwrap();
    let shape = field("shape").split(['(', ')']).nth(1).unwrap();
    let shape: Vec<usize> = shape.split(',').filter_map(|s| s.trim().parse().ok()).collect();
    let data = &bytes[start + length..];
    let values = match field("descr").split('\'').nth(1).unwrap() {
        "|u1" => data.iter().map(|&v| f64::from(v)).collect(),
        "<i8" => data.chunks_exact(8).map(|b| i64::from_le_bytes(b.try_into().unwrap()) as f64).collect(),
        "<f4" => data.chunks_exact(4).map(|b| f64::from(f32::from_le_bytes(b.try_into().unwrap()))).collect(),
        "<f8" => data.chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().unwrap())).collect(),
        other => panic!("{}: dtype {other}", path.display()),
    };
    (shape, values)
}

/// Kernels on two threads where the build has them.
pub(crate) fn threaded() -> syntrace_kernels::Kernels {
    #[cfg(feature = "threads")]
    return syntrace_kernels::Kernels::with_threads(2).unwrap();
    #[cfg(not(feature = "threads"))]
    syntrace_kernels::Kernels::new()
}
