//! Masked spectrum similarity against its definition in float64, numerical derivatives and the reference vectors.

mod support;

use support::{assert_close, doubles, error, golden, naive_rfft2, noise, npy, singles};
use syntrace_kernels::{Kernels, MaskHeads};

const SIZE: (usize, usize) = (13, 10);
const PLANE: usize = SIZE.0 * SIZE.1;
const PICTURES: usize = 4;
const LABELS: [u8; PICTURES] = [1, 0, 1, 0];

/// A model with all its numbers, in float64.
#[derive(Clone)]
struct Model {
    logits: Vec<f64>,
    reference: Vec<f64>,
    mixing: Vec<f64>,
    norm: Vec<f64>,
    scale: Vec<f64>,
    spectra: Vec<f64>,
}

impl Model {
    fn new(seed: u64) -> Self {
        let rounded = |values: Vec<f64>| doubles(&singles(&values));
        let part = |seed, count, scale: f64| rounded(noise(seed, count).iter().map(|v| v * scale).collect());
        Self {
            logits: part(seed, 3 * PLANE, 0.03),
            reference: part(seed + 1, 3 * PLANE, 0.01),
            mixing: vec![0.9, 0.2, -0.1, 0.1, 0.8, 0.15, -0.2, 0.05, 1.1],
            norm: vec![1.2, 0.8, 1.5, 0.05, -0.1, 0.2, -0.3, 0.2, -0.5, 4.0, 3.0, 5.0],
            scale: vec![0.7, -0.25],
            spectra: part(seed + 2, PICTURES * 3 * PLANE, 0.02),
        }
    }

    fn mask(&self) -> Vec<f64> {
        let (h, w) = SIZE;
        let at = |c: usize, y: isize, x: isize| {
            let inside = (0..h as isize).contains(&y) && (0..w as isize).contains(&x);
            if inside { self.logits[c * PLANE + y as usize * w + x as usize] } else { 0.0 }
        };
        let average = |i: usize| {
            let (c, y, x) = (i / PLANE, (i % PLANE / w) as isize, (i % w) as isize);
            (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dy, dx))).map(|(dy, dx)| at(c, y + dy, x + dx)).sum::<f64>()
                / 9.0
        };
        (0..3 * PLANE).map(|i| 1.0 / (1.0 + (-average(i)).exp())).collect()
    }

    /// Cosines [pictures][3] with given mean and variance, or those of the batch.
    fn cosines(&self, batch: bool) -> Vec<[f64; 3]> {
        let mask = self.mask();
        let masked = |i: usize, c: usize| -> Vec<f64> {
            let of =
                |k: usize| (0..3).map(|d| self.mixing[3 * c + d] * self.spectra[(i * 3 + d) * PLANE + k]).sum::<f64>();
            (0..PLANE).map(|k| of(k) * mask[c * PLANE + k]).collect()
        };
        let mut out = vec![[0.0; 3]; PICTURES];
        for c in [0, 1, 2] {
            let u: Vec<Vec<f64>> = (0..PICTURES).map(|i| masked(i, c)).collect();
            let all: Vec<f64> = u.concat();
            let mean = if batch { all.iter().sum::<f64>() / all.len() as f64 } else { self.norm[6 + c] };
            let variance = if batch {
                all.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / all.len() as f64
            } else {
                self.norm[9 + c]
            };
            let r = &self.reference[c * PLANE..][..PLANE];
            let centre = r.iter().sum::<f64>() / PLANE as f64;
            for (i, u) in u.iter().enumerate() {
                let v: Vec<f64> =
                    u.iter().map(|u| self.norm[c] * (u - mean) / (variance + 1e-5).sqrt() + self.norm[3 + c]).collect();
                let dot: f64 = v.iter().zip(r).map(|(v, r)| v * (r - centre)).sum();
                let lengths =
                    v.iter().map(|v| v * v).sum::<f64>() * r.iter().map(|r| (r - centre).powi(2)).sum::<f64>();
                out[i][c] = dot / lengths.sqrt();
            }
        }
        out
    }

    fn loss(&self) -> f64 {
        let one = |(three, label): (&[f64; 3], u8)| {
            let s = three.iter().sum::<f64>() / 3.0;
            let z = |s: f64| self.scale[0].exp() * s + self.scale[1];
            if label == 1 { (1.0 + (-z(s)).exp()).ln() } else { (1.0 + z(s.abs()).exp()).ln() }
        };
        self.cosines(true).iter().zip(LABELS).map(one).sum::<f64>() / PICTURES as f64
    }

    /// Numerical derivative by one of the model's numbers.
    fn derivative(&self, pick: impl Fn(&mut Self) -> &mut f64) -> f64 {
        let at = |step: f64| {
            let mut model = self.clone();
            *pick(&mut model) += step;
            model.loss()
        };
        (8.0 * (at(1e-4) - at(-1e-4)) - (at(2e-4) - at(-2e-4))) / 12e-4
    }
}

