// Fourier transforms of lines in shared memory: Stockham's autosort with radices 8, 4, 2, 3, 5, 7 in registers and any prime up to 61 as a
// direct sum; Bluestein's convolution for the rest. A block transforms a power of two of lines at once. Columns lie
// beside each other, sample i of line l at [i' * lines + l]; rows one after the other, at [l * length + i']: neighbouring threads touch
// neighbouring words of the card's memory either way. i' is i with its lowest bits turned by those of i / 8, so that samples 8 apart do not
// meet in one bank. Passes of radix 8 and 4 are done in place, 8 samples a thread in registers between two barriers; all others go to a second
// buffer.
#pragma once
#include "common.cuh"

template <typename T> struct Vector2;
template <> struct Vector2<float> { typedef float2 type; };
template <> struct Vector2<double> { typedef double2 type; };

// Plan of one length, made by src/transforms/plan.rs.
struct Plan {
    const void* twiddles;  // exp(-2 pi i k / m), k < m
    const void* chirp;     // exp(-pi i k^2 / n), k < n; null when m = n
    const void* spectrum;  // transform of the conjugate chirp, over m
    int n;                 // samples of a line
    int m;                 // length that is transformed: n, or a power of two of at least 2n - 1
    int passes;
    int unused;
    u64 first, rest;  // radices, a byte each: an array would be copied to slow memory
    __device__ int radix(int i) const { return int((i < 8 ? first : rest) >> (8 * (i & 7))) & 0xff; }
};

// Where a thread works: one line, and the butterflies lane, lane + lanes, ... of it.
struct Place {
    int line, lane, lanes, lines, mask, step, base;
    __device__ int at(int i) const { return (i ^ ((i >> 3) & mask)) * step + base; }
};

// Samples of a line in a buffer: the lowest bits of an index may be turned up to the next multiple of 16.
__device__ inline int buffer_length(int m) { return (m + 15) & ~15; }

// Sixteen threads reach shared memory at once: as many lines as there are, and so many samples of each.
__device__ inline Place place_in_columns(int lines) {
    int shift = 31 - __clz(lines), line = int(threadIdx.x) & (lines - 1);
    return {line, int(threadIdx.x) >> shift, int(blockDim.x) >> shift, lines, lines < 8 ? lines < 4 ? 7 : 3 : 1, lines, line};
}

// Sixteen samples of one line.
__device__ inline Place place_in_rows(int lines, int m) {
    int lanes = int(blockDim.x) / lines, line = int(threadIdx.x) / lanes;
    return {line, int(threadIdx.x) - line * lanes, lanes, lines, 15, 1, line * buffer_length(m)};
}

template <typename C> __device__ inline C plus(C a, C b) { return {a.x + b.x, a.y + b.y}; }
template <typename C> __device__ inline C minus(C a, C b) { return {a.x - b.x, a.y - b.y}; }
template <typename C> __device__ inline C times(C a, C b) { return {a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x}; }
template <typename C> __device__ inline C turned(C a) { return {a.y, -a.x}; }  // times -i
template <typename C> __device__ inline C swapped(C a) { return {a.y, a.x}; }

template <typename C> __device__ inline void butterfly2(C& a, C& b) {
    C d = minus(a, b);
    a = plus(a, b);
    b = d;
}

template <typename C> __device__ inline void butterfly4(C& a, C& b, C& c, C& d) {
    C e = plus(a, c), f = minus(a, c), g = plus(b, d), h = turned(minus(b, d));
    a = plus(e, g);
    b = plus(f, h);
    c = minus(e, g);
    d = minus(f, h);
}

template <typename C> __device__ inline void butterfly8(C* v) {
    typedef decltype(v->x) T;
    const T half = T(0.70710678118654752440);
    butterfly4(v[0], v[2], v[4], v[6]);
    butterfly4(v[1], v[3], v[5], v[7]);
    C a = v[1], b = {half * (v[3].x + v[3].y), half * (v[3].y - v[3].x)}, c = turned(v[5]),
      d = {half * (v[7].y - v[7].x), -half * (v[7].x + v[7].y)};
    C e = v[0], f = v[2], g = v[4], h = v[6];
    v[0] = plus(e, a);
    v[1] = plus(f, b);
    v[2] = plus(g, c);
    v[3] = plus(h, d);
    v[4] = minus(e, a);
    v[5] = minus(f, b);
    v[6] = minus(g, c);
    v[7] = minus(h, d);
}

