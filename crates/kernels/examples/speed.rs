//! Times of the hot kernels on one thread, best of many runs: `cargo run --release --example speed [name…]`.

use std::hint::black_box;
use std::time::Instant;
use syntrace_kernels::{Arithmetic, Border, ColourSpace, Gaussian, Kernels, PairsOf, Residual, TileGrid};

fn best(mut work: impl FnMut()) -> f64 {
    let (start, mut best) = (Instant::now(), f64::INFINITY);
    while start.elapsed().as_millis() < 300 {
        let run = Instant::now();
        work();
        best = best.min(run.elapsed().as_secs_f64());
    }
    best * 1e3
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let kernels = Kernels::new();
    println!("{}", kernels.simd());
    let row = |name: String, work: &mut dyn FnMut()| {
        if wanted.is_empty() || wanted.iter().any(|w| name.starts_with(w.as_str())) {
            println!("{name:<22} {:9.4} ms", best(work));
        }
    };
    for n in [128, 224, 256, 509, 512, 1024] {
        let x: Vec<f32> = (0..n * n).map(|i| (i * 7919 % 256) as f32).collect();
        row(format!("dct2 {n}"), &mut || kernels.recycle(kernels.dct2(black_box(&x), n, n).unwrap()));
        row(format!("rfft2 {n}"), &mut || kernels.recycle(kernels.rfft2(black_box(&x), n, n).unwrap()));
    }
    let n = 512;
    let x: Vec<f32> = (0..n * n).map(|i| (i * 7919 % 256) as f32).collect();
    let f = kernels.rfft2(&x, n, n).unwrap();
    row("irfft2 512".into(), &mut || kernels.recycle(kernels.irfft2(black_box(&f), n, n).unwrap()));
    row("logAbs 512".into(), &mut || kernels.recycle(kernels.log_abs(black_box(&x), 1e-12).unwrap()));
    row("logSpectrum 512".into(), &mut || kernels.recycle(kernels.log_spectrum(black_box(&f), 1e-12).unwrap()));
    for (tile, stride) in [(8, 4), (8, 8), (16, 8), (16, 16), (32, 32), (64, 64)] {
        let grid = TileGrid { tile, stride };
        row(format!("tileLogDct {tile}/{stride} 512"), &mut || {
            let r = kernels.tile_log_dct(black_box(&x), n, n, grid, 1e-12).unwrap();
            kernels.recycle(r.mean);
        });
    }
    let rgb: Vec<u8> = (0..n * n * 3).map(|i| (i * 89 % 256) as u8).collect();
    for (name, space) in ColourSpace::ALL {
        row(format!("colour {name} 512"), &mut || {
            kernels.recycle(kernels.colour(black_box(&rgb), n * n, 3, space).unwrap())
        });
    }
    row("nprResidual 512".into(), &mut || kernels.recycle(kernels.npr_residual(black_box(&rgb), n, n, true).unwrap()));
    let sizes = [n, n, 3];
    for arithmetic in [Arithmetic::OpenCv, Arithmetic::Exact] {
        row(format!("gaussian 9 {arithmetic:?}"), &mut || {
            let gaussian = Gaussian { taps: 9, sigma: 4.0 };
            kernels.recycle(kernels.gaussian_blur(black_box(&rgb), sizes, gaussian, arithmetic).unwrap())
        });
    }
    for side in [3, 5, 7, 15] {
        row(format!("median {side} 512"), &mut || {
            kernels.recycle(kernels.median_filter(black_box(&rgb), sizes, side).unwrap())
        });
    }
    row("bilateral 7 512".into(), &mut || {
        kernels.recycle(kernels.bilateral_filter(black_box(&rgb), sizes, 3, (40.0, 2.0)).unwrap())
    });
    row("residual 512".into(), &mut || {
        let residual = Residual { border: Border::Periodic, levels: 4, sigma: 2.0 };
        kernels.recycle::<f32>(kernels.noise_residual(black_box(&rgb), sizes, residual, true).unwrap())
    });
    let spectra = kernels.pce_spectra(&x, 256, 256).unwrap();
    row("pce of 4 by 4".into(), &mut || {
        kernels.recycle(kernels.pce_pairs(PairsOf::Two(black_box(&spectra), &spectra), 256, 256).unwrap())
    });
    row("laplacian 512".into(), &mut || kernels.recycle(kernels.laplacian_variance(black_box(&x), n, n).unwrap()));
}
