//! The passes: butterflies on complex vectors, each lane another line.

use super::plan::{Plan, Stage, Twiddle};
use crate::simd::{Isa, Real, Task, Vector};

/// A complex number in every lane.
#[derive(Clone, Copy)]
pub(crate) struct Complex<V> {
    pub(crate) re: V,
    pub(crate) im: V,
}

impl<V: Vector> Complex<V> {
    #[inline(always)]
    fn add(self, o: Self) -> Self {
        Self { re: self.re.add(o.re), im: self.im.add(o.im) }
    }

    #[inline(always)]
    fn sub(self, o: Self) -> Self {
        Self { re: self.re.sub(o.re), im: self.im.sub(o.im) }
    }

    /// self − i·o
    #[inline(always)]
    fn sub_i(self, o: Self) -> Self {
        Self { re: self.re.add(o.im), im: self.im.sub(o.re) }
    }

    /// self + i·o
    #[inline(always)]
    fn add_i(self, o: Self) -> Self {
        Self { re: self.re.sub(o.im), im: self.im.add(o.re) }
    }

    #[inline(always)]
    fn scale(self, s: V) -> Self {
        Self { re: self.re.mul(s), im: self.im.mul(s) }
    }

    /// self·s + o
    #[inline(always)]
    fn scale_add(self, s: V, o: Self) -> Self {
        Self { re: self.re.mul_add(s, o.re), im: self.im.mul_add(s, o.im) }
    }

    #[inline(always)]
    fn rotate(self, w: Complex<V>) -> Self {
        Self { re: self.im.neg_mul_add(w.im, self.re.mul(w.re)), im: self.im.mul_add(w.re, self.re.mul(w.im)) }
    }

    #[inline(always)]
    fn of(w: Twiddle<V::Scalar>) -> Self {
        Self { re: V::splat(w[0]), im: V::splat(w[1]) }
    }

    #[inline(always)]
    fn swap(self) -> Self {
        Self { re: self.im, im: self.re }
    }
}

/// Forward transform of the lines in `x[..n]`; both buffers hold [`Plan::buffer`] values and lose what they held.
/// Returns the buffer in which the result (`[..n]`, natural order) stands. Swap re and im before and after for the inverse.
#[inline(always)]
pub(crate) fn transform<'a, S: Isa, V: Vector>(
    plan: &Plan<V::Scalar>,
    x: &'a mut [Complex<V>],
    y: &'a mut [Complex<V>],
) -> &'a mut [Complex<V>] {
    match &plan.chirp {
        None => S::apart(Passes { plan, x, y }),
        Some(chirp) => {
            let (n, length) = (plan.n, chirp.inner.n);
            for (value, &w) in x[..n].iter_mut().zip(&chirp.factors) {
                *value = value.rotate(Complex::of(w));
            }
            let zero = V::splat(V::Scalar::default());
            x[n..length].fill(Complex { re: zero, im: zero });
            let swapped = {
                let spectrum = S::apart(Passes { plan: &chirp.inner, x: &mut *x, y: &mut *y });
                for (value, &w) in spectrum.iter_mut().zip(&chirp.spectrum) {
                    *value = value.rotate(Complex::of(w)).swap();
                }
                chirp.inner.stages.len() % 2 == 1
            };
            let (x, y) = if swapped { (y, x) } else { (x, y) };
            let result = S::apart(Passes { plan: &chirp.inner, x, y });
            for (value, &w) in result[..n].iter_mut().zip(&chirp.factors) {
                *value = value.swap().rotate(Complex::of(w));
            }
            result
        }
    }
}

/// All passes of a plan: most of the code of a transform, compiled once for each kind of vector.
struct Passes<'p, 'a, V: Vector> {
    plan: &'p Plan<V::Scalar>,
    x: &'a mut [Complex<V>],
    y: &'a mut [Complex<V>],
}

impl<'a, V: Vector> Task for Passes<'_, 'a, V> {
    type Output = &'a mut [Complex<V>];

    #[inline(always)]
    fn run<S: Isa>(self) -> Self::Output {
        let Self { plan, mut x, mut y } = self;
        for stage in &plan.stages {
            let (from, to) = (&x[..plan.n], &mut y[..plan.n]);
            match stage.radix {
                2 => pass::<V, Radix2, 2>(stage, from, to),
                3 => pass::<V, Radix3, 3>(stage, from, to),
                4 => pass::<V, Radix4, 4>(stage, from, to),
                5 => pass::<V, Radix5, 5>(stage, from, to),
                _ => pass::<V, Radix7, 7>(stage, from, to),
            }
            std::mem::swap(&mut x, &mut y);
        }
        x
    }
}

