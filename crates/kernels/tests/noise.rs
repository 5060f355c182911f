//! Noise residuals: properties that hold without any reference.

mod support;

use support::{doubles, error, noise, singles, threaded};
use syntrace_kernels::{Border, Kernels, PrnuSums, Residual, Saturation};

const NOISESCOPE: Residual = Residual { border: Border::Periodic, levels: 4, sigma: 2.0 };

fn bytes(seed: u64, count: usize) -> Vec<u8> {
    noise(seed, count).into_iter().map(|v| (v + 128.0) as u8).collect()
}

#[test]
fn the_wavelet_is_undone_by_its_inverse() {
    let kernels = Kernels::new();
    for (h, w) in [(2, 2), (4, 6), (16, 16), (30, 50), (34, 128), (66, 2)] {
        let x = noise(h as u64, 2 * h * w);
        let bands = kernels.dwt2(&x, h, w, Border::Periodic).unwrap();
        assert_eq!((bands[0].height, bands[0].width), (h / 2, w / 2));
        let back = kernels.idwt2(bands.each_ref().map(|b| &b.data[..]), h, w, Border::Periodic).unwrap();
        assert!(error(&back, &x) < 1e-10, "{h}×{w}: {}", error(&back, &x));
        let energy = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>();
        let of_bands: f64 = bands.iter().map(|b| energy(&b.data)).sum();
        assert!((of_bands / energy(&x) - 1.0).abs() < 1e-10, "the periodic transform is orthogonal");
    }
    for (h, w) in [(1, 1), (3, 5), (8, 8), (17, 30), (41, 64), (7, 101)] {
        let x = noise(h as u64, 3 * h * w);
        let bands = kernels.dwt2(&x, h, w, Border::Symmetric).unwrap();
        assert_eq!((bands[3].height, bands[3].width), ((h + 7) / 2, (w + 7) / 2));
        let back = kernels.idwt2(bands.each_ref().map(|b| &b.data[..]), h, w, Border::Symmetric).unwrap();
        assert!(error(&back, &x) < 1e-10, "{h}×{w}: {}", error(&back, &x));
    }
}

#[test]
fn polynomials_of_degree_three_have_no_details() {
    let (h, w) = (24, 40);
    let x: Vec<f64> = (0..h * w).map(|i| ((i % w) as f64).powi(3) / 1e3 + ((i / w) as f64).powi(2)).collect();
    let bands = Kernels::new().dwt2(&x, h, w, Border::Periodic).unwrap();
    for band in &bands[1..] {
        for y in 0..h / 2 - 4 {
            for x in 0..w / 2 - 4 {
                assert!(band.data[y * w / 2 + x].abs() < 1e-8, "four vanishing moments");
            }
        }
    }
}

#[test]
fn residuals_of_one_picture_or_many_in_float32_or_float64() {
    let kernels = threaded();
    for (h, w, c) in [(6, 6, 1), (16, 31, 3), (45, 33, 3), (100, 72, 3)] {
        let x = bytes(h as u64, 3 * h * w * c);
        let exact: Vec<f64> = x.iter().map(|&v| f64::from(v)).collect();
        for grey in [true, false] {
            let single: Vec<f32> = kernels.noise_residual(&x, [h, w, c], NOISESCOPE, grey).unwrap();
            let double = kernels.noise_residual(&exact, [h, w, c], NOISESCOPE, grey).unwrap();
            let worst = doubles(&single).iter().zip(&double).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs()));
            assert!(worst < 2e-4, "{h}×{w}×{c}: {worst}");
            let size = single.len() / 3;
            let alone: Vec<f32> =
                Kernels::new().noise_residual(&x[h * w * c..2 * h * w * c], [h, w, c], NOISESCOPE, grey).unwrap();
            assert_eq!(alone, single[size..2 * size], "neither batch nor threads change a bit");
        }
    }
}

#[test]
fn a_flat_picture_has_no_residual_and_offsets_change_nothing() {
    let kernels = Kernels::new();
    let flat = vec![77.0_f64; 32 * 48];
    let residual = kernels.noise_residual(&flat, [32, 48, 1], NOISESCOPE, true).unwrap();
    assert!(residual.iter().all(|v| v.abs() < 1e-9));
    let x = noise(3, 32 * 48);
    let moved: Vec<f64> = x.iter().map(|v| v + 100.0).collect();
    let [a, b] = [&x, &moved].map(|x| kernels.noise_residual(x, [32, 48, 1], NOISESCOPE, true).unwrap());
    assert!(error(&b, &a) < 1e-9);
    let other = Residual { border: Border::Symmetric, levels: 3, sigma: 0.8 };
    assert!(kernels.noise_residual(&flat, [32, 48, 1], other, true).unwrap().iter().all(|v| v.abs() < 1e-9));
}