#[test]
fn similarity_is_the_mean_cosine() {
    let (kernels, models) = (Kernels::new(), [Model::new(1), Model::new(50)]);
    // Both masks of one model first, then two models of one mask.
    for (generators, masks) in [(1, 2), (2, 1)] {
        let all = |part: fn(&Model) -> &Vec<f64>| models.iter().flat_map(|m| part(m).clone()).collect::<Vec<f64>>();
        let weights = singles(&models.iter().flat_map(Model::mask).collect::<Vec<f64>>());
        let references = singles(&all(|m| &m.reference));
        let heads = MaskHeads {
            masks: &weights,
            references: &references,
            mixing: &all(|m| &m.mixing)[..9 * generators],
            norm: &all(|m| &m.norm)[..12 * generators],
            scale: &all(|m| &m.scale)[..2 * generators],
        };
        let spectra = singles(&models[0].spectra);
        let got = kernels.mask_similarity(&spectra, PLANE, heads).unwrap();
        let map = kernels.mask_similarity_map(&spectra, PLANE, heads).unwrap();
        let second = Model { spectra: models[0].spectra.clone(), ..models[1].clone() };
        let (first, second) = (models[0].cosines(false), second.cosines(false));
        let mean = |three: &[f64; 3]| three.iter().sum::<f64>() / 3.0;
        for i in 0..PICTURES {
            let want: Vec<f64> = if masks == 2 {
                (if mean(&second[i]) > mean(&first[i]) { second[i] } else { first[i] }).to_vec()
            } else {
                [first[i], second[i]].concat()
            };
            assert_close(&got.channels[i * 3 * generators..][..3 * generators], &want, 1e-6, 0.0, "cosines");
            let logit = models[0].scale[0].exp() * want[..3].iter().sum::<f64>() / 3.0 + models[0].scale[1];
            assert_close(&got.logits[i * generators..][..1], &[logit], 1e-6, 0.0, "logit");
            let sums: Vec<f64> =
                map[i * generators * 3 * PLANE..][..3 * PLANE].chunks(PLANE).map(|p| doubles(p).iter().sum()).collect();
            assert_close(&sums, &first[i], 1e-5, 0.0, "map");
        }
    }
}

#[test]
fn gradients_are_derivatives_of_the_loss() {
    let (kernels, model) = (Kernels::new(), Model::new(9));
    let (logits, references, spectra) = (singles(&model.logits), singles(&model.reference), singles(&model.spectra));
    let heads = MaskHeads {
        masks: &logits,
        references: &references,
        mixing: &model.mixing,
        norm: &model.norm,
        scale: &model.scale,
    };
    let got = kernels.mask_gradients(&spectra, SIZE, heads, &LABELS).unwrap();
    assert_close(&got.loss, &[model.loss()], 1e-6, 0.0, "loss");
    assert_close(&got.channels, &model.cosines(true).concat(), 1e-6, 0.0, "cosines");
    let mut some = (0..3 * PLANE).step_by(7).collect::<Vec<_>>();
    some.extend([PLANE - 1, PLANE, 3 * PLANE - 1]);
    let largest = |values: &[f32]| values.iter().fold(0.0, |m: f64, v| m.max(f64::from(*v).abs()));
    for &i in &some {
        let close = |got: f32, want: f64, scale: f64, what: &str| {
            assert!((f64::from(got) - want).abs() < 2e-5 * scale, "{what} [{i}]: {got} for {want} (largest {scale})");
        };
        close(got.masks[i], model.derivative(|m| &mut m.logits[i]), largest(&got.masks), "mask");
        close(got.references[i], model.derivative(|m| &mut m.reference[i]), largest(&got.references), "reference");
        close(got.spectra[i], model.derivative(|m| &mut m.spectra[i]), largest(&got.spectra), "spectra");
    }
    let mixing: Vec<f64> = (0..9).map(|i| model.derivative(|m| &mut m.mixing[i])).collect();
    assert_close(&got.mixing, &mixing, 2e-6, 2e-5, "mixing");
    let norm: Vec<f64> = (0..6).map(|i| model.derivative(|m| &mut m.norm[i])).collect();
    assert_close(&got.norm[..6], &norm, 2e-6, 2e-5, "norm");
    let scale: Vec<f64> = (0..2).map(|i| model.derivative(|m| &mut m.scale[i])).collect();
    assert_close(&got.scale, &scale, 1e-7, 1e-6, "scale");
}

