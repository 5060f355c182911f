//! Biases, mean pooling, flattened planes, three classes, penalties and weight decay against PyTorch, through the trainer; dropout and refusals.

#[path = "support/fixture.rs"]
mod fixture;

use fixture::{assert_near, numbers, parameters};
use serde_json::{Value, json};
use syntrace_learn_networks::{Network, Options, Trainer};

fn convolution(name: &str, from: usize, to: usize, stride: usize) -> Value {
    json!({"kind": "convolution", "name": name, "from": from, "to": to, "kernel": 3, "stride": stride, "padding": 1, "bias": true})
}

fn network(last: &[Value]) -> Network {
    let mut layers = vec![
        convolution("conv1", 3, 4, 1),
        json!({"kind": "relu"}),
        json!({"kind": "average-pool", "kernel": 2, "stride": 2}),
        convolution("conv2", 4, 5, 2),
        json!({"kind": "relu"}),
        json!({"kind": "flatten"}),
        json!({"kind": "linear", "name": "hidden", "from": 60, "to": 7}),
        json!({"kind": "relu"}),
    ];
    layers.extend_from_slice(last);
    serde_json::from_value(json!({ "layers": layers })).unwrap()
}

fn linear() -> Value {
    json!({"kind": "linear", "name": "fc", "from": 7, "to": 3})
}

fn options(change: &Value) -> Options {
    let mut options = json!({
        "loss": "softmax", "rate": 0.01, "seed": 5, "initial": "glorot",
        "method": {"kind": "adam", "betas": [0.9, 0.999], "epsilon": 1e-8, "corrected": true, "decay": 0.1},
        "penalties": {"conv1.weight": {"l1": 0.01, "l2": 0.02}, "hidden.weight": {"l1": 0.0, "l2": 0.03}},
    });
    options.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    serde_json::from_value(options).unwrap()
}

/// Shape, pictures and labels of the fixture.
fn batch(fixture: &Value) -> ([usize; 4], Vec<f64>, Vec<u8>) {
    let labels = numbers(&fixture["labels"]).into_iter().map(|label| label as u8).collect();
    (std::array::from_fn(|i| fixture["shape"][i].as_u64().unwrap() as usize), numbers(&fixture["x"]), labels)
}

#[test]
fn three_steps_and_the_answer_after_them() {
    let fixture: Value = serde_json::from_str(include_str!("fixtures/classes.json")).unwrap();
    let mut trainer = Trainer::<f64>::new(network(&[linear()]), options(&json!({}))).unwrap();
    for (name, values) in parameters::<f64>(&fixture["start"]) {
        trainer.set_parameter(&name, &values).unwrap();
    }
    let (shape, pictures, labels) = batch(&fixture);
    for (i, wanted) in fixture["steps"].as_array().unwrap().iter().enumerate() {
        let step = trainer.step(shape, &pictures, &labels).unwrap();
        assert_near(&step.logits, &wanted["logits"], 1e-9, "logits");
        assert!((step.loss - wanted["loss"].as_f64().unwrap()).abs() < 1e-9, "step {i}: loss {}", step.loss);
        let gradients = wanted["gradients"].as_object().unwrap().values().flat_map(numbers);
        let norm = gradients.map(|value| value * value).sum::<f64>().sqrt();
        assert!((step.gradient / norm - 1.0).abs() < 1e-9, "step {i}: gradient {} against {norm}", step.gradient);
    }
    for parameter in trainer.state() {
        let values = trainer.parameter(&parameter.name).unwrap();
        // PyTorch decays biases too.
        assert_near(values, &fixture["end"][&parameter.name], 1e-9, &parameter.name);
    }
    assert_near(&trainer.evaluate(shape, &pictures).unwrap(), &fixture["evaluated"], 1e-9, "the answer in use");
}

#[test]
fn adam_as_keras_has_it_puts_epsilon_outside_the_correction() {
    let keras = json!({"penalties": {}, "method": {"kind": "adam", "betas": [0.9, 0.999], "epsilon": 1e-7, "corrected": false, "decay": 0.0}});
    let fixture: Value = serde_json::from_str(include_str!("fixtures/classes.json")).unwrap();
    let mut trainer = Trainer::<f64>::new(network(&[linear()]), options(&keras)).unwrap();
    let (shape, pictures, labels) = batch(&fixture);
    let before = trainer.parameter("fc.bias").unwrap().to_vec();
    trainer.step(shape, &pictures, &labels).unwrap();
    let [m, v] = trainer.moments("fc.bias").unwrap();
    let rate = 0.01 * (1.0f64 - 0.999).sqrt() / (1.0 - 0.9);
    for (i, after) in trainer.parameter("fc.bias").unwrap().iter().enumerate() {
        let wanted = before[i] - rate * m[i] / (v[i].sqrt() + 1e-7);
        assert!((after - wanted).abs() < 1e-12, "{after} against {wanted}");
    }
}

