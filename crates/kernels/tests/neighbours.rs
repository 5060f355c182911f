//! Distances, neighbours and axes against plain definitions and the reference vectors.

mod support;

use support::{assert_close, error, golden, noise, npy, singles};
use syntrace_kernels::Kernels;

fn plain_distances(a: &[f64], b: &[f64], width: usize) -> Vec<f64> {
    let one = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
    a.chunks(width).flat_map(|a| b.chunks(width).map(move |b| one(a, b))).collect()
}

#[test]
fn distances_are_exact_far_away_and_close_together() {
    let kernels = Kernels::new();
    for (n, m, width) in [(1, 1, 1), (5, 3, 2), (100, 130, 13), (97, 98, 300)] {
        // Far from the origin, with a few rows that are almost and wholly equal.
        let mut a: Vec<f64> = noise(1, n * width).iter().map(|v| 1e4 + v).collect();
        let b: Vec<f64> = noise(2, m * width).iter().map(|v| 1e4 + v).collect();
        a[..width].copy_from_slice(&b[..width]);
        if n > 1 {
            a[width..2 * width].copy_from_slice(&b[width..2 * width]);
            a[width] += 1e-7;
        }
        let got = kernels.distances(&a, &b, width).unwrap();
        assert_close(&got, &plain_distances(&a, &b, width), 0.0, 1e-11, &format!("{n}×{m}×{width}"));
        assert_eq!(got[0], 0.0);
    }
}

#[test]
fn neighbours_are_those_of_the_definition_with_ties_by_index() {
    let kernels = Kernels::new();
    let (n, m, width) = (120, 250, 4);
    // Few values, so that many distances are equal.
    let whole = |seed, count| noise(seed, count).iter().map(|v| (v / 60.0).round()).collect::<Vec<f64>>();
    let (a, b) = (whole(3, n * width), whole(4, m * width));
    let all = plain_distances(&a, &b, width);
    for k in [1, 2, 30, m] {
        let got = kernels.nearest(&a, &b, width, k, false).unwrap();
        let same = kernels.nearest(&singles(&a), &singles(&b), width, k, false).unwrap();
        assert_eq!(got, same);
        for i in 0..n {
            let mut order: Vec<usize> = (0..m).collect();
            order.sort_by(|&p, &q| all[i * m + p].total_cmp(&all[i * m + q]).then(p.cmp(&q)));
            for (rank, &want) in order[..k].iter().enumerate() {
                assert_eq!(got.indices[i * k + rank] as usize, want, "row {i}, rank {rank} of {k}");
                assert_eq!(got.distances[i * k + rank], all[i * m + want]);
            }
        }
    }
    let own = kernels.nearest(&b, &b, width, 5, true).unwrap();
    assert!(own.indices.iter().enumerate().all(|(place, &row)| row as usize != place / 5));
    assert_eq!(kernels.nearest(&b, &b, width, m, true).unwrap_err().code(), "KERNEL_VALUE");
    assert_eq!(kernels.nearest(&b, &b, 3, 0, false).unwrap_err().code(), "KERNEL_SHAPE");
    assert_eq!(kernels.nearest(&[f64::NAN], &[1.0], 1, 1, false).unwrap_err().code(), "KERNEL_VALUE");
}

fn product(a: &[f64], b: &[f64], inner: usize) -> Vec<f64> {
    let columns = b.len() / inner;
    let one = |row: &[f64], j: usize| (0..inner).map(|k| row[k] * b[k * columns + j]).sum::<f64>();
    a.chunks(inner).flat_map(|row| (0..columns).map(move |j| one(row, j))).collect()
}

fn transposed(a: &[f64], columns: usize) -> Vec<f64> {
    (0..columns).flat_map(|j| a.iter().skip(j).step_by(columns).copied()).collect()
}

fn largest_is_positive(rows: &[f64], width: usize) -> bool {
    rows.chunks(width).all(|row| row.iter().fold(0.0, |m: f64, v| if v.abs() > m.abs() { *v } else { m }) > 0.0)
}