template <int R> struct Roots;
template <> struct Roots<3> {
    static __device__ double cosine(int k) { return k == 0 ? 1.0 : -0.5; }
    static __device__ double sine(int k) { return k == 0 ? 0.0 : k == 1 ? 0.86602540378443864676 : -0.86602540378443864676; }
};
template <> struct Roots<5> {
    static __device__ double cosine(int k) { return k == 0 ? 1.0 : k == 1 || k == 4 ? 0.30901699437494742410 : -0.80901699437494742410; }
    static __device__ double sine(int k) {
        return k == 0 ? 0.0 : k == 1 ? 0.95105651629515357212 : k == 2 ? 0.58778525229247312917 : k == 3 ? -0.58778525229247312917 : -0.95105651629515357212;
    }
};
template <> struct Roots<7> {
    static __device__ double cosine(int k) {
        return k == 0 ? 1.0 : k == 1 || k == 6 ? 0.62348980185873353053 : k == 2 || k == 5 ? -0.22252093395631440429 : -0.90096886790241912624;
    }
    static __device__ double sine(int k) {
        return k == 0 ? 0.0 : k == 1 ? 0.78183148246802980871 : k == 2 ? 0.97492791218182360702 : k == 3 ? 0.43388373911755812048
             : k == 4 ? -0.43388373911755812048 : k == 5 ? -0.97492791218182360702 : -0.78183148246802980871;
    }
};

template <int R, typename C> __device__ inline void odd_butterfly(C* v) {
    typedef decltype(v->x) T;
    C sum[R / 2], difference[R / 2], out[R];
    out[0] = v[0];
#pragma unroll
    for (int q = 0; q < R / 2; q++) {
        sum[q] = plus(v[q + 1], v[R - 1 - q]);
        difference[q] = minus(v[q + 1], v[R - 1 - q]);
        out[0] = plus(out[0], sum[q]);
    }
#pragma unroll
    for (int k = 1; k <= R / 2; k++) {
        C even = v[0], odd = {T(0), T(0)};
#pragma unroll
        for (int q = 0; q < R / 2; q++) {
            T c = T(Roots<R>::cosine(k * (q + 1) % R)), s = T(Roots<R>::sine(k * (q + 1) % R));
            even = {even.x + c * sum[q].x, even.y + c * sum[q].y};
            odd = {odd.x + s * difference[q].x, odd.y + s * difference[q].y};
        }
        out[k] = plus(even, turned(odd));
        out[R - k] = minus(even, turned(odd));
    }
#pragma unroll
    for (int k = 0; k < R; k++) v[k] = out[k];
}

template <int R, typename C> __device__ inline void butterfly(C* v) {
    if constexpr (R == 2) butterfly2(v[0], v[1]);
    else if constexpr (R == 4) butterfly4(v[0], v[1], v[2], v[3]);
    else if constexpr (R == 8) butterfly8(v);
    else odd_butterfly<R>(v);
}

constexpr int EACH = 8;  // samples that a thread has in registers; a block has as many threads as that needs

template <typename C> __device__ inline C look_up(const C* table, int i) { return __ldg(table + i); }

// Twiddles of one butterfly. Few table look-ups: the other powers are one product away.
template <int R, typename C> __device__ inline void twiddle(C* v, const C* roots, int e) {
    C w1 = look_up(roots, e);
    v[1] = times(v[1], w1);
    if constexpr (R == 3 || R == 5 || R == 7) {
#pragma unroll
        for (int q = 2; q < R; q++) v[q] = times(v[q], look_up(roots, q * e));
    }
    if constexpr (R == 4 || R == 8) {
        C w2 = look_up(roots, 2 * e);
        C w3 = times(w1, w2);
        v[2] = times(v[2], w2);
        v[3] = times(v[3], w3);
        if constexpr (R == 8) {
            C w4 = look_up(roots, 4 * e);
            v[4] = times(v[4], w4);
            v[5] = times(v[5], times(w1, w4));
            v[6] = times(v[6], times(w2, w4));
            v[7] = times(v[7], times(w3, w4));
        }
    }
}

// One pass of radix 8 or 4 in place: `done` is the product of the radices before.
template <int R, typename C> __device__ inline void pass(C* x, Place p, int n, int done, const C* roots) {
    constexpr int COUNT = (EACH + R - 1) / R;
    int share = n / R, step = share / done;
    bool mask = (done & (done - 1)) == 0;
    C v[COUNT][R];
    int to[COUNT];
#pragma unroll
    for (int u = 0; u < COUNT; u++) {
        int j = p.lane + u * p.lanes;
        if (j < share) {
            int k = mask ? j & (done - 1) : j % done;
            to[u] = (j - k) * R + k;
#pragma unroll
            for (int q = 0; q < R; q++) v[u][q] = x[p.at(j + q * share)];
            if (done > 1) twiddle<R>(v[u], roots, k * step);
            butterfly<R>(v[u]);
        }
    }
    __syncthreads();
#pragma unroll
    for (int u = 0; u < COUNT; u++) {
        if (p.lane + u * p.lanes < share) {
#pragma unroll
            for (int q = 0; q < R; q++) x[p.at(to[u] + q * done)] = v[u][q];
        }
    }
    __syncthreads();
}