#[test]
fn the_spectrum_and_its_gradient() {
    let kernels = Kernels::new();
    for (h, w) in [(8, 8), (7, 5), (6, 9), (9, 6)] {
        let x = doubles(&singles(&noise((h + w) as u64, h * w)));
        let log_of = |x: &[f64]| -> Vec<f64> {
            let half = naive_rfft2(x, h, w);
            let at = |i: usize| {
                let (k, l) = ((i / w + h.div_ceil(2)) % h, (i % w + w.div_ceil(2)) % w);
                let (k, l) = if l > w / 2 { ((h - k) % h, w - l) } else { (k, l) };
                let place = 2 * (k * (w / 2 + 1) + l);
                (half[place].hypot(half[place + 1]) / ((h * w) as f64).sqrt() + 1e-3).ln()
            };
            (0..h * w).map(at).collect()
        };
        let got = kernels.centred_log_spectrum(&singles(&x), h, w, 1e-3).unwrap();
        assert_close(&doubles(&got), &log_of(&x), 2e-5, 1e-6, &format!("{h}×{w}"));
        let gradient = noise(77, h * w).iter().map(|v| v / 128.0).collect::<Vec<f64>>();
        let got = kernels.centred_log_spectrum_gradient(&singles(&x), &singles(&gradient), (h, w), 1e-3).unwrap();
        let along = |x: &[f64]| log_of(x).iter().zip(&gradient).map(|(l, g)| l * g).sum::<f64>();
        let want: Vec<f64> = (0..h * w)
            .map(|i| {
                let moved = |step: f64| {
                    let mut x = x.clone();
                    x[i] += step;
                    along(&x)
                };
                (moved(1e-4) - moved(-1e-4)) / 2e-4
            })
            .collect();
        assert!(error(&doubles(&got), &want) < 1e-4, "{h}×{w}: {}", error(&doubles(&got), &want));
    }
}

/// Numbers of the reference model for a plane of side k: `../shared/golden/masksim/manifest.json`, `seeded_head`.
fn hashed(i: usize, stream: u32) -> f64 {
    let mut t = (i as u32).wrapping_add(stream.wrapping_mul(0x9e37_79b1));
    t = (t ^ t >> 16).wrapping_mul(0x7feb_352d);
    t = (t ^ t >> 15).wrapping_mul(0x846c_a68b);
    f64::from(t ^ t >> 16) / 4_294_967_296.0
}