#[test]
fn matrices_are_put_together_again() {
    let kernels = Kernels::new();
    for (m, n) in [(1, 1), (2, 7), (9, 4), (12, 50), (30, 30), (70, 41)] {
        let x = noise((m * n) as u64, m * n);
        let svd = kernels.svd(&x, m, n).unwrap();
        let k = m.min(n);
        let scaled: Vec<f64> = svd.u.iter().enumerate().map(|(i, u)| u * svd.s[i % k]).collect();
        assert!(error(&product(&scaled, &svd.v, k), &x) < 1e-13, "{m}×{n}");
        assert!(svd.s.is_sorted_by(|a, b| a >= b) && largest_is_positive(&svd.v, n));
        let unit: Vec<f64> = (0..k * k).map(|i| f64::from(u8::from(i / k == i % k))).collect();
        assert_close(&product(&svd.v, &transposed(&svd.v, n), n), &unit, 1e-12, 0.0, "orthonormal");

        let gram = product(&transposed(&x, n), &x, m);
        let eigen = kernels.symmetric_eigen(&gram, n).unwrap();
        let scaled: Vec<f64> = eigen.vectors.iter().enumerate().map(|(i, v)| v * eigen.values[i / n]).collect();
        assert!(error(&product(&transposed(&eigen.vectors, n), &scaled, n), &gram) < 1e-12, "{n}");
        assert!(eigen.values.is_sorted_by(|a, b| a >= b) && largest_is_positive(&eigen.vectors, n));
    }
    // Without full rank: the products of two thin matrices, and nothing at all.
    let thin = product(&noise(1, 12 * 3), &noise(2, 3 * 20), 3);
    for (x, rank) in [(thin, 3), (vec![0.0; 240], 0)] {
        let svd = kernels.svd(&x, 12, 20).unwrap();
        assert_eq!(svd.s.iter().filter(|s| **s > 1e-10 * svd.s[0]).count(), rank);
        let unit: Vec<f64> = (0..144).map(|i| f64::from(u8::from(i / 12 == i % 12))).collect();
        assert_close(&product(&svd.v, &transposed(&svd.v, 20), 20), &unit, 1e-12, 0.0, "orthonormal rows");
        assert_close(&product(&transposed(&svd.u, 12), &svd.u, 12), &unit, 1e-12, 0.0, "orthonormal columns");
    }
    // Rows that repeat after a while: hundreds of values that are rounding errors only.
    let repeating: Vec<f64> = (0..300 * 300).map(|i| f64::from(i * 7919 % 256)).collect();
    let svd = kernels.svd(&repeating, 300, 300).unwrap();
    let scaled: Vec<f64> = svd.u.iter().enumerate().map(|(i, u)| u * svd.s[i % 300]).collect();
    assert!(error(&product(&scaled, &svd.v, 300), &repeating) < 1e-12);
    assert_eq!(kernels.svd(&[f64::NAN; 4], 2, 2).unwrap_err().code(), "KERNEL_VALUE");
    assert_eq!(kernels.symmetric_eigen(&[1.0; 6], 2).unwrap_err().code(), "KERNEL_SHAPE");
}

#[test]
fn principal_axes_are_those_of_the_centred_matrix() {
    let kernels = Kernels::new();
    for (n, width) in [(12, 50), (60, 9), (7, 7)] {
        let x: Vec<f64> = noise(8, n * width).iter().map(|v| 300.0 + v).collect();
        let count = (n - 1).min(width);
        let got = kernels.principal_axes(&x, width, count).unwrap();
        let centred: Vec<f64> = x.iter().enumerate().map(|(i, v)| v - got.mean[i % width]).collect();
        let want = kernels.svd(&centred, n, width).unwrap();
        let variances: Vec<f64> = want.s.iter().map(|s| s * s / (n - 1) as f64).collect();
        assert_close(&got.variances, &variances, 1e-9 * variances[0], 0.0, "variances");
        assert_close(&got.axes, &want.v[..count * width], 1e-8, 0.0, "axes");
    }
    assert_eq!(kernels.principal_axes(&[1.0; 12], 3, 1).unwrap_err().code(), "KERNEL_VALUE");
    assert_eq!(kernels.principal_axes(&[1.0; 12], 3, 4).unwrap_err().code(), "KERNEL_VALUE");
}

