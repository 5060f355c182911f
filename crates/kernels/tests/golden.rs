//! The reference vectors of the frequency method, where they are at hand; the suite of the TypeScript packages reads the rest.

mod support;

use support::{assert_close, doubles, golden, npy, singles};
use syntrace_kernels::{Kernels, Moments};

#[test]
fn dct_of_lines_of_every_length() {
    let Some(folder) = golden("frequency/dct") else { return };
    let kernels = Kernels::new();
    let mut lengths = 0;
    for n in 1..300 {
        let file = |role: &str| folder.join(format!("line_{n}_{role}.npy"));
        if !file("in").exists() {
            continue;
        }
        lengths += 1;
        let (x, want) = (npy(&file("in")).1, npy(&file("out")).1);
        assert_close(&kernels.dct2(&x, 1, n).unwrap(), &want, 1e-9, 1e-11, &format!("line {n}"));
        assert_close(&kernels.dct2(&x, n, 1).unwrap(), &want, 1e-9, 1e-11, &format!("column {n}"));
        let single = kernels.dct2(&singles(&x), 1, n).unwrap();
        assert_close(&doubles(&single), &want, 1e-3, 1e-5, &format!("float32 line {n}"));
    }
    assert!(lengths >= 10, "only {lengths} lengths found");
}

#[test]
fn dct_of_a_grey_photo() {
    let Some(folder) = golden("frequency") else { return };
    let (shape, x) = npy(&folder.join("load/photo_000_gray.npy"));
    let (_, want) = npy(&folder.join("dct/photo_000_gray_dct.npy"));
    let kernels = Kernels::new();
    assert_close(&kernels.dct2(&x, shape[0], shape[1]).unwrap(), &want, 1e-9, 1e-11, "float64");
    let single = kernels.dct2(&singles(&x), shape[0], shape[1]).unwrap();
    assert_close(&doubles(&single), &want, 2e-3, 2e-5, "float32");
}

#[test]
fn running_statistics() {
    let Some(folder) = golden("frequency/normalize") else { return };
    let (shape, x) = npy(&folder.join("welford_in.npy"));
    let state = Kernels::new().moments(&Moments::default(), &x, shape[1..].iter().product()).unwrap();
    assert_close(&state.mean, &npy(&folder.join("welford_mean.npy")).1, 1e-10, 0.0, "mean");
    assert_close(&state.variance(), &npy(&folder.join("welford_var.npy")).1, 0.0, 1e-10, "variance");
}
