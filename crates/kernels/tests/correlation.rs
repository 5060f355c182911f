//! Correlation and PCE against their definitions, and the fast method against the slow one.

mod support;

use support::{doubles, error, noise, singles, threaded};
use syntrace_kernels::{Kernels, PairsOf};

/// c(ky, kx) by the definition.
fn correlate(a: &[f64], b: &[f64], h: usize, w: usize) -> Vec<f64> {
    let centred = |v: &[f64]| -> Vec<f64> {
        let mean = v.iter().sum::<f64>() / v.len() as f64;
        v.iter().map(|x| x - mean).collect()
    };
    let (a, b) = (centred(a), centred(b));
    let lag = |k: usize| {
        let (ky, kx) = (k / w, k % w);
        (0..h * w).map(|i| a[i] * b[(i / w + ky) % h * w + (i % w + kx) % w]).sum::<f64>()
    };
    (0..h * w).map(lag).collect()
}

fn pce(a: &[f64], b: &[f64], h: usize, w: usize) -> f64 {
    let c = correlate(a, b, h, w);
    let near = |i: usize, n: usize| i.min(n - i) <= 5;
    let outside: f64 =
        c.iter().enumerate().filter(|(i, _)| !(near(i / w, h) && near(i % w, w))).map(|(_, c)| c * c).sum();
    c[0].signum() * c[0] * c[0] * (h * w - 121) as f64 / outside
}