#[test]
fn baselines_of_the_reference() {
    let Some(folder) = golden("frequency/baselines") else { return };
    let kernels = Kernels::new();
    let file = |name: &str| npy(&folder.join(format!("{name}.npy")));
    let ((train_shape, train), (test_shape, test)) = (file("train_features"), file("test_features"));
    let width: usize = train_shape[1..].iter().product();
    assert_eq!(test_shape[1..].iter().product::<usize>(), width);
    let near = kernels.nearest(&test, &train, width, 5, false).unwrap();
    assert_close(&near.distances, &file("knn_dist_k5").1, 1e-3, 1e-5, "distances");
    let indices: Vec<f64> = near.indices.iter().map(|&i| f64::from(i)).collect();
    assert_eq!(indices, file("knn_index_k5").1);

    let variances = file("pca_explained_variance").1;
    let axes = kernels.principal_axes(&train, width, variances.len()).unwrap();
    assert_close(&axes.mean, &file("pca_mean").1, 1e-5, 1e-6, "mean");
    assert_close(&axes.variances[..variances.len()], &variances, 0.0, 1e-5, "variances");
    let total: f64 = axes.variances.iter().sum();
    let ratios: Vec<f64> = axes.variances[..variances.len()].iter().map(|v| v / total).collect();
    assert_close(&ratios, &file("pca_explained_ratio").1, 0.0, 1e-5, "ratios");
    for (got, want) in axes.axes.chunks(width).zip(file("pca_components_10").1.chunks(width)) {
        let sign = got.iter().zip(want).map(|(g, w)| g * w).sum::<f64>().signum();
        assert_close(&got.iter().map(|g| g * sign).collect::<Vec<f64>>(), want, 1e-4, 0.0, "axis");
    }
}

#[test]
fn local_outlier_factors_of_the_reference() {
    let Some(folder) = golden("noisescope/texture") else { return };
    let kernels = Kernels::new();
    let (_, train) = npy(&folder.join("lof_train.npy"));
    let (_, query) = npy(&folder.join("lof_query.npy"));
    let text = std::fs::read(folder.join("lof.json")).unwrap();
    let want: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let (k, width) = (30, 13);
    let own = kernels.nearest(&train, &train, width, k, true).unwrap();
    let reach = |near: &syntrace_kernels::Nearest, i: usize| {
        let one = |r: usize| own.distances[near.indices[i * k + r] as usize * k + k - 1].max(near.distances[i * k + r]);
        (0..k).map(one).sum::<f64>() / k as f64
    };
    let density: Vec<f64> = (0..train.len() / width).map(|i| 1.0 / (reach(&own, i) + 1e-10)).collect();
    let factor = |near: &syntrace_kernels::Nearest, i: usize| {
        let others = near.indices[i * k..][..k].iter().map(|&j| density[j as usize]).sum::<f64>() / k as f64;
        -others * (reach(near, i) + 1e-10)
    };
    let numbers =
        |name: &str| -> Vec<f64> { want[name].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect() };
    let got: Vec<f64> = (0..density.len()).map(|i| factor(&own, i)).collect();
    assert_close(&got, &numbers("training_negative_outlier_factor"), 0.0, 1e-9, "training");
    let near = kernels.nearest(&query, &train, width, k, false).unwrap();
    let got: Vec<f64> = (0..query.len() / width).map(|i| factor(&near, i)).collect();
    assert_close(&got, &numbers("query_score_samples"), 0.0, 1e-9, "queries");
}

#[cfg(feature = "threads")]
#[test]
fn threads_change_no_bit() {
    let (alone, many) = (Kernels::new(), Kernels::with_threads(3).unwrap());
    let x = noise(5, 400 * 90);
    assert_eq!(alone.distances(&x, &x, 90).unwrap(), many.distances(&x, &x, 90).unwrap());
    assert_eq!(alone.nearest(&x, &x, 90, 7, true).unwrap(), many.nearest(&x, &x, 90, 7, true).unwrap());
    assert_eq!(alone.principal_axes(&x, 90, 20).unwrap(), many.principal_axes(&x, 90, 20).unwrap());
}