/// A transform of `R` values. A trait and not a closure: a closure is a function of its own, which the compiler would not build for the
/// instruction set that the dispatcher chose.
trait Butterfly<V, const R: usize> {
    fn run(values: [Complex<V>; R]) -> [Complex<V>; R];
}

#[inline(always)]
fn pass<V: Vector, B: Butterfly<V, R>, const R: usize>(
    stage: &Stage<V::Scalar>,
    x: &[Complex<V>],
    y: &mut [Complex<V>],
) {
    let (m, s) = (stage.m, stage.stride);
    if m == 1 {
        last_pass::<V, B, R>(s, x, y);
    } else if s == 1 {
        first_pass::<V, B, R>(m, &stage.twiddles, x, y);
    } else {
        for (p, (factors, to)) in stage.twiddles.chunks_exact(R - 1).zip(y.chunks_exact_mut(R * s)).enumerate() {
            let ws = spread::<V, R>(factors);
            // Slices of one known length: no index below needs a check.
            let from = cut::<V, R>(&x[s * p..], m * s, s);
            let mut to = to.chunks_exact_mut(s);
            let to: [&mut [Complex<V>]; R] = std::array::from_fn(|_| to.next().unwrap_or_default());
            #[allow(clippy::needless_range_loop, reason = "q counts in R slices at once")]
            for q in 0..s {
                let out = B::run(gather::<V, R>(&from, q, s));
                to[0][q] = out[0];
                for j in 1..R {
                    to[j][..s][q] = out[j].rotate(ws[j]);
                }
            }
        }
    }
}

/// All runs have one sample.
#[inline(always)]
fn first_pass<V: Vector, B: Butterfly<V, R>, const R: usize>(
    m: usize,
    twiddles: &[Twiddle<V::Scalar>],
    x: &[Complex<V>],
    y: &mut [Complex<V>],
) {
    let from = cut::<V, R>(x, m, m);
    for (p, (factors, to)) in twiddles.chunks_exact(R - 1).zip(y.chunks_exact_mut(R)).take(m).enumerate() {
        let ws = spread::<V, R>(factors);
        let out = B::run(gather::<V, R>(&from, p, m));
        to[0] = out[0];
        for j in 1..R {
            to[j] = out[j].rotate(ws[j]);
        }
    }
}

/// All factors are 1.
#[inline(always)]
fn last_pass<V: Vector, B: Butterfly<V, R>, const R: usize>(s: usize, x: &[Complex<V>], y: &mut [Complex<V>]) {
    let from = cut::<V, R>(x, s, s);
    let mut to = y.chunks_exact_mut(s);
    let to: [&mut [Complex<V>]; R] = std::array::from_fn(|_| to.next().unwrap_or_default());
    #[allow(clippy::needless_range_loop, reason = "q counts in R slices at once")]
    for q in 0..s {
        let out = B::run(gather::<V, R>(&from, q, s));
        for j in 0..R {
            to[j][..s][q] = out[j];
        }
    }
}

/// R slices of `length`, `distance` apart.
#[inline(always)]
fn cut<V: Vector, const R: usize>(x: &[Complex<V>], distance: usize, length: usize) -> [&[Complex<V>]; R] {
    std::array::from_fn(|j| &x[distance * j..][..length])
}

/// Element q of each slice.
#[inline(always)]
fn gather<V: Vector, const R: usize>(from: &[&[Complex<V>]; R], q: usize, length: usize) -> [Complex<V>; R] {
    let zero = V::splat(V::Scalar::default());
    let mut values = [Complex { re: zero, im: zero }; R];
    for j in 0..R {
        values[j] = from[j][..length][q];
    }
    values
}

