//! Times a training step of the NPR network in float32:   cargo run --release --example npr_step -- BATCH SIDE STEPS
//! Prints wall and processor seconds a step, the best of all.

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::Instant;

use support::{npr, state_names};
use syntrace_learn_networks::{Loss, Method, Optimiser, Parameters, Tensor};

/// Seconds that this process has used, from Linux's `/proc/self/stat` (in hundredths).
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap_or("").split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
    fields.get(11..13).map_or(f64::NAN, |ticks| (ticks[0] + ticks[1]) / 100.0)
}

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).map(|word| word.parse().expect("a whole number")).collect();
    let [batch, side, steps] = numbers[..] else { panic!("BATCH SIDE STEPS") };
    let network = npr();
    // Numbers like any others: what is timed does not depend on them.
    let noise = |i: usize| ((i * 7919 + 13) % 997) as f32 / 997.0 - 0.5;
    let mut parameters: Parameters<f32> = state_names(&network.layers)
        .into_iter()
        .map(|(name, size)| {
            let values = (0..size).map(|i| if name.ends_with("running_var") { 1.0 } else { 0.2 * noise(i) }).collect();
            (name, values)
        })
        .collect();
    let labels: Vec<u8> = (0..batch).map(|i| (i % 2) as u8).collect();
    let mut adam = Optimiser::new(Method::ADAM, 2e-4);
    let mut best = [f64::INFINITY; 2];
    for _ in 0..=steps {
        let x = Tensor { shape: [batch, 3, side, side], values: (0..batch * 3 * side * side).map(noise).collect() };
        let (start, used) = (Instant::now(), processor_seconds());
        let step = network.step(&mut parameters, x, &labels, Loss::Binary, 0);
        adam.step(&mut parameters, &step.gradients);
        let now = [start.elapsed().as_secs_f64(), processor_seconds() - used];
        best = [best[0].min(now[0]), best[1].min(now[1])];
    }
    println!("{:.3} s wall, {:.3} s of processor time a step", best[0], best[1]);
}