#[test]
fn what_cannot_be_filtered_is_refused() {
    let kernels = Kernels::new();
    let refused = |size: [usize; 3], residual| {
        let x = vec![0_u8; size.iter().product()];
        kernels.noise_residual::<u8, f32>(&x, size, residual, true).unwrap_err().code()
    };
    assert_eq!(refused([5, 64, 1], NOISESCOPE), "KERNEL_SHAPE");
    assert_eq!(refused([64, 64, 2], NOISESCOPE), "KERNEL_SHAPE");
    assert_eq!(refused([64, 64, 3], Residual { sigma: 0.0, ..NOISESCOPE }), "KERNEL_VALUE");
    assert_eq!(refused([64, 64, 3], Residual { levels: 0, ..NOISESCOPE }), "KERNEL_VALUE");
    assert_eq!(refused([64, 64, 3], Residual { levels: 60, ..NOISESCOPE }), "KERNEL_VALUE");
    assert_eq!(kernels.dwt2(&[0.0_f32; 6], 2, 3, Border::Periodic).unwrap_err().code(), "KERNEL_SHAPE");
    assert_eq!(kernels.local_wiener(&[0.0_f32; 6], 2, 3, f64::NAN).unwrap_err().code(), "KERNEL_VALUE");
}

#[test]
fn zero_mean_leaves_no_mean_on_any_lattice_line() {
    for (h, w) in [(1, 1), (1, 6), (7, 9), (16, 24)] {
        let x = noise(5, h * w);
        let out = Kernels::new().zero_mean(&x, h, w).unwrap();
        for y in 0..h {
            for left in 0..2_usize.min(w) {
                let line: Vec<f64> = out[y * w..][..w].iter().skip(left).step_by(2).copied().collect();
                assert!((line.iter().sum::<f64>() / line.len() as f64).abs() < 1e-12);
            }
        }
    }
}

#[test]
fn the_fourier_wiener_filter_takes_out_a_grid() {
    let (h, w) = (64, 48);
    let mut x = noise(11, h * w);
    let grid = |i: usize| if (i % w).is_multiple_of(4) { 300.0 } else { -100.0 };
    x.iter_mut().enumerate().for_each(|(i, v)| *v += grid(i));
    let out = Kernels::new().fourier_wiener(&x, h, w).unwrap();
    let along = |v: &[f64]| v.iter().enumerate().map(|(i, v)| v * grid(i)).sum::<f64>().abs();
    assert!(along(&out) < 0.2 * along(&x), "{} of {}", along(&out), along(&x));
    assert!(Kernels::new().fourier_wiener(&[3.0_f32; 12], 3, 4).unwrap().iter().all(|&v| v == 0.0));
}

#[test]
fn sums_of_two_sets_add_up_and_a_picture_knows_its_class() {
    let kernels = Kernels::new();
    let (size, residual) = ([24, 32, 3], Residual { border: Border::Symmetric, levels: 3, sigma: 0.8 });
    let x = bytes(17, 4 * 24 * 32 * 3);
    let (a, b) = x.split_at(x.len() / 2);
    let add = |sums, x| kernels.prnu_add(sums, x, size, residual, Saturation::Published).unwrap();
    let all = add(PrnuSums::default(), &x);
    assert_eq!(add(add(PrnuSums::default(), a), b), all);
    let estimate = kernels.prnu_estimate(&all, 3).unwrap();
    let rows = kernels.group_means(&singles(&noise(1, 5 * 7)), 7, &[&[0, 2], &[4]], false).unwrap();
    assert_eq!(rows.len(), 14);
    let same = kernels.normalised_correlation(&estimate, &estimate, estimate.len()).unwrap();
    assert!((same[0] - 1.0).abs() < 1e-6);
    assert!(kernels.prnu_add(all, &x, [32, 24, 3], residual, Saturation::Published).is_ok(), "same number of values");
    assert!(kernels.prnu_estimate(&PrnuSums::default(), 3).is_err());
}

#[test]
fn group_means_are_means_whatever_the_threads() {
    let x = noise(9, 6 * 5000);
    let kernels = Kernels::new();
    let groups: [&[usize]; 3] = [&[0, 1, 5], &[3], &[2, 2]];
    let means = kernels.group_means(&x, 5000, &groups, false).unwrap();
    for f in [0, 2047, 2048, 4999] {
        assert!((means[f] - (x[f] + x[5000 + f] + x[25000 + f]) / 3.0).abs() < 1e-12);
        assert_eq!(means[5000 + f], x[15000 + f]);
        assert_eq!(means[10000 + f], x[10000 + f]);
    }
    let sums = kernels.group_means(&x, 5000, &groups, true).unwrap();
    assert!((sums[7] - 3.0 * means[7]).abs() < 1e-9);
    assert_eq!(kernels.group_means(&x, 5000, &[&[]], true).unwrap_err().code(), "KERNEL_VALUE");
    assert_eq!(kernels.group_means(&x, 5000, &[&[6]], true).unwrap_err().code(), "KERNEL_VALUE");
}