#[test]
fn a_trainer_goes_on_where_another_was() {
    let fixture: Value = serde_json::from_str(include_str!("fixtures/classes.json")).unwrap();
    let (shape, pictures, labels) = batch(&fixture);
    let drop = json!({"kind": "dropout", "rate": 0.5});
    let new = || Trainer::<f64>::new(network(&[drop.clone(), linear()]), options(&json!({}))).unwrap();
    let mut first = new();
    let losses: Vec<f64> = (0..6).map(|_| first.step(shape, &pictures, &labels).unwrap().loss).collect();
    let mut half = new();
    let again: Vec<f64> = (0..3).map(|_| half.step(shape, &pictures, &labels).unwrap().loss).collect();
    assert_eq!(again, losses[..3]);
    let mut second = new();
    let names: Vec<String> = half.state().into_iter().map(|parameter| parameter.name).collect();
    for name in &names {
        second.set_parameter(name, half.parameter(name).unwrap()).unwrap();
    }
    let moments = names.iter().map(|name| (name.clone(), half.moments(name).unwrap().map(<[f64]>::to_vec)));
    second.resume(half.steps(), moments.collect()).unwrap();
    let rest: Vec<f64> = (0..3).map(|_| second.step(shape, &pictures, &labels).unwrap().loss).collect();
    assert_eq!(rest, losses[3..]);
}

#[test]
fn dropout_leaves_out_its_share_while_training_and_nothing_in_use() {
    let layers =
        json!({"layers": [{"kind": "dropout", "rate": 0.25}, {"kind": "linear", "name": "fc", "from": 4000, "to": 1}]});
    let loss = json!({"loss": "binary", "penalties": {}});
    let mut trainer = Trainer::<f64>::new(serde_json::from_value(layers).unwrap(), options(&loss)).unwrap();
    trainer.set_parameter("fc.weight", &vec![1.0 / 4000.0; 4000]).unwrap();
    let ones = vec![1.0; 2 * 4000];
    assert_near(&trainer.evaluate([2, 4000, 1, 1], &ones).unwrap(), &json!([1.0, 1.0]), 1e-12, "in use");
    let logits = trainer.step([2, 4000, 1, 1], &ones, &[0, 1]).unwrap().logits;
    // The mean of 4000 values that are 4/3 with probability 3/4: deviation 0.009.
    assert!(logits.iter().all(|logit| (logit - 1.0).abs() < 0.04 && (logit - 1.0).abs() > 1e-6), "{logits:?}");
    assert!(logits[0] != logits[1]);
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut trainer = Trainer::<f64>::new(network(&[linear()]), options(&json!({}))).unwrap();
    let pictures = vec![0.5; 4 * 3 * 14 * 11];
    let mut refused = |shape, pictures: &[f64], labels: &[u8], words: &str| {
        let error = trainer.step(shape, pictures, labels).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    };
    refused([4, 3, 14, 11], &pictures, &[0, 1, 2], "3 labels of 0…2 for 4 pictures");
    refused([4, 3, 14, 11], &pictures, &[0, 1, 2, 3], "labels of 0…2");
    refused([4, 3, 14, 11], &pictures[1..], &[0, 1, 2, 0], "1847 values");
    refused([4, 1, 14, 33], &pictures, &[0, 1, 2, 0], "conv1 wants 3 channels, receives 1");
    refused([4, 3, 77, 2], &pictures, &[0, 1, 2, 0], "hidden wants 60 features");
    refused([0, 3, 14, 11], &[], &[], "empty");
    refused([4, 3, 14, 11], &vec![f64::NAN; pictures.len()], &[0, 1, 2, 0], "the loss is NaN");
    assert!(trainer.set_parameter("conv9.weight", &[0.0]).is_err());
    assert!(trainer.set_parameter("fc.bias", &[0.0]).is_err());
    assert!(trainer.set_rate(-1.0).is_err());
    let binary = Trainer::<f64>::new(network(&[linear()]), options(&json!({"loss": "binary"})));
    assert!(binary.unwrap().step([4, 3, 14, 11], &pictures, &[0, 1, 1, 0]).is_err());
    let unknown = json!({"penalties": {"conv9.weight": {"l1": 1.0, "l2": 0.0}}});
    assert!(Trainer::<f64>::new(network(&[linear()]), options(&unknown)).is_err());
}
