//! The NPR network and what tests read.
#![allow(dead_code, reason = "each test uses a part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use syntrace_learn_networks::{BatchNorm, Convolution, Layer, Linear, MaxPool, Network, Parameters, Real};

pub(crate) fn convolution(name: &str, from: usize, to: usize, kernel: usize, stride: usize) -> Layer {
    Layer::Convolution(Convolution { name: name.into(), from, to, kernel, stride, padding: kernel / 2, bias: false })
}

pub(crate) fn norm(name: &str, channels: usize) -> Layer {
    Layer::BatchNorm(BatchNorm { name: name.into(), channels, epsilon: 1e-5, momentum: 0.1 })
}

pub(crate) const POOL: Layer = Layer::MaxPool(MaxPool { kernel: 3, stride: 2, padding: 1 });

pub(crate) fn linear(name: &str, from: usize, to: usize) -> Layer {
    Layer::Linear(Linear { name: name.into(), from, to })
}

fn bottleneck(name: &str, from: usize, width: usize, stride: usize) -> [Layer; 2] {
    let at = |word: &str| format!("{name}.{word}");
    let body = vec![
        convolution(&at("conv1"), from, width, 1, 1),
        norm(&at("bn1"), width),
        Layer::Relu,
        convolution(&at("conv2"), width, width, 3, stride),
        norm(&at("bn2"), width),
        Layer::Relu,
        convolution(&at("conv3"), width, 4 * width, 1, 1),
        norm(&at("bn3"), 4 * width),
    ];
    let shortcut = if from == 4 * width && stride == 1 {
        vec![]
    } else {
        vec![convolution(&at("downsample.0"), from, 4 * width, 1, stride), norm(&at("downsample.1"), 4 * width)]
    };
    [Layer::Residual { body, shortcut }, Layer::Relu]
}

/// The specification of NPR, section 3.
pub(crate) fn npr() -> Network {
    let mut layers = vec![convolution("conv1", 3, 64, 3, 2), norm("bn1", 64), Layer::Relu, POOL];
    for (stage, blocks, input, width, stride) in [("layer1", 3, 64, 64, 1), ("layer2", 4, 256, 128, 2)] {
        for i in 0..blocks {
            let (from, stride) = if i == 0 { (input, stride) } else { (4 * width, 1) };
            layers.extend(bottleneck(&format!("{stage}.{i}"), from, width, stride));
        }
    }
    layers.extend([Layer::GlobalAveragePool, linear("fc1", 512, 1)]);
    Network { layers }
}

/// Parameters of one precision from float64 ones.
pub(crate) fn rounded<T: Real>(parameters: &BTreeMap<String, Vec<f64>>) -> Parameters<T> {
    parameters.iter().map(|(name, values)| (name.clone(), values.iter().map(|&value| T::of(value)).collect())).collect()
}

/// Names of the state in PyTorch's order with their sizes.
pub(crate) fn state_names(layers: &[Layer]) -> Vec<(String, usize)> {
    let mut names = Vec::new();
    for layer in layers {
        match layer {
            Layer::Convolution(c) => names.push((format!("{}.weight", c.name), c.to * c.from * c.kernel * c.kernel)),
            Layer::BatchNorm(n) => {
                names.extend(
                    ["weight", "bias", "running_mean", "running_var"]
                        .map(|word| (format!("{}.{word}", n.name), n.channels)),
                );
            }
            Layer::Linear(l) => {
                names.extend([(format!("{}.weight", l.name), l.to * l.from), (format!("{}.bias", l.name), l.to)])
            }
            Layer::Residual { body, shortcut } => {
                names.extend(state_names(body));
                names.extend(state_names(shortcut));
            }
            _ => {}
        }
    }
    names
}

pub(crate) fn l2<T: Real>(values: &[T]) -> f64 {
    values.iter().map(|value| value.to_f64().powi(2)).sum::<f64>().sqrt()
}

/// A folder of the reference vectors, where they are at hand; says loudly when they are not.
pub(crate) fn golden(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("SYNTRACE_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = root.join("golden").join(name);
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("SKIPPED: there is no {}. Set SYNTRACE_SHARED.", folder.display());
    None
}

/// Storages of a PyTorch zip by their key: every entry is stored as it is.
pub(crate) fn storages(file: &PathBuf) -> BTreeMap<usize, Vec<u8>> {
    let bytes = fs::read(file).unwrap();
    let u16_at = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]) as usize;
    let u32_at = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let end = (0..=bytes.len() - 22).rev().find(|&at| u32_at(at) == 0x0605_4b50).unwrap();
    let (count, mut at) = (u16_at(end + 10), u32_at(end + 16));
    let mut found = BTreeMap::new();
    for _ in 0..count {
        let (size, length, header) = (u32_at(at + 20), u16_at(at + 28), u32_at(at + 42));
        let name = String::from_utf8_lossy(&bytes[at + 46..at + 46 + length]).into_owned();
        let start = header + 30 + u16_at(header + 26) + u16_at(header + 28);
        if let Some(key) = name.split_once("/data/").and_then(|(_, key)| key.parse().ok()) {
            found.insert(key, bytes[start..start + size].to_vec());
        }
        at += 46 + length + u16_at(at + 30) + u16_at(at + 32);
    }
    found
}