// A pass of another radix to a second buffer, one butterfly at a time.
template <int R, typename C> __device__ inline void pass_over(const C* from, C* to, Place p, int n, int done, const C* roots) {
    int share = n / R, step = share / done;
    bool mask = (done & (done - 1)) == 0;
    for (int j = p.lane; j < share; j += p.lanes) {
        int k = mask ? j & (done - 1) : j % done;
        C v[R];
#pragma unroll
        for (int q = 0; q < R; q++) v[q] = from[p.at(j + q * share)];
        if (done > 1) twiddle<R>(v, roots, k * step);
        butterfly<R>(v);
        int out = (j - k) * R + k;
#pragma unroll
        for (int q = 0; q < R; q++) to[p.at(out + q * done)] = v[q];
    }
    __syncthreads();
}

// A pass of any radix: one result at a time, as the sum over its samples.
template <typename C> __device__ inline void direct_pass(const C* from, C* to, Place p, int n, int done, int radix, const C* roots) {
    typedef decltype(from->x) T;
    int share = n / radix, step = share / done;
    for (int i = p.lane; i < n; i += p.lanes) {
        int q = i / share, j = i - q * share, k = j % done;
        int turn = int((u64(k) * step + u64(q) * share) % n), at = 0;
        C sum = {T(0), T(0)};
        for (int s = 0; s < radix; s++) {
            sum = plus(sum, times(from[p.at(j + s * share)], look_up(roots, at)));
            at += turn;
            if (at >= n) at -= n;
        }
        to[p.at((j - k) * radix + k + q * done)] = sum;
    }
    __syncthreads();
}

// All passes over m samples of each line; gives where the result stands. Every pass ends with a barrier.
template <typename C> __device__ inline C* all_passes(const Plan& plan, C* x, C* spare, Place p) {
    const C* roots = static_cast<const C*>(plan.twiddles);
    int done = 1;
    for (int i = 0; i < plan.passes; i++) {
        int radix = plan.radix(i);
        if (radix == 8) pass<8>(x, p, plan.m, done, roots);
        else if (radix == 4) pass<4>(x, p, plan.m, done, roots);
        else {
            switch (radix) {
                case 2: pass_over<2>(x, spare, p, plan.m, done, roots); break;
                case 3: pass_over<3>(x, spare, p, plan.m, done, roots); break;
                case 5: pass_over<5>(x, spare, p, plan.m, done, roots); break;
                case 7: pass_over<7>(x, spare, p, plan.m, done, roots); break;
                default: direct_pass(x, spare, p, plan.m, done, radix, roots);
            }
            C* other = x;
            x = spare;
            spare = other;
        }
        done *= radix;
    }
    return x;
}

// Transforms n samples of each line of `x`, unnormalised; gives where the result stands: there, or in the second buffer behind it, which
// only plans with other radices than 8 and 4 need. Starts with a barrier: the caller has just filled `x`.
template <typename C> __device__ inline C* transform(const Plan& plan, C* x, Place p) {
    typedef decltype(x->x) T;
    const C* chirp = static_cast<const C*>(plan.chirp);
    const C* spectrum = static_cast<const C*>(plan.spectrum);
    C* spare = x + buffer_length(plan.m) * p.lines;
    __syncthreads();
    // Bluestein's lengths are powers of two of at least 8: in place.
    if (chirp) {
        for (int i = p.lane; i < plan.m; i += p.lanes) {
            C zero = {T(0), T(0)};
            x[p.at(i)] = i < plan.n ? times(x[p.at(i)], chirp[i]) : zero;
        }
        __syncthreads();
    }
    // Bluestein transforms forward and back; the way back is the forward one with real and imaginary parts swapped, before and after.
    // One loop, so that the passes are compiled once.
    for (int way = chirp ? 0 : 1; way < 2; way++) {
        x = all_passes(plan, x, spare, p);
        if (!chirp) break;
        int kept = way == 0 ? plan.m : plan.n;
        for (int i = p.lane; i < kept; i += p.lanes)
            x[p.at(i)] = way == 0 ? swapped(times(x[p.at(i)], spectrum[i])) : times(swapped(x[p.at(i)]), chirp[i]);
        __syncthreads();
    }
    return x;
}
