//! Transforms against their definitions in float64, at every kind of size and on every instruction set of this processor.

mod support;

use support::{doubles, error, naive_dct2, naive_rfft2, noise, singles};
use syntrace_kernels::{Kernels, Origin, TileGrid};

/// Powers of two, products of 2, 3 and 5, primes, odd and tiny sides, none a multiple of a vector.
const SIZES: [(usize, usize); 22] = [
    (1, 1),
    (1, 2),
    (2, 1),
    (1, 7),
    (3, 3),
    (2, 5),
    (4, 4),
    (8, 8),
    (16, 16),
    (9, 15),
    (17, 13),
    (31, 33),
    (64, 64),
    (50, 30),
    (27, 25),
    (48, 80),
    (97, 101),
    (128, 32),
    (178, 218),
    (130, 200),
    (19, 256),
    (1, 509),
];

/// Relative to the largest value, as float32 transforms of n samples earn it.
fn bound(n: usize) -> f64 {
    3e-7 * ((n as f64).log2() + 1.0).sqrt()
}

#[test]
fn dct2_is_the_orthonormal_dct() {
    let kernels = Kernels::new();
    for (h, w) in SIZES {
        let x = noise((h * 1000 + w) as u64, 2 * h * w);
        let got = kernels.dct2(&singles(&x), h, w).unwrap();
        let exact = kernels.dct2(&x, h, w).unwrap();
        for plane in 0..2 {
            let range = plane * h * w..(plane + 1) * h * w;
            let rounded = doubles(&singles(&x[range.clone()]));
            let e = error(&doubles(&got[range.clone()]), &naive_dct2(&rounded, h, w));
            assert!(e < bound(h * w), "{h}×{w} f32: {e}");
            let e = error(&exact[range.clone()], &naive_dct2(&x[range], h, w));
            assert!(e < 5e-15 * ((h * w) as f64).log2().max(1.0), "{h}×{w} f64: {e}");
        }
    }
}

#[test]
fn dct2_keeps_energy_and_sums() {
    let (kernels, h, w) = (Kernels::new(), 96, 120);
    let (a, b) = (noise(1, h * w), noise(2, h * w));
    let energy = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>();
    let (ta, tb) = (kernels.dct2(&a, h, w).unwrap(), kernels.dct2(&b, h, w).unwrap());
    assert!((energy(&a) / energy(&ta) - 1.0).abs() < 1e-12);
    let mixed: Vec<f64> = a.iter().zip(&b).map(|(a, b)| 2.0 * a - 3.0 * b).collect();
    let want: Vec<f64> = ta.iter().zip(&tb).map(|(a, b)| 2.0 * a - 3.0 * b).collect();
    assert!(error(&kernels.dct2(&mixed, h, w).unwrap(), &want) < 1e-13);
    let mean = a.iter().sum::<f64>() / (h * w) as f64;
    assert!((ta[0] - mean * ((h * w) as f64).sqrt()).abs() < 1e-9);
}

#[test]
fn rfft2_is_the_dft_and_irfft2_undoes_it() {
    let kernels = Kernels::new();
    for (h, w) in SIZES {
        let x = singles(&noise((h * 7 + w) as u64, 2 * h * w));
        let got = kernels.rfft2(&x, h, w).unwrap();
        let size = h * (w / 2 + 1) * 2;
        for plane in 0..2 {
            let want = naive_rfft2(&doubles(&x[plane * h * w..(plane + 1) * h * w]), h, w);
            let e = error(&doubles(&got[plane * size..(plane + 1) * size]), &want);
            assert!(e < bound(h * w), "{h}×{w}: {e}");
        }
        let e = error(&doubles(&kernels.irfft2(&got, h, w).unwrap()), &doubles(&x));
        assert!(e < 2.0 * bound(h * w), "{h}×{w} back: {e}");
    }
}

