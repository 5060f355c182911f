//! Random numbers by their place: the same whatever the threads, and after a resume.

/// A stream; any of its numbers can be asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(mixed(seed))
    }

    /// A stream of its own for each number.
    pub(crate) fn fork(self, stream: u64) -> Self {
        Self(mixed(self.0 ^ mixed(stream.wrapping_add(1))))
    }

    /// A stream of its own for each name.
    pub(crate) fn named(self, name: &str) -> Self {
        name.bytes().fold(self, |random, byte| random.fork(u64::from(byte)))
    }

    /// Uniform in 0…1 (without 1), 53 bits.
    pub(crate) fn at(self, i: u64) -> f64 {
        (mixed(self.0.wrapping_add(i.wrapping_mul(0x9e37_79b9_7f4a_7c15))) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Normal with mean 0 and deviation 1 (Box and Muller).
    pub(crate) fn normal(self, i: u64) -> f64 {
        let (radius, angle) = (1.0 - self.at(2 * i), self.at(2 * i + 1));
        (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
    }
}

/// The finaliser of SplitMix64 (Steele et al. 2014).
const fn mixed(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
