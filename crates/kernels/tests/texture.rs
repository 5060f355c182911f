//! Texture against the reference vectors, where they are at hand, and against plain definitions.

mod support;

use support::{assert_close, bytes, golden, noise, npy};
use syntrace_kernels::{HARALICK_FEATURES, Kernels, RICH_MODEL_FEATURES, Rounding, Scale};

#[test]
fn fingerprints_and_their_haralick_features() {
    let Some(folder) = golden("noisescope/texture") else { return };
    let kernels = Kernels::new();
    let (shape, fingerprints) = npy(&folder.join("fingerprints.npy"));
    let (_, want) = npy(&folder.join("quantised.npy"));
    let quantised = kernels.quantise(&fingerprints, Rounding::Truncate).unwrap();
    assert_eq!(quantised, bytes(&want));
    let each = kernels.haralick(&quantised, shape[1], shape[2]).unwrap();
    assert_close(&each, &npy(&folder.join("haralick_4dir.npy")).1, 1e-10, 1e-12, "four directions");
    let mean = kernels.haralick_mean(&quantised, shape[1], shape[2]).unwrap();
    assert_close(&mean, &npy(&folder.join("haralick_mean.npy")).1, 1e-10, 1e-12, "mean");
}

/// The definition: pairs counted both ways, features of the shares.
fn plain_haralick(x: &[u8], h: usize, w: usize, (dy, dx): (usize, isize)) -> [f64; 3] {
    let g = usize::from(*x.iter().max().unwrap()) + 1;
    let mut p = vec![0.0; g * g];
    for y in 0..h - dy {
        for a in 0..w {
            let b = a as isize + dx;
            if b < 0 || b >= w as isize {
                continue;
            }
            let (i, j) = (usize::from(x[y * w + a]), usize::from(x[(y + dy) * w + b as usize]));
            p[i * g + j] += 1.0;
            p[j * g + i] += 1.0;
        }
    }
    let total: f64 = p.iter().sum();
    let (mut moment, mut entropy, mut homogeneity) = (0.0, 0.0, 0.0);
    for (place, count) in p.iter().enumerate().filter(|(_, count)| **count > 0.0) {
        let (share, step) = (count / total, (place / g) as f64 - (place % g) as f64);
        moment += share * share;
        entropy -= share * share.log2();
        homogeneity += share / (1.0 + step * step);
    }
    [moment, homogeneity, entropy]
}

#[test]
fn haralick_equals_its_definition_at_odd_sizes_and_many_levels() {
    let kernels = Kernels::new();
    for (h, w, levels) in [(2, 2, 2), (2, 300, 256), (17, 3, 5), (61, 45, 200), (64, 257, 256)] {
        let x: Vec<u8> = noise((h * w) as u64, h * w).iter().map(|v| ((v + 128.0) as usize % levels) as u8).collect();
        let got = kernels.haralick(&x, h, w).unwrap();
        for (features, direction) in got.chunks(HARALICK_FEATURES).zip([(0, 1), (1, 1), (1, 0), (1, -1)]) {
            let want = plain_haralick(&x, h, w, direction);
            assert_close(
                &[features[0], features[4], features[8]],
                &want,
                1e-14,
                1e-12,
                &format!("{h}×{w} {direction:?}"),
            );
        }
    }
}

#[cfg(feature = "threads")]
#[test]
fn threads_change_no_bit() {
    let x: Vec<u8> = noise(5, 3 * 200 * 210).iter().map(|v| (v + 128.0) as u8).collect();
    let (alone, many) = (Kernels::new(), Kernels::with_threads(3).unwrap());
    assert_eq!(alone.haralick(&x, 300, 420).unwrap(), many.haralick(&x, 300, 420).unwrap());
    let csd = |k: &Kernels| k.csd(&x, 200, 210, syntrace_kernels::YcbcrCoefficients::ThreeDigit).unwrap();
    assert_eq!(csd(&alone), csd(&many));
    let rich = |k: &Kernels| k.rich_model(&x, [200, 210, 3], Scale::Half).unwrap();
    assert_eq!(rich(&alone), rich(&many));
}

/// A picture whose values depend on their place alone: the definition's own symmetries can be asked for.
fn picture(seed: u64, h: usize, w: usize) -> Vec<u8> {
    noise(seed, 3 * h * w)
        .iter()
        .enumerate()
        .map(|(i, v)| (110.0 + v / 8.0 + ((i / 3 % w) as f64 / 5.0).sin() * 40.0) as u8)
        .collect()
}

fn turned(x: &[u8], h: usize, w: usize, place: impl Fn(usize, usize) -> (usize, usize)) -> Vec<u8> {
    (0..h * w)
        .flat_map(|i| {
            let (y, x0) = place(i / w, i % w);
            let at = 3 * (y * w + x0);
            [x[at], x[at + 1], x[at + 2]]
        })
        .collect()
}

#[test]
fn a_rich_model_does_not_see_mirrors_and_turns() {
    let kernels = Kernels::new();
    let n = 40;
    let x = picture(9, n, n);
    for (_, scale) in Scale::ALL {
        let model = |x: &[u8]| kernels.rich_model(x, [n, n, 3], scale).unwrap();
        let want = model(&x);
        assert_eq!(want.len(), RICH_MODEL_FEATURES);
        assert_eq!(model(&turned(&x, n, n, |y, x| (y, n - 1 - x))), want);
        assert_eq!(model(&turned(&x, n, n, |y, x| (n - 1 - y, x))), want);
        assert_eq!(model(&turned(&x, n, n, |y, x| (x, y))), want);
        assert_ne!(model(&turned(&x, n, n, |y, x| (y, x / 2))), want);
        for histogram in want.chunks(169) {
            assert!((histogram.iter().map(|s| f64::from(s * s)).sum::<f64>() - 1.0).abs() < 1e-5);
        }
    }
}

#[test]
fn a_rich_model_of_grey_is_that_of_equal_channels_and_has_no_colour() {
    let kernels = Kernels::new();
    let (h, w) = (33, 50);
    let grey: Vec<u8> = picture(4, h, w).chunks(3).map(|p| p[0]).collect();
    let colour: Vec<u8> = grey.iter().flat_map(|&v| [v; 3]).collect();
    for (_, scale) in Scale::ALL {
        let one = kernels.rich_model(&grey, [h, w, 1], scale).unwrap();
        assert_eq!(one, kernels.rich_model(&colour, [h, w, 3], scale).unwrap());
        assert!(one[RICH_MODEL_FEATURES / 3..].iter().all(|&share| share == 0.0 || share == 1.0));
    }
}

#[test]
fn pictures_of_a_batch_have_their_own_rich_models() {
    let kernels = Kernels::new();
    let (a, b) = (picture(1, 20, 300), picture(2, 20, 300));
    let alone = [&a, &b].map(|x| kernels.rich_model(x, [20, 300, 3], Scale::Full).unwrap()).concat();
    assert_eq!(kernels.rich_model(&[a, b].concat(), [20, 300, 3], Scale::Full).unwrap(), alone);
}
