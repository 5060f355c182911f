//! Every layer against PyTorch in float64, on planes of odd sides.

#[path = "support/fixture.rs"]
mod fixture;
mod support;

use fixture::{assert_near, numbers, parameters};
use serde_json::Value;
use support::{POOL, convolution, linear, norm};
use syntrace_learn_networks::{Layer, Loss, Method, Network, Optimiser, Real, Tensor};

fn small() -> Network {
    let body = vec![convolution("conv2", 4, 6, 3, 2), norm("bn2", 6)];
    let shortcut = vec![convolution("side", 4, 6, 1, 2), norm("bn3", 6)];
    let layers = vec![
        convolution("conv1", 3, 4, 3, 2),
        norm("bn1", 4),
        Layer::Relu,
        POOL,
        Layer::Residual { body, shortcut },
        Layer::Relu,
        Layer::GlobalAveragePool,
        linear("fc", 6, 1),
    ];
    Network { layers }
}

fn train<T: Real>(allowed: f64) {
    let fixture: Value = serde_json::from_str(include_str!("fixtures/small.json")).unwrap();
    let shape: [usize; 4] = std::array::from_fn(|i| fixture["shape"][i].as_u64().unwrap() as usize);
    let labels: Vec<u8> = numbers(&fixture["labels"]).into_iter().map(|label| label as u8).collect();
    let mut all = parameters::<T>(&fixture["start"]);
    let mut adam = Optimiser::new(Method::ADAM, 0.01);
    for (i, wanted) in fixture["steps"].as_array().unwrap().iter().enumerate() {
        let pictures: Vec<T> = numbers(&fixture["x"]).into_iter().map(T::of).collect();
        let step = small().step(&mut all, Tensor::of_pictures(shape, &pictures), &labels, Loss::Binary, 0);
        assert!((step.loss - wanted["loss"].as_f64().unwrap()).abs() < allowed, "step {i}: loss {}", step.loss);
        assert_near(&step.logits, &wanted["logits"], allowed, "logits");
        assert_eq!(step.gradients.len(), wanted["gradients"].as_object().unwrap().len());
        for (name, gradient) in &step.gradients {
            assert_near(gradient, &wanted["gradients"][name], allowed, &format!("step {i}, gradient of {name}"));
        }
        adam.step(&mut all, &step.gradients);
    }
    for (name, values) in &all {
        assert_near(values, &fixture["end"][name], allowed, name);
    }
    let pictures: Vec<T> = numbers(&fixture["x"]).into_iter().map(T::of).collect();
    let answer = small().evaluate(&all, Tensor::of_pictures(shape, &pictures)).pictures();
    assert_near(&answer, &fixture["evaluated"], allowed, "the answer in use");
}

#[test]
fn three_steps_in_float64() {
    train::<f64>(1e-9);
}

#[test]
fn three_steps_in_float32() {
    train::<f32>(2e-3);
}

/// Shares of the batch are the same whatever the threads, up to the order of their sums.
#[test]
fn threads_change_rounding_alone() {
    let run =
        |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| train::<f64>(1e-9));
    run(1);
    run(3);
}
