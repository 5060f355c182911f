//! The passes: butterflies on complex vectors, each lane another line.

use super::plan::{Plan, Stage, Twiddle};
use crate::simd::{Real, Vector};

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
pub(crate) fn transform<'a, V: Vector>(
    plan: &Plan<V::Scalar>,
    x: &'a mut [Complex<V>],
    y: &'a mut [Complex<V>],
) -> &'a mut [Complex<V>] {
    match &plan.chirp {
        None => passes(plan, x, y),
        Some(chirp) => {
            let (n, length) = (plan.n, chirp.inner.n);
            for (value, &w) in x[..n].iter_mut().zip(&chirp.factors) {
                *value = value.rotate(Complex::of(w));
            }
            let zero = V::splat(V::Scalar::default());
            x[n..length].fill(Complex { re: zero, im: zero });
            let swapped = {
                let spectrum = passes(&chirp.inner, x, y);
                for (value, &w) in spectrum.iter_mut().zip(&chirp.spectrum) {
                    *value = value.rotate(Complex::of(w)).swap();
                }
                chirp.inner.stages.len() % 2 == 1
            };
            let (x, y) = if swapped { (y, x) } else { (x, y) };
            let result = passes(&chirp.inner, x, y);
            for (value, &w) in result[..n].iter_mut().zip(&chirp.factors) {
                *value = value.swap().rotate(Complex::of(w));
            }
            result
        }
    }
}

#[inline(always)]
fn passes<'a, V: Vector>(
    plan: &Plan<V::Scalar>,
    mut x: &'a mut [Complex<V>],
    mut y: &'a mut [Complex<V>],
) -> &'a mut [Complex<V>] {
    for stage in &plan.stages {
        let (from, to) = (&x[..plan.n], &mut y[..plan.n]);
        match stage.radix {
            2 => pass::<V, Radix2, 2>(stage, from, to),
            3 => pass::<V, Radix3, 3>(stage, from, to),
            4 => pass::<V, Radix4, 4>(stage, from, to),
            _ => pass::<V, Radix5, 5>(stage, from, to),
        }
        std::mem::swap(&mut x, &mut y);
    }
    x
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
    let zero = V::splat(V::Scalar::default());
    let zero = Complex { re: zero, im: zero };
    let run = m * s;
    if m == 1 {
        // The last pass: every factor is 1.
        for q in 0..s {
            let mut values = [zero; R];
            for j in 0..R {
                values[j] = x[q + s * j];
            }
            let out = B::run(values);
            for j in 0..R {
                y[q + s * j] = out[j];
            }
        }
        return;
    }
    for (p, (factors, to)) in stage.twiddles.chunks_exact(R - 1).zip(y.chunks_exact_mut(R * s)).enumerate() {
        let mut ws = [zero; R];
        for j in 1..R {
            ws[j] = Complex::of(factors[j - 1]);
        }
        let from = &x[s * p..][..run * (R - 1) + s];
        for q in 0..s {
            let mut values = [zero; R];
            for j in 0..R {
                values[j] = from[q + run * j];
            }
            let out = B::run(values);
            to[q] = out[0];
            for j in 1..R {
                to[q + s * j] = out[j].rotate(ws[j]);
            }
        }
    }
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
