//! Resampling along an axis as weighted sums: which samples make an output sample, and how much of each.

use super::borders::{mirrored, replicated};

/// For each of the outputs the same number of samples.
pub(super) struct Taps {
    pub(super) count: usize,
    /// Positions in the input, `count` an output.
    pub(super) places: Vec<usize>,
    pub(super) weights: Vec<f64>,
}

impl Taps {
    /// Samples and weights of output `i`.
    pub(super) fn of(&self, i: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = i * self.count..(i + 1) * self.count;
        self.places[range.clone()].iter().copied().zip(self.weights[range].iter().copied())
    }
}

/// Position in the input of an output sample's centre: the whole part and the rest.
fn centre(i: usize, from: usize, to: usize) -> (isize, f64) {
    let position = from as f64 / to as f64 * (i as f64 + 0.5) - 0.5;
    (position.floor() as isize, position - position.floor())
}

/// Four samples of a cubic with a = −0.75 (Keys 1981), the edge repeated, without antialiasing: OpenCV's `INTER_CUBIC`.
pub(super) fn cubic(from: usize, to: usize) -> Taps {
    const A: f64 = -0.75;
    let (mut places, mut weights) = (Vec::with_capacity(4 * to), Vec::with_capacity(4 * to));
    for i in 0..to {
        let (start, t) = centre(i, from, to);
        let near = |t: f64| ((A + 2.0) * t - (A + 3.0)) * t * t + 1.0;
        let far = |t: f64| ((A * t - 5.0 * A) * t + 8.0 * A) * t - 4.0 * A;
        let three = [far(t + 1.0), near(t), near(1.0 - t)];
        places.extend((-1..3).map(|k| replicated(start + k, from)));
        weights.extend(three);
        weights.push(1.0 - three.iter().sum::<f64>());
    }
    Taps { count: 4, places, weights }
}

/// Two samples of a straight line, mirrored borders; where the input is larger, of the input blurred by a Gaussian of
/// sigma (from/to − 1)/2 and radius ⌊4·sigma + ½⌋: scikit-image's `resize` with antialiasing, both steps in one sum.
pub(super) fn linear(from: usize, to: usize) -> Taps {
    let factor = from as f64 / to as f64;
    let sigma = ((factor - 1.0) / 2.0).max(0.0);
    let radius = (4.0 * sigma + 0.5) as isize;
    let gaussian: Vec<f64> =
        (-radius..=radius).map(|k| if sigma > 0.0 { (-0.5 * (k as f64 / sigma).powi(2)).exp() } else { 1.0 }).collect();
    let sum: f64 = gaussian.iter().sum();
    let count = gaussian.len() + 1;
    let (mut places, mut weights) = (Vec::with_capacity(count * to), Vec::with_capacity(count * to));
    for i in 0..to {
        let (start, t) = centre(i, from, to);
        places.extend((-radius..=radius + 1).map(|k| mirrored(start + k, from)));
        let blurred = |k: usize| gaussian.get(k).copied().unwrap_or(0.0) / sum;
        weights.extend((0..count).map(|k| (1.0 - t) * blurred(k) + if k == 0 { 0.0 } else { t * blurred(k - 1) }));
    }
    Taps { count, places, weights }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_sum_to_one() {
        for (from, to) in [(100, 37), (84, 128), (256, 128), (5, 5), (1, 9), (9, 1), (341, 128)] {
            for taps in [cubic(from, to), linear(from, to)] {
                for i in 0..to {
                    assert!((taps.of(i).map(|(_, weight)| weight).sum::<f64>() - 1.0).abs() < 1e-12, "{from} → {to}");
                    assert!(taps.of(i).all(|(place, _)| place < from));
                }
            }
        }
    }

    #[test]
    fn an_equal_size_is_a_copy() {
        for taps in [cubic(7, 7), linear(7, 7)] {
            for i in 0..7 {
                assert!(taps.of(i).all(|(place, weight)| weight == 0.0 || (place, weight) == (i, 1.0)));
            }
        }
    }
}