#[test]
fn large_sides_are_as_exact_as_rustfft() {
    use rustfft::{FftPlanner, num_complex::Complex};
    let kernels = Kernels::new();
    for w in [509, 1000, 1021, 1024, 2187, 4096, 6561] {
        let x = singles(&noise(w as u64, w));
        let mut line: Vec<Complex<f64>> = x.iter().map(|&v| Complex::new(f64::from(v), 0.0)).collect();
        FftPlanner::new().plan_fft_forward(w).process(&mut line);
        let want: Vec<f64> = line[..=w / 2].iter().flat_map(|z| [z.re, z.im]).collect();
        let e = error(&doubles(&kernels.rfft2(&x, 1, w).unwrap()), &want);
        assert!(e < bound(w), "{w}: {e}");
    }
}

#[test]
fn tile_statistics_equal_tiles_one_by_one() {
    let kernels = Kernels::new();
    for (h, w, tile, stride) in [
        (64, 64, 8, 8),
        (61, 70, 8, 5),
        (40, 33, 16, 7),
        (40, 45, 12, 12),
        (66, 70, 64, 1),
        (9, 9, 7, 1),
        (5, 6, 1, 2),
        (300, 40, 32, 16),
    ] {
        let x = singles(&noise((h + w) as u64, 2 * h * w));
        let got = kernels.tile_log_dct(&x, h, w, TileGrid { tile, stride }, 1e-3).unwrap();
        for plane in 0..2 {
            let mut logs: Vec<Vec<f64>> = Vec::new();
            for y in (0..=h - tile).step_by(stride) {
                for left in (0..=w - tile).step_by(stride) {
                    let at = |i: usize| plane * h * w + (y + i / tile) * w + left + i % tile;
                    let cut: Vec<f64> = (0..tile * tile).map(|i| f64::from(x[at(i)])).collect();
                    logs.push(naive_dct2(&cut, tile, tile).iter().map(|c| (c.abs() + 1e-3).ln()).collect());
                }
            }
            let n = logs.len() as f64;
            for i in 0..tile * tile {
                let mean = logs.iter().map(|l| l[i]).sum::<f64>() / n;
                let deviation = (logs.iter().map(|l| (l[i] - mean).powi(2)).sum::<f64>() / n).sqrt();
                let at = plane * tile * tile + i;
                // A log near zero multiplies the transform's error: one coefficient in a few thousand.
                assert!(
                    (f64::from(got.mean[at]) - mean).abs() < 2e-3,
                    "{tile}/{stride} mean {i}: {} {mean}",
                    got.mean[at]
                );
                assert!((f64::from(got.deviation[at]) - deviation).abs() < 5e-3, "{tile}/{stride} deviation {i}");
            }
        }
    }
}

#[test]
fn a_ring_of_one_value_keeps_it() {
    let x = vec![3.5; 40 * 30];
    let out = Kernels::new().radial_mean(&x, 40, 30, Origin::Centre, 15).unwrap();
    assert_eq!(out, vec![3.5; 15]);
}

#[test]
fn wrong_sizes_are_refused() {
    let kernels = Kernels::new();
    assert_eq!(kernels.dct2(&[1.0_f32; 10], 3, 3).unwrap_err().code(), "KERNEL_SHAPE");
    assert_eq!(kernels.dct2::<f32>(&[], 0, 3).unwrap_err().code(), "KERNEL_SHAPE");
    assert_eq!(kernels.rfft2(&[1.0; 10], 0, 0).unwrap_err().code(), "KERNEL_SHAPE");
    assert_eq!(kernels.irfft2(&[1.0; 10], 2, 3).unwrap_err().code(), "KERNEL_SHAPE");
    let grid = |tile, stride| TileGrid { tile, stride };
    assert_eq!(kernels.tile_log_dct(&[1.0; 16], 4, 4, grid(8, 8), 0.0).unwrap_err().code(), "KERNEL_SHAPE");
    assert_eq!(kernels.tile_log_dct(&[1.0; 16], 4, 4, grid(2, 0), 0.0).unwrap_err().code(), "KERNEL_VALUE");
    assert_eq!(kernels.log_abs(&[1.0_f32], -1.0).unwrap_err().code(), "KERNEL_VALUE");
}
