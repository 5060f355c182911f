//! The reference vectors of NoiseScope and PRNU that need no picture decoder; the suite of the TypeScript packages reads the rest.

mod support;

use std::path::Path;
use support::{assert_close, golden, npy, singles, threaded};
use syntrace_kernels::{Border, Kernels, Pair, PairsOf};

fn values(folder: &Path, name: &str) -> Vec<f64> {
    npy(&folder.join(format!("{name}.npy"))).1
}

/// Four levels in the layout of quadrants.
fn quadrants(x: &[f64], h: usize, w: usize) -> Vec<f64> {
    let (mut out, mut low) = (vec![0.0; h * w], x.to_vec());
    let (mut height, mut width) = (h, w);
    for _ in 0..4 {
        let bands = Kernels::new().dwt2(&low, height, width, Border::Periodic).unwrap();
        (height, width) = (height / 2, width / 2);
        for (band, (top, left)) in bands.iter().zip([(0, 0), (0, width), (height, 0), (height, width)]) {
            for y in 0..height {
                out[(top + y) * w + left..][..width].copy_from_slice(&band.data[y * width..][..width]);
            }
        }
        low.clone_from(&bands[0].data);
    }
    out
}

#[test]
fn wavelet_and_wiener_step_by_step_in_float64() {
    let Some(folder) = golden("noisescope/steps") else { return };
    let dwt = quadrants(&values(&folder, "f_padded"), 64, 80);
    assert_close(&dwt, &values(&folder, "f_dwt"), 1e-9, 0.0, "four levels");
    let band = values(&folder, "f_h1_coef");
    let noise = Kernels::new().local_wiener(&band, 32, 40, 4.0).unwrap();
    assert_close(&noise, &values(&folder, "f_h1_noise"), 1e-10, 0.0, "noise of a band");
}

#[test]
fn symmetric_wavelet_and_fourier_wiener_of_prnu() {
    let Some(folder) = golden("frequency/prnu") else { return };
    let zero = values(&folder, "zero_mean");
    let clean = Kernels::new().fourier_wiener(&zero, 128, 128).unwrap();
    assert_close(&clean, &values(&folder, "extract_l3_s0.8"), 2e-3, 0.0, "clean-up in float64");
    let grey = Kernels::new().zero_mean(&values(&folder, "gray"), 128, 128).unwrap();
    assert_close(&grey, &zero, 1e-3, 0.0, "zero mean");
}

/// Round 0 of a case, and the matrix of step 4 of case B.
#[test]
fn all_pairs_of_both_cluster_cases() {
    let Some(folder) = golden("noisescope") else { return };
    let kernels = threaded();
    for (case, n, side) in [("clusterA", 40, 96), ("clusterB", 280, 64)] {
        let residuals = singles(&values(&folder.join(case), "residuals"));
        let spectra = kernels.pce_spectra(&residuals, side, side).unwrap();
        let all = PairsOf::One { spectra: &spectra, from: 0 };
        let want = values(&folder.join(case), "pce_round0");
        let got = kernels.pce_pairs(all, side, side).unwrap();
        assert_close(&got, &want, 4e-5, 2e-5, case);
        let above = kernels.pce_above(all, side, side, 6.92).unwrap();
        let wanted = want.iter().filter(|&&pce| pce > 6.92).count();
        assert_eq!(above.len(), wanted, "{case}");
        let exact = |pair: &Pair| [[pair.row], [pair.column]];
        let few: Vec<[[usize; 1]; 2]> = above.iter().take(20).map(exact).collect();
        let sides: Vec<[&[usize]; 2]> = few.iter().map(|[a, b]| [&a[..], &b[..]]).collect();
        for (pair, exact) in above.iter().zip(kernels.pce_exact(&residuals, side, side, &sides).unwrap()) {
            assert!((pair.pce / exact - 1.0).abs() < 1e-5, "{case} {pair:?}: {exact}");
            assert!((want[pair.row * n + pair.column] / exact - 1.0).abs() < 1e-6, "{case} {pair:?}: {exact}");
        }
    }
    let b = folder.join("clusterB");
    let spectra = |name: &str| kernels.pce_spectra(&singles(&values(&b, name)), 64, 64).unwrap();
    let prints = spectra("fake_fingerprints");
    for (name, want) in [("residuals", "test_pce"), ("reference_residuals", "reference_pce")] {
        let got = kernels.pce_pairs(PairsOf::Two(&prints, &spectra(name)), 64, 64).unwrap();
        assert_close(&got, &values(&b, want), 4e-5, 2e-5, want);
    }
}

/// Merging by sums of spectra, round by round, against the published log.
#[test]
fn merges_of_case_a_are_those_of_the_published_code() {
    let Some(folder) = golden("noisescope/clusterA") else { return };
    let log: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("log.json")).unwrap()).unwrap();
    let threshold = log["T_merge"].as_f64().unwrap();
    let kernels = threaded();
    let mut spectra = kernels.pce_spectra(&singles(&values(&folder, "residuals")), 96, 96).unwrap();
    let length = kernels.pce_spectrum_length(96, 96).unwrap();
    let mut clusters: Vec<Vec<usize>> = (1..=40).map(|i| vec![i]).collect();
    let mut matrix: Vec<Vec<f64>> = Vec::new();
    loop {
        let n = clusters.len();
        let known = matrix.len();
        let new = kernels.pce_pairs(PairsOf::One { spectra: &spectra, from: known }, 96, 96).unwrap();
        matrix.extend(new.chunks_exact(n).enumerate().map(|(i, row)| row[..known + i].to_vec()));
        let mut pairs: Vec<(usize, usize)> = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).collect();
        pairs.retain(|&(i, j)| matrix[i][j] > threshold);
        if pairs.is_empty() {
            break;
        }
        pairs.sort_by(|a, b| matrix[b.0][b.1].total_cmp(&matrix[a.0][a.1]));
        let mut taken = vec![false; n];
        let mut merges = Vec::new();
        for (i, j) in pairs {
            if !taken[i] && !taken[j] {
                (taken[i], taken[j]) = (true, true);
                merges.push(vec![i, j]);
            }
        }
        let left: Vec<usize> = (0..n).filter(|&i| !taken[i]).collect();
        let kept: Vec<Vec<f64>> =
            left.iter().map(|&i| left.iter().filter(|&&j| j < i).map(|&j| matrix[i][j]).collect()).collect();
        let groups: Vec<Vec<usize>> = left.iter().map(|&i| vec![i]).chain(merges).collect();
        let lists: Vec<&[usize]> = groups.iter().map(Vec::as_slice).collect();
        spectra = kernels.group_means(&spectra, length, &lists, true).unwrap();
        clusters = groups.iter().map(|g| g.iter().flat_map(|&i| clusters[i].clone()).collect()).collect();
        matrix = kept;
    }
    let mut large: Vec<Vec<usize>> = clusters.into_iter().filter(|c| c.len() > 1).collect();
    large.iter_mut().for_each(|c| c.sort_unstable());
    large.sort();
    let mut want: Vec<Vec<usize>> = serde_json::from_value(log["final_clusters"].clone()).unwrap();
    want.retain(|c| c.len() > 1);
    want.iter_mut().for_each(|c| c.sort_unstable());
    want.sort();
    assert_eq!(large, want);
}
