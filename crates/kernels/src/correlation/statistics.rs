//! Tail of the normal distribution and the false-alarm probability of a PCE.

use std::f64::consts::{LN_10, PI, SQRT_2};

/// erfc(x): the series of erf below 2.5, a continued fraction above; relative error below 1e-12.
fn erfc(x: f64) -> f64 {
    if x < 0.0 {
        return 2.0 - erfc(-x);
    }
    let scale = (-x * x).exp() / PI.sqrt();
    if x < 2.5 {
        let (mut term, mut sum) = (2.0 * x, 2.0 * x);
        for n in 1..60 {
            term *= 2.0 * x * x / f64::from(2 * n + 1);
            sum += term;
        }
        return 1.0 - scale * sum;
    }
    let fraction = (1..80).rev().fold(x, |tail, n| x + f64::from(n) / 2.0 / tail);
    scale / fraction
}

/// Probability that a standard normal number exceeds z.
pub(super) fn tail(z: f64) -> f64 {
    0.5 * erfc(z / SQRT_2)
}

/// Probability that unrelated residuals reach this PCE at one of `lags` lags, and its log10 (NoiseScope 4; the logarithm stays finite
/// where the probability underflows).
pub(super) fn false_alarm(pce: f64, lags: f64) -> (f64, f64) {
    let z = pce.signum() * pce.abs().sqrt();
    let p = tail(z);
    let spread = if pce < 50.0 { 1.0 - (1.0 - p).powf(lags) } else { lags * p };
    let probability = if spread == 0.0 { lags * p } else { spread };
    let log = if z >= 37.5 {
        (-z * z / 2.0 - z.ln() - (2.0 * PI).ln() / 2.0) / LN_10 + lags.log10()
    } else {
        probability.log10()
    };
    (probability, log)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_that_of_tables() {
        // mpmath, 20 digits.
        for (z, want) in [
            (-1.5, 0.933_192_798_731_141_9),
            (0.0, 0.5),
            (1.0, 0.158_655_253_931_457_05),
            (3.0, 0.001_349_898_031_630_094_5),
            (3.6, 1.591_085_901_575_337_6e-4),
            (8.0, 6.220_960_574_271_786e-16),
            (20.0, 2.753_624_118_606_233_7e-89),
        ] {
            assert!((tail(z) / want - 1.0).abs() < 1e-11, "{z}: {}", tail(z));
        }
    }

    #[test]
    fn the_logarithm_goes_on_where_the_probability_ends() {
        let (p, log) = false_alarm(1500.0, 1.0);
        assert_eq!(p, 0.0);
        assert!((log + 327.722).abs() < 0.5, "{log}");
        let (p, log) = false_alarm(900.0, 4.0);
        assert!((p.log10() - log).abs() < 1e-9);
    }
}