/// The factors of a group in all lanes; the first result is not turned.
#[inline(always)]
fn spread<V: Vector, const R: usize>(factors: &[Twiddle<V::Scalar>]) -> [Complex<V>; R] {
    let zero = V::splat(V::Scalar::default());
    let mut ws = [Complex { re: zero, im: zero }; R];
    for j in 1..R {
        ws[j] = Complex::of(factors[j - 1]);
    }
    ws
}

struct Radix2;

impl<V: Vector> Butterfly<V, 2> for Radix2 {
    #[inline(always)]
    fn run([a, b]: [Complex<V>; 2]) -> [Complex<V>; 2] {
        [a.add(b), a.sub(b)]
    }
}

struct Radix3;

impl<V: Vector> Butterfly<V, 3> for Radix3 {
    #[inline(always)]
    fn run([a, b, c]: [Complex<V>; 3]) -> [Complex<V>; 3] {
        let half = V::splat(V::Scalar::of(-0.5));
        let sine = V::splat(V::Scalar::of(0.866_025_403_784_438_6));
        let sum = b.add(c);
        let middle = sum.scale_add(half, a);
        let turned = b.sub(c).scale(sine);
        [a.add(sum), middle.sub_i(turned), middle.add_i(turned)]
    }
}

struct Radix4;

impl<V: Vector> Butterfly<V, 4> for Radix4 {
    #[inline(always)]
    fn run([a, b, c, d]: [Complex<V>; 4]) -> [Complex<V>; 4] {
        let (s, t, u, v) = (a.add(c), a.sub(c), b.add(d), b.sub(d));
        [s.add(u), t.sub_i(v), s.sub(u), t.add_i(v)]
    }
}

struct Radix5;

impl<V: Vector> Butterfly<V, 5> for Radix5 {
    #[inline(always)]
    fn run([a, b, c, d, e]: [Complex<V>; 5]) -> [Complex<V>; 5] {
        let c1 = V::splat(V::Scalar::of(0.309_016_994_374_947_45));
        let c2 = V::splat(V::Scalar::of(-0.809_016_994_374_947_5));
        let s1 = V::splat(V::Scalar::of(0.951_056_516_295_153_5));
        let s2 = V::splat(V::Scalar::of(0.587_785_252_292_473_1));
        let minus_s1 = V::splat(V::Scalar::of(-0.951_056_516_295_153_5));
        let (p, q, r, t) = (b.add(e), c.add(d), b.sub(e), c.sub(d));
        let (m1, m2) = (q.scale_add(c2, p.scale_add(c1, a)), q.scale_add(c1, p.scale_add(c2, a)));
        let (n1, n2) = (t.scale_add(s2, r.scale(s1)), t.scale_add(minus_s1, r.scale(s2)));
        [a.add(p).add(q), m1.sub_i(n1), m2.sub_i(n2), m2.add_i(n2), m1.add_i(n1)]
    }
}

/// cos and sin of 2πk/7.
const SEVENTHS: [[f64; 2]; 3] = [
    [0.623_489_801_858_733_5, 0.781_831_482_468_029_8],
    [-0.222_520_933_956_314_4, 0.974_927_912_181_823_6],
    [-0.900_968_867_902_419_1, 0.433_883_739_117_558_1],
];

struct Radix7;

impl<V: Vector> Butterfly<V, 7> for Radix7 {
    #[inline(always)]
    fn run(x: [Complex<V>; 7]) -> [Complex<V>; 7] {
        let sums = [x[1].add(x[6]), x[2].add(x[5]), x[3].add(x[4])];
        let differences = [x[1].sub(x[6]), x[2].sub(x[5]), x[3].sub(x[4])];
        let mut out = [x[0].add(sums[0]).add(sums[1]).add(sums[2]); 7];
        for k in 1..4 {
            let (mut even, mut odd) = (x[0], differences[0].scale(V::splat(V::Scalar::default())));
            for j in 1..4 {
                let turn = k * j % 7;
                let (at, sign) = if turn > 3 { (6 - turn, -1.0) } else { (turn - 1, 1.0) };
                even = sums[j - 1].scale_add(V::splat(V::Scalar::of(SEVENTHS[at][0])), even);
                odd = differences[j - 1].scale_add(V::splat(V::Scalar::of(sign * SEVENTHS[at][1])), odd);
            }
            out[k] = even.sub_i(odd);
            out[7 - k] = even.add_i(odd);
        }
        out
    }
}