/// Residuals of which some share a pattern.
fn pile(count: usize, size: usize) -> Vec<f64> {
    let pattern = noise(99, size);
    (0..count)
        .flat_map(|i| {
            let share = [0.0, 0.3, -0.2][i % 3];
            let own = noise(i as u64 + 1, size);
            own.into_iter().zip(&pattern).map(|(x, p)| x * (1.0 + i as f64) + share * p + 3.0).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn fft2_is_undone_and_keeps_energy_at_any_size() {
    let kernels = Kernels::new();
    for (h, w) in [(1, 1), (2, 3), (16, 16), (193, 251), (31, 8), (97, 1), (5, 64)] {
        let x = noise((h * w) as u64, 2 * 2 * h * w);
        let f = kernels.fft2(&x, h, w, false).unwrap();
        let energy = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>();
        assert!((energy(&f) / energy(&x) / (h * w) as f64 - 1.0).abs() < 1e-12, "{h}×{w}");
        assert!(error(&kernels.fft2(&f, h, w, true).unwrap(), &x) < 1e-13, "{h}×{w}");
        let single = kernels.fft2(&singles(&x), h, w, false).unwrap();
        assert!(error(&doubles(&single), &f) < 2e-6, "{h}×{w}");
        // Of a real plane it is the half spectrum and its mirror image.
        let real: Vec<f64> =
            x[..2 * h * w].iter().enumerate().map(|(i, &v)| if i % 2 == 0 { v } else { 0.0 }).collect();
        let full = kernels.fft2(&real, h, w, false).unwrap();
        let plane: Vec<f64> = real.iter().step_by(2).copied().collect();
        let half = kernels.rfft2(&plane, h, w).unwrap();
        let bins = w / 2 + 1;
        for l in 0..h {
            for k in 0..bins {
                for part in 0..2 {
                    let (a, b) = (full[(l * w + k) * 2 + part], half[(l * bins + k) * 2 + part]);
                    assert!((a - b).abs() < 1e-9 * (h * w) as f64);
                }
            }
        }
    }
    assert!(kernels.fft2(&[0.0_f32; 6], 2, 2, false).is_err());
}

#[test]
fn the_surface_is_the_definition_and_moves_with_its_argument() {
    let kernels = Kernels::new();
    for (h, w) in [(12, 20), (13, 11)] {
        let (a, b) = (noise(1, h * w), noise(2, h * w));
        let want = correlate(&a, &b, h, w);
        assert!(error(&kernels.cross_correlation(&a, &b, h, w).unwrap(), &want) < 1e-12);
        let single = kernels.cross_correlation(&singles(&a), &singles(&b), h, w).unwrap();
        assert!(error(&doubles(&single), &want) < 2e-6);
        let moved: Vec<f64> = (0..h * w).map(|i| b[(i / w + h - 2) % h * w + (i % w + w - 3) % w]).collect();
        let surface = kernels.cross_correlation(&a, &moved, h, w).unwrap();
        for (i, value) in surface.iter().enumerate() {
            let from = (i / w + h - 2) % h * w + (i % w + w - 3) % w;
            assert!((value - want[from]).abs() < 1e-8);
        }
        let report = kernels.pce(&a, &moved_of(&a, h, w), h, w, (h, w)).unwrap()[0];
        assert_eq!((report.row, report.column), (2, 3));
        let mut two = b.clone();
        two.extend(&moved);
        assert_eq!(kernels.cross_correlation(&a, &two, h, w).unwrap().len(), 2 * h * w);
    }
    assert!(kernels.cross_correlation(&[0.0_f64; 8], &[0.0; 12], 2, 2).is_err());
}

fn moved_of(a: &[f64], h: usize, w: usize) -> Vec<f64> {
    (0..h * w).map(|i| a[(i / w + h - 2) % h * w + (i % w + w - 3) % w]).collect()
}

#[test]
fn all_pairs_are_what_pairs_are() {
    for (h, w, n) in [(11, 12, 5), (16, 16, 9), (24, 30, 7), (17, 23, 6), (33, 48, 40), (20, 13, 3)] {
        let x = pile(n, h * w);
        let kernels = threaded();
        let residuals = singles(&x);
        let spectra = kernels.pce_spectra(&residuals, h, w).unwrap();
        let all = kernels.pce_pairs(PairsOf::One { spectra: &spectra, from: 0 }, h, w).unwrap();
        let reports = |i: usize| {
            let a = doubles(&residuals[i * h * w..][..h * w]);
            kernels.pce(&a, &doubles(&residuals), h, w, (0, 0)).unwrap()
        };
        for i in 0..n {
            let row = reports(i);
            for j in 0..n {
                let want = if j < i { row[j].pce } else { 0.0 };
                let got = all[i * n + j];
                assert!((got - want).abs() <= 2e-5 * want.abs() + 4e-5, "{h}×{w} ({i}, {j}): {got} for {want}");
            }
        }
        assert!((pce(&x[..h * w], &x[h * w..2 * h * w], h, w) - reports(0)[1].pce).abs() < 1e-3);
        let both = kernels.pce_pairs(PairsOf::Two(&spectra, &spectra), h, w).unwrap();
        for i in 0..n {
            for j in 0..i {
                assert_eq!(both[i * n + j], all[i * n + j], "rows against columns");
                let (a, b) = (both[i * n + j], both[j * n + i]);
                assert!((a - b).abs() <= 1e-5 * a.abs() + 1e-5, "symmetric");
            }
        }
        let alone = Kernels::new().pce_pairs(PairsOf::One { spectra: &spectra, from: 0 }, h, w).unwrap();
        assert_eq!(alone, all, "threads change no bit");
        for threshold in [-1.0, 0.0, 1.0, 30.0] {
            let pairs = kernels.pce_above(PairsOf::One { spectra: &spectra, from: 1 }, h, w, threshold).unwrap();
            let want: Vec<(usize, usize, f64)> = (1..n)
                .flat_map(|i| (0..i).map(move |j| (i, j)))
                .map(|(i, j)| (i, j, all[i * n + j]))
                .filter(|&(.., pce)| pce > threshold)
                .collect();
            let got: Vec<_> = pairs.iter().map(|p| (p.row, p.column, p.pce)).collect();
            assert_eq!(got, want, "{h}×{w} above {threshold}");
        }
    }
}

#[test]
fn merged_spectra_are_spectra_of_merged_residuals() {
    let (h, w, n) = (32, 40, 8);
    let kernels = threaded();
    let residuals = singles(&pile(n, h * w));
    let spectra = kernels.pce_spectra(&residuals, h, w).unwrap();
    let groups: [&[usize]; 4] = [&[5], &[0, 3], &[1, 4, 7], &[2, 6]];
    let merged = kernels.group_means(&spectra, spectra.len() / n, &groups, true).unwrap();
    let fast = kernels.pce_pairs(PairsOf::One { spectra: &merged, from: 2 }, h, w).unwrap();
    let pairs = [[groups[2], groups[0]], [groups[2], groups[1]], [groups[3], groups[0]], [groups[3], groups[2]]];
    let exact = kernels.pce_exact(&residuals, h, w, &pairs).unwrap();
    for ((i, j), want) in [(0, 0), (0, 1), (1, 0), (1, 2)].into_iter().zip(exact) {
        let got = fast[i * 4 + j];
        assert!((got - want).abs() <= 2e-5 * want.abs() + 4e-5, "{got} for {want}");
    }
    assert!(kernels.pce_exact(&residuals, h, w, &[[&[0], &[8]]]).is_err());
    assert!(kernels.pce_exact(&residuals, h, w, &[[&[0], &[]]]).is_err());
}

#[test]
fn pce_is_free_of_scale_and_offset_and_changes_sign_with_its_argument() {
    let (h, w) = (18, 25);
    let x = pile(2, h * w);
    let (a, b) = x.split_at(h * w);
    let kernels = Kernels::new();
    let value = |a: &[f64], b: &[f64]| kernels.pce(a, b, h, w, (0, 0)).unwrap()[0].pce;
    let want = value(a, b);
    let scaled: Vec<f64> = a.iter().map(|v| 17.0 * v - 40.0).collect();
    let turned: Vec<f64> = a.iter().map(|v| -v).collect();
    assert!((value(&scaled, b) / want - 1.0).abs() < 1e-9);
    assert!((value(&turned, b) / want + 1.0).abs() < 1e-9);
    assert!((value(b, a) / want - 1.0).abs() < 1e-9);
    let board: Vec<f32> = (0..64 * 64).map(|i| if (i / 64 + i) % 2 == 0 { 1.0 } else { -1.0 }).collect();
    let spectra = kernels.pce_spectra(&board, 64, 64).unwrap();
    let itself = kernels.pce_pairs(PairsOf::Two(&spectra, &spectra), 64, 64).unwrap();
    assert!((itself[0] - 1.0).abs() < 1e-5, "a periodic pattern caps PCE: {}", itself[0]);
    let flat = kernels.pce_spectra(&[7.0; 256], 16, 16).unwrap();
    assert_eq!(kernels.pce_pairs(PairsOf::Two(&flat, &flat), 16, 16).unwrap(), [0.0]);
}

#[test]
fn sides_that_leave_no_energy_are_refused() {
    let kernels = Kernels::new();
    assert_eq!(kernels.pce(&[0.0_f64; 121], &[0.0; 121], 11, 11, (0, 0)).unwrap_err().code(), "KERNEL_SHAPE");
    assert_eq!(kernels.pce_spectra(&[0.0; 640], 10, 64).unwrap_err().code(), "KERNEL_SHAPE");
    let pairs = PairsOf::One { spectra: &[0.0; 5], from: 0 };
    assert_eq!(kernels.pce_pairs(pairs, 16, 16).unwrap_err().code(), "KERNEL_SHAPE");
    let pairs = PairsOf::One { spectra: &[], from: 0 };
    assert_eq!(kernels.pce_above(pairs, 16, 16, f64::NAN).unwrap_err().code(), "KERNEL_VALUE");
    assert!(kernels.pce_above(pairs, 16, 16, 1.0).unwrap().is_empty());
}
