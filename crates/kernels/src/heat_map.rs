//! Planes as pictures for people.

use crate::context::Kernels;
use crate::error::{KernelError, Result};

/// Colour maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColourMap {
    /// `viridis`: sequential, perceptually uniform.
    Viridis,
    /// `inferno`: sequential, black to yellow.
    Inferno,
    /// `coolwarm`: diverging, blue over grey to red (Moreland 2009); the middle of the range is grey.
    CoolWarm,
    /// `grey`: black to white.
    Grey,
}

impl ColourMap {
    /// All maps with their names.
    pub const ALL: [(&'static str, Self); 4] =
        [("viridis", Self::Viridis), ("inferno", Self::Inferno), ("coolwarm", Self::CoolWarm), ("grey", Self::Grey)];

    fn colour(self, t: f64) -> [u8; 3] {
        match self {
            Self::Viridis => colorous::VIRIDIS.eval_continuous(t).into_array(),
            Self::Inferno => colorous::INFERNO.eval_continuous(t).into_array(),
            Self::CoolWarm => cool_warm(t),
            Self::Grey => [(t * 255.0).round() as u8; 3],
        }
    }
}

/// Kenneth Moreland, "Diverging color maps for scientific visualization", 2009: magnitude, saturation and hue interpolated in polar
/// CIELAB from (59, 76, 192) to (180, 4, 38) over an unsaturated middle.
fn cool_warm(t: f64) -> [u8; 3] {
    let (cool, warm) = (to_msh([59.0, 76.0, 192.0]), to_msh([180.0, 4.0, 38.0]));
    let middle = 88.0_f64.max(cool[0]).max(warm[0]);
    let spin = |end: [f64; 3]| {
        let turn = end[1] * (middle * middle - end[0] * end[0]).sqrt() / (end[0] * end[1].sin());
        if end[2] > -std::f64::consts::FRAC_PI_3 { end[2] + turn } else { end[2] - turn }
    };
    let (end, share) = if t < 0.5 { (cool, 2.0 * t) } else { (warm, 2.0 - 2.0 * t) };
    let grey = [middle, 0.0, spin(end)];
    let [m, s, h] = std::array::from_fn(|i| end[i] + (grey[i] - end[i]) * share);
    from_lab([m * s.cos(), m * s.sin() * h.cos(), m * s.sin() * h.sin()])
}

const WHITE: [f64; 3] = [0.950_47, 1.0, 1.088_83];

fn to_msh(rgb: [f64; 3]) -> [f64; 3] {
    let linear = rgb.map(|v| v / 255.0).map(|v| if v > 0.04045 { ((v + 0.055) / 1.055).powf(2.4) } else { v / 12.92 });
    let [r, g, b] = linear;
    let xyz = [
        0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b,
        0.212_672_9 * r + 0.715_152_2 * g + 0.072_175 * b,
        0.019_333_9 * r + 0.119_192 * g + 0.950_304_1 * b,
    ];
    let f = |i: usize| {
        let v: f64 = xyz[i] / WHITE[i];
        if v > 0.008_856 { v.cbrt() } else { 7.787 * v + 16.0 / 116.0 }
    };
    let [l, a, b] = [116.0 * f(1) - 16.0, 500.0 * (f(0) - f(1)), 200.0 * (f(1) - f(2))];
    let m = (l * l + a * a + b * b).sqrt();
    [m, (l / m).acos(), b.atan2(a)]
}

fn from_lab([l, a, b]: [f64; 3]) -> [u8; 3] {
    let y = (l + 16.0) / 116.0;
    let inverse = |v: f64| if v.powi(3) > 0.008_856 { v.powi(3) } else { (v - 16.0 / 116.0) / 7.787 };
    let [x, y, z] = [inverse(y + a / 500.0) * WHITE[0], inverse(y) * WHITE[1], inverse(y - b / 200.0) * WHITE[2]];
    let linear = [
        3.240_454_2 * x - 1.537_138_5 * y - 0.498_531_4 * z,
        -0.969_266 * x + 1.876_010_8 * y + 0.041_556 * z,
        0.055_643_4 * x - 0.204_025_9 * y + 1.057_225_2 * z,
    ];
    let encode = |v: f64| if v > 0.003_130_8 { 1.055 * v.powf(1.0 / 2.4) - 0.055 } else { 12.92 * v };
    linear.map(|v| (encode(v) * 255.0 + 0.5).clamp(0.0, 255.0) as u8)
}

/// Steps of a map; more than a screen can show apart.
const STEPS: usize = 1024;

impl Kernels {
    /// Samples [n] as opaque RGBA u8 [n, 4]; values are clamped to `low` … `high`, NaN is transparent. O(n).
    /// Errors: [`KernelError::Value`] if the range is empty or not finite.
    pub fn heat_map(&self, plane: &[f32], map: ColourMap, low: f64, high: f64) -> Result<Vec<u8>> {
        if !(low.is_finite() && high.is_finite() && low < high) {
            return Err(KernelError::value("heatMap", format!("low must be below high, not {low} and {high}")));
        }
        let colours: Vec<[u8; 3]> = (0..STEPS).map(|i| map.colour(i as f64 / (STEPS - 1) as f64)).collect();
        let scale = (STEPS - 1) as f64 / (high - low);
        let mut out = self.buffer_of("heatMap", &[plane.len(), 4])?;
        self.each(plane, 1 << 14, &mut out, 4 << 14, |_, from, to| {
            for (pixel, &value) in to.chunks_exact_mut(4).zip(from) {
                let step = ((f64::from(value) - low) * scale + 0.5).clamp(0.0, (STEPS - 1) as f64) as usize;
                pixel[..3].copy_from_slice(&colours[step]);
                pixel[3] = if value.is_nan() { 0 } else { 255 };
            }
        });
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_middle_of_the_maps() {
        let out = |map| Kernels::new().heat_map(&[-9.0, 0.5, 9.0, f32::NAN], map, 0.0, 1.0).unwrap();
        assert_eq!(out(ColourMap::Viridis)[..4], [68, 1, 84, 255]);
        assert_eq!(out(ColourMap::Inferno)[8..12], [252, 255, 164, 255]);
        assert_eq!(out(ColourMap::CoolWarm)[12..][3], 0);
        let cool_warm = out(ColourMap::CoolWarm);
        for (i, want) in [[59, 76, 192], [221, 221, 221], [180, 4, 38]].iter().enumerate() {
            for (c, want) in want.iter().enumerate() {
                assert!(cool_warm[4 * i + c].abs_diff(*want) <= 1, "{i} {c}: {cool_warm:?}");
            }
        }
    }

    #[test]
    fn an_empty_range_is_refused() {
        assert!(Kernels::new().heat_map(&[0.0], ColourMap::Viridis, 1.0, 1.0).is_err());
    }
}