#[test]
fn the_reference_model() {
    let Some(folder) = golden("masksim") else { return };
    let kernels = Kernels::new();
    let k = 94;
    let hill = |i: usize| {
        let (u, v) = ((i % (k * k) / k) as f64 - k as f64 / 2.0, (i % k) as f64 - k as f64 / 2.0);
        3.0 * (1.0 - 4.0 * (u * u + v * v) / (k * k) as f64)
    };
    let seeded = |stream: u32| -> (Vec<f32>, Vec<f32>) {
        let reference = (0..3 * k * k).map(|i| (2.0 * hashed(i, stream) - 1.0 + hill(i)) as f32).collect();
        (reference, (0..3 * k * k).map(|i| (12.0 * hashed(i, stream + 1) - 6.0) as f32).collect())
    };
    let (references, logits) = seeded(1);
    let masks = kernels.mask_of_logits(&logits, k, k).unwrap();
    assert_close(&doubles(&masks), &npy(&folder.join("mask128_of_seeded_head.npy")).1, 1e-6, 0.0, "mask");
    let heads = MaskHeads {
        masks: &masks,
        references: &references,
        mixing: &[0.9, 0.2, -0.1, 0.1, 0.8, 0.15, -0.2, 0.05, 1.1],
        norm: &[1.2, 0.8, 1.5, 0.05, -0.1, 0.2, -3.0, -3.2, -2.5, 4.0, 3.0, 5.0],
        scale: &[2.5, -1.25],
    };
    let inference: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("inference.json")).unwrap()).unwrap();
    for name in ["real", "fake"] {
        let residual = singles(&npy(&folder.join(format!("{name}_crop128.residual64.npy"))).1);
        let spectra = kernels.centred_log_spectrum(&residual, k, k, 1e-10).unwrap();
        let (_, want) = npy(&folder.join(format!("{name}_crop128.logspec64.npy")));
        let apart: f64 = doubles(&spectra).iter().zip(&want).map(|(g, w)| (g - w).powi(2)).sum();
        let size: f64 = want.iter().map(|w| w * w).sum();
        assert!((apart / size).sqrt() < 1e-5, "{name}: {}", (apart / size).sqrt());
        let similarity = kernels.mask_similarity(&spectra, k * k, heads).unwrap();
        let want = inference["eval_128"][name]["similarity_float64"].as_f64().unwrap();
        assert_close(&[similarity.channels.iter().sum::<f64>() / 3.0], &[want], 1e-6, 0.0, name);
        if name == "fake" {
            // The published map comes from the float32 denoiser, whose residual is 0.2 % off.
            let residual = singles(&npy(&folder.join("fake_crop128.residual.npy")).1);
            let spectra = kernels.centred_log_spectrum(&residual, k, k, 1e-10).unwrap();
            let map = kernels.mask_similarity_map(&spectra, k * k, heads).unwrap();
            assert_close(&doubles(&map), &npy(&folder.join("fake_crop128.simmap.npy")).1, 1e-6, 0.0, "map");
        }
    }
}

#[cfg(feature = "threads")]
#[test]
fn threads_change_no_bit() {
    let (h, w) = (150, 101);
    let values = |seed, count| singles(&noise(seed, count));
    let (logits, references, spectra) = (values(1, 3 * h * w), values(2, 3 * h * w), values(3, 2 * 3 * h * w));
    let model = Model::new(9);
    let heads = MaskHeads {
        masks: &logits,
        references: &references,
        mixing: &model.mixing,
        norm: &model.norm,
        scale: &model.scale,
    };
    let step = |k: &Kernels| k.mask_gradients(&spectra, (h, w), heads, &[1, 0]).unwrap();
    assert_eq!(step(&Kernels::new()), step(&Kernels::with_threads(3).unwrap()));
}

#[test]
fn sizes_that_do_not_fit_are_refused() {
    let heads =
        MaskHeads { masks: &[0.5; 12], references: &[0.5; 12], mixing: &[1.0; 9], norm: &[1.0; 12], scale: &[0.0; 2] };
    let kernels = Kernels::new();
    let code = |result: syntrace_kernels::Result<()>| result.unwrap_err().code();
    assert_eq!(code(kernels.mask_similarity(&[0.0; 9], 4, heads).map(drop)), "KERNEL_SHAPE");
    assert_eq!(code(kernels.mask_similarity(&[0.0; 15], 5, heads).map(drop)), "KERNEL_SHAPE");
    assert_eq!(code(kernels.mask_gradients(&[0.0; 12], (2, 2), heads, &[1, 0]).map(drop)), "KERNEL_SHAPE");
    assert_eq!(code(kernels.mask_gradients(&[0.0; 12], (2, 1), heads, &[1]).map(drop)), "KERNEL_SHAPE");
}
