//! What depends only on the length of a transform: factors and twiddles, computed in float64 and kept.

use crate::simd::Real;
use std::collections::HashMap;
use std::f64::consts::TAU;
use std::sync::{Arc, Mutex, PoisonError};

/// A complex factor of unit length: (cosine, sine) of its angle.
pub(crate) type Twiddle<T> = [T; 2];

/// exp(−2πi·k/n), with the angle reduced in integers first so that large k lose nothing.
pub(crate) fn twiddle<T: Real>(k: usize, n: usize) -> Twiddle<T> {
    let angle = TAU * (k % n) as f64 / n as f64;
    [T::of(angle.cos()), T::of(-angle.sin())]
}

/// One self-sorting pass: `m` groups of butterflies over runs of `stride` lines.
pub(crate) struct Stage<T> {
    pub(crate) radix: usize,
    pub(crate) m: usize,
    pub(crate) stride: usize,
    /// (radix − 1) factors for each of the `m` groups; none when m = 1, where all are 1.
    pub(crate) twiddles: Vec<Twiddle<T>>,
}

/// How lengths with a prime factor above 7 are done: as a convolution of length `inner.n` ≥ 2n − 1.
pub(crate) struct Chirp<T> {
    pub(crate) inner: Plan<T>,
    /// exp(−πi·k²/n)
    pub(crate) factors: Vec<Twiddle<T>>,
    /// Transform of the conjugate chirp, divided by the inner length.
    pub(crate) spectrum: Vec<Twiddle<T>>,
}

/// A forward complex transform of length `n`, unnormalised.
pub(crate) struct Plan<T> {
    pub(crate) n: usize,
    /// 0 … n − 1: where samples go that stay in order.
    pub(crate) order: Vec<u32>,
    pub(crate) stages: Vec<Stage<T>>,
    pub(crate) chirp: Option<Box<Chirp<T>>>,
}

impl<T: Real> Plan<T> {
    pub(crate) fn new(n: usize) -> Self {
        let order = (0..n as u32).collect();
        match factors(n) {
            Some(radices) => Self { n, order, stages: stages(n, &radices), chirp: None },
            None => Self { n, order, stages: Vec::new(), chirp: Some(Box::new(Chirp::new(n))) },
        }
    }

    /// Complex vectors that [`super::transform`] needs in each of its two buffers.
    pub(crate) fn buffer(&self) -> usize {
        self.chirp.as_ref().map_or(self.n, |chirp| chirp.inner.n)
    }
}

/// n as a product of 4, 2, 3, 5 and 7 in the order of the passes, or nothing. (Radix 8 saves a pass in three, but needs more
/// registers than SSE, AVX2 and WASM have: it was slower there, and no faster with AVX-512.)
fn factors(mut n: usize) -> Option<Vec<usize>> {
    let mut radices = Vec::new();
    for radix in [4, 2, 3, 5, 7] {
        while n.is_multiple_of(radix) {
            radices.push(radix);
            n /= radix;
        }
    }
    (n == 1).then_some(radices)
}

fn stages<T: Real>(n: usize, radices: &[usize]) -> Vec<Stage<T>> {
    let (mut left, mut stride) = (n, 1);
    let stage = |&radix: &usize| {
        let m = left / radix;
        let groups = if m == 1 { 0 } else { m };
        let twiddles = (0..groups).flat_map(|p| (1..radix).map(move |k| twiddle(p * k, left))).collect();
        let stage = Stage { radix, m, stride, twiddles };
        (left, stride) = (m, stride * radix);
        stage
    };
    radices.iter().map(stage).collect()
}

impl<T: Real> Chirp<T> {
    fn new(n: usize) -> Self {
        let inner = (2 * n - 1..).find(|&length| factors(length).is_some()).unwrap_or(1);
        // k² mod 2n keeps the angle exact.
        let chirp = |k: usize| twiddle::<f64>(k * k % (2 * n), 2 * n);
        let mut padded = vec![[0.0; 2]; inner];
        for k in 0..n {
            let [re, im] = chirp(k);
            padded[k] = [re, -im];
            padded[(inner - k) % inner] = [re, -im];
        }
        let spectrum = plain_transform(&Plan::<f64>::new(inner), &padded);
        let scaled = |[re, im]: [f64; 2]| [T::of(re / inner as f64), T::of(im / inner as f64)];
        Self {
            inner: Plan::new(inner),
            factors: (0..n).map(|k| chirp(k).map(T::of)).collect(),
            spectrum: spectrum.into_iter().map(scaled).collect(),
        }
    }
}

/// One line in float64 by the same passes, without vectors: only for plans.
fn plain_transform(plan: &Plan<f64>, x: &[[f64; 2]]) -> Vec<[f64; 2]> {
    use super::stages::{Complex, transform};
    use crate::simd::{Base, Plain, Vector};
    type Scalar = Plain<f64, 1>;
    let mut a: Vec<Complex<Scalar>> =
        x.iter().map(|v| Complex { re: Scalar::splat(v[0]), im: Scalar::splat(v[1]) }).collect();
    let mut b = a.clone();
    let mut value = [0.0];
    let mut part = |v: Scalar| {
        v.store(&mut value);
        value[0]
    };
    transform::<Base, _>(plan, &mut a, &mut b).iter().map(|z| [part(z.re), part(z.im)]).collect()
}

/// Plans by length, made once.
pub(crate) struct Cache<P>(Mutex<HashMap<usize, Arc<P>>>);

impl<P> Default for Cache<P> {
    fn default() -> Self {
        Self(Mutex::new(HashMap::new()))
    }
}

/// Plans kept at most; a folder of pictures of all sizes must not fill the memory with twiddles.
const KEPT: usize = 64;

impl<P> Cache<P> {
    pub(crate) fn get(&self, n: usize, make: impl FnOnce(usize) -> P) -> Arc<P> {
        let mut plans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans.get(&n) {
            return plan.clone();
        }
        if plans.len() >= KEPT {
            plans.clear();
        }
        plans.entry(n).or_insert_with(|| Arc::new(make(n))).clone()
    }
}
