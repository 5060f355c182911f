//! Five steps of the official NPR trainer, where the reference vectors are at hand.

mod support;

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde_json::Value;
use support::{golden, l2, npr, rounded, state_names, storages};
use syntrace_learn_networks::{Loss, Method, Optimiser, Parameters, Real, Tensor};

/// The state of the .pth: storages are numbered in the order of the state, counters of batches (8 bytes) among them.
fn start(folder: &Path) -> Parameters<f64> {
    let floats: Vec<Vec<u8>> =
        storages(&folder.join("npr_seed100.pth")).into_values().filter(|bytes| bytes.len() != 8).collect();
    let names = state_names(&npr().layers);
    assert_eq!(floats.len(), names.len());
    let mut parameters = Parameters::new();
    for ((name, size), bytes) in names.into_iter().zip(floats) {
        let values: Vec<f64> = bytes.as_chunks().0.iter().map(|&four| f64::from(f32::from_le_bytes(four))).collect();
        assert_eq!(values.len(), size, "{name}");
        parameters.insert(name, values);
    }
    parameters
}

/// Residuals (specification, section 2) of the batch's windows, in float64.
fn batch(folder: &Path, windows: &[Value]) -> ([usize; 4], Vec<f64>, Vec<u8>) {
    const DEVIATION: [f64; 3] = [0.229, 0.224, 0.225];
    const SIDE: usize = 64;
    let mut residuals = vec![0.0; windows.len() * 3 * SIDE * SIDE];
    for (window, to) in windows.iter().zip(residuals.chunks_mut(3 * SIDE * SIDE)) {
        let file = File::open(folder.join(window["image"].as_str().unwrap())).unwrap();
        let mut reader = png::Decoder::new(BufReader::new(file)).read_info().unwrap();
        let mut samples = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut samples).unwrap();
        let [top, left] = ["rows", "cols"].map(|range| window[range][0].as_u64().unwrap() as usize);
        let at =
            |y: usize, x: usize, c: usize| f64::from(samples[((top + y) * info.width as usize + left + x) * 3 + c]);
        for (i, value) in to.iter_mut().enumerate() {
            let (c, y, x) = (i / SIDE / SIDE, i / SIDE % SIDE, i % SIDE);
            *value = (at(y, x, c) - at(y & !1, x & !1, c)) / (255.0 * DEVIATION[c]) * 2.0 / 3.0;
        }
    }
    let labels = windows.iter().map(|window| window["label"].as_u64().unwrap() as u8).collect();
    ([windows.len(), 3, SIDE, SIDE], residuals, labels)
}

/// Largest relative differences of loss, total gradient and each gradient of a step.
fn train<T: Real>(folder: &Path, wanted: &[Value], allowed: &[[f64; 3]]) {
    let training: Value = serde_json::from_reader(File::open(folder.join("training.json")).unwrap()).unwrap();
    let (shape, pictures, labels) = batch(folder, training["batch"].as_array().unwrap());
    let network = npr();
    let mut parameters = rounded::<T>(&start(folder));
    let mut adam = Optimiser::new(Method::ADAM, 2e-4);
    let pictures: Vec<T> = pictures.into_iter().map(T::of).collect();
    let relative = |value: f64, wanted: &Value| (value / wanted.as_f64().unwrap() - 1.0).abs();
    for (step, (wanted, [loss, total, each])) in wanted.iter().zip(allowed).enumerate() {
        let x = Tensor::of_pictures(shape, &pictures);
        let found = network.step(&mut parameters, x, &labels, Loss::Binary, 0);
        assert!(
            relative(found.loss, &wanted["loss"]) < *loss,
            "step {step}: loss {} against {}",
            found.loss,
            wanted["loss"]
        );
        let norm = found.gradients.values().map(|values| l2(values).powi(2)).sum::<f64>().sqrt();
        assert!(
            relative(norm, &wanted["grad_l2_total"]) < *total,
            "step {step}: gradient {norm} against {}",
            wanted["grad_l2_total"]
        );
        for (name, norm) in wanted["grad_l2"].as_object().into_iter().flatten() {
            let own = l2(&found.gradients[name]);
            assert!(relative(own, norm) < *each, "step {step}: gradient of {name} {own} against {norm}");
        }
        adam.step(&mut parameters, &found.gradients);
    }
}

fn steps(folder: &Path, precision: &str) -> Vec<Value> {
    let training: Value = serde_json::from_reader(File::open(folder.join("training.json")).unwrap()).unwrap();
    training[precision].as_array().unwrap().clone()
}

/// The official pictures are normalised in float32, so ties of max-pool break otherwise than with our exact differences: the gradient of the first
/// convolution differs by some 1e-4, the loss does not.
#[test]
fn five_steps_in_float64() {
    let Some(folder) = golden("npr") else { return };
    let allowed = [[1e-7, 5e-4, 5e-3], [1e-4, 2e-3, 1e-1], [1e-3, 2e-2, 1.0], [2e-3, 2e-2, 1.0], [5e-3, 5e-2, 1.0]];
    train::<f64>(&folder, &steps(&folder, "float64"), &allowed);
}

/// Adam amplifies rounding: the tolerances are those between float32 and float64 of PyTorch itself.
#[test]
fn five_steps_in_float32() {
    let Some(folder) = golden("npr") else { return };
    let allowed = [[1e-6, 5e-3, 1e-1], [1e-3, 2e-2, 1.0], [3e-3, 5e-2, 1.0], [5e-3, 5e-2, 1.0], [1e-2, 1e-1, 1.0]];
    train::<f32>(&folder, &steps(&folder, "float32"), &allowed);
}
