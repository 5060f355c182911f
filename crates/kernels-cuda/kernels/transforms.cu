// Two-dimensional transforms: rows, then columns. Two real lines go as the real and imaginary parts of one complex line.
#include "fft.cuh"

// A block takes `lines` lines, a power of two. A thread takes two samples of a row at a time, and several before the first is needed.
constexpr int AHEAD = 4;

// Samples 2 i and 2 i + 1 of a row, or what there is of them.
template <typename T, typename C> __device__ inline C pair_of(const T* row, int i, int n) {
    C zero = {T(0), T(0)};
    if (!row || 2 * i >= n) return zero;
    if (n % 2 == 0) return __ldg(reinterpret_cast<const C*>(row) + i);
    return {row[2 * i], 2 * i + 1 < n ? row[2 * i + 1] : T(0)};
}

template <typename T, typename C> __device__ inline void store_pair(T* row, int i, int n, C value) {
    if (2 * i >= n) return;
    if (n % 2 == 0) reinterpret_cast<C*>(row)[i] = value;
    else {
        row[2 * i] = value.x;
        if (2 * i + 1 < n) row[2 * i + 1] = value.y;
    }
}

// Two real rows as one complex line; `place` says where sample i goes.
template <typename T, typename C, typename F> __device__ inline void load_rows(const T* a, const T* b, C* z, int n, Place p, F place) {
    int pairs = (n + 1) / 2;
    for (int first = p.lane; first < pairs; first += AHEAD * p.lanes) {
        C re[AHEAD], im[AHEAD];
#pragma unroll
        for (int u = 0; u < AHEAD; u++) {
            int i = first + u * p.lanes;
            re[u] = pair_of<T, C>(a, i, n);
            im[u] = pair_of<T, C>(b, i, n);
        }
#pragma unroll
        for (int u = 0; u < AHEAD; u++) {
            int i = 2 * (first + u * p.lanes);
            if (i < n) z[p.at(place(i))] = {re[u].x, im[u].x};
            if (i + 1 < n) z[p.at(place(i + 1))] = {re[u].y, im[u].y};
        }
    }
}

// Coefficients k of both lines of a DCT from their common transform.
template <typename C> __device__ inline C unpacked(const C* z, const C* rotations, Place p, int k, int n) {
    C u = z[p.at(k)], v = z[p.at(k == 0 ? 0 : n - k)], r = __ldg(rotations + k);
    return {(u.x + v.x) * r.x + (u.y - v.y) * r.y, (u.y + v.y) * r.x + (v.x - u.x) * r.y};
}

// DCT-II of rows [rows, n] by Makhoul's reordering; `rotations` are (cosine, sine) of pi k / 2n times the orthonormal scale and a half.
template <typename T> __device__ void dct_rows(const T* x, T* out, const void* table, const Plan& plan, int lines, u32 rows) {
    typedef typename Vector2<T>::type C;
    SHARED(memory);
    C* z = reinterpret_cast<C*>(memory);
    const C* rotations = static_cast<const C*>(table);
    int n = plan.n;
    Place p = place_in_rows(lines, plan.m);
    u32 row = (blockIdx.x * lines + p.line) * 2;
    const T* a = row < rows ? x + u64(row) * n : nullptr;
    const T* b = row + 1 < rows ? x + u64(row + 1) * n : nullptr;
    load_rows(a, b, z, n, p, [n](int i) { return i % 2 == 0 ? i / 2 : n - 1 - i / 2; });
    z = transform(plan, z, p);
    if (row >= rows) return;
    T* to = out + u64(row) * n;
#pragma unroll 2
    for (int i = p.lane; 2 * i < n; i += p.lanes) {
        C even = unpacked(z, rotations, p, 2 * i, n), odd = {T(0), T(0)};
        if (2 * i + 1 < n) odd = unpacked(z, rotations, p, 2 * i + 1, n);
        store_pair(to, i, n, C{even.x, odd.x});
        if (b) store_pair(to + n, i, n, C{even.y, odd.y});
    }
}

// DCT-II of the columns of planes [h, width], in place; a block takes 2 * lines columns of one plane.
template <typename T> __device__ void dct_columns(T* x, const void* table, const Plan& plan, int lines, u32 width, u32 tiles) {
    typedef typename Vector2<T>::type C;
    SHARED(memory);
    C* z = reinterpret_cast<C*>(memory);
    const C* rotations = static_cast<const C*>(table);
    Place p = place_in_columns(lines);
    int n = plan.n;
    u32 column = (blockIdx.x % tiles) * lines * 2 + 2 * p.line;
    T* plane = x + u64(blockIdx.x / tiles) * n * width + column;
    bool here = column < width, next = column + 1 < width, paired = width % 2 == 0;
    // Even rows, then odd ones, so that neighbours go to neighbouring places.
    for (int first = p.lane; 2 * first < n; first += EACH / 2 * p.lanes) {
        C values[EACH];
#pragma unroll
        for (int u = 0; u < EACH; u++) {
            int i = 2 * (first + u / 2 * p.lanes) + u % 2;
            const T* from = plane + u64(i) * width;
            values[u] = {T(0), T(0)};
            if (i < n && here) {
                if (paired) values[u] = *reinterpret_cast<const C*>(from);
                else values[u] = {from[0], next ? from[1] : T(0)};
            }
        }
#pragma unroll
        for (int u = 0; u < EACH; u++) {
            int i = 2 * (first + u / 2 * p.lanes) + u % 2;
            if (i < n) z[p.at(u % 2 == 0 ? i / 2 : n - 1 - i / 2)] = values[u];
        }
    }
    z = transform(plan, z, p);
    if (!here) return;
#pragma unroll 4
    for (int k = p.lane; k < n; k += p.lanes) {
        C pair = unpacked(z, rotations, p, k, n);
        T* to = plane + u64(k) * width;
        if (paired) *reinterpret_cast<C*>(to) = pair;
        else {
            to[0] = pair.x;
            if (next) to[1] = pair.y;
        }
    }
}

WIDE_KERNEL(1024) dct_rows_f32(const float* x, float* out, const void* rotations, Plan plan, int lines, u32 rows) {
    dct_rows<float>(x, out, rotations, plan, lines, rows);
}
WIDE_KERNEL(512) dct_rows_f64(const double* x, double* out, const void* rotations, Plan plan, int lines, u32 rows) {
    dct_rows<double>(x, out, rotations, plan, lines, rows);
}
WIDE_KERNEL(1024) dct_columns_f32(float* x, const void* rotations, Plan plan, int lines, u32 width, u32 tiles) {
    dct_columns<float>(x, rotations, plan, lines, width, tiles);
}
WIDE_KERNEL(512) dct_columns_f64(double* x, const void* rotations, Plan plan, int lines, u32 width, u32 tiles) {
    dct_columns<double>(x, rotations, plan, lines, width, tiles);
}

// Half spectra of real rows: [rows, n] -> [rows, n / 2 + 1] complex.
WIDE_KERNEL(1024) rfft_rows(const float* x, float2* out, Plan plan, int lines, u32 rows) {
    SHARED(memory);
    float2* z = reinterpret_cast<float2*>(memory);
    int n = plan.n, bins = n / 2 + 1;
    Place p = place_in_rows(lines, plan.m);
    u32 row = (blockIdx.x * lines + p.line) * 2;
    const float* a = row < rows ? x + u64(row) * n : nullptr;
    const float* b = row + 1 < rows ? x + u64(row + 1) * n : nullptr;
    load_rows(a, b, z, n, p, [](int i) { return i; });
    z = transform(plan, z, p);
    if (row >= rows) return;
    float2* to = out + u64(row) * bins;
#pragma unroll 4
    for (int k = p.lane; k < bins; k += p.lanes) {
        float2 u = z[p.at(k)], v = z[p.at(k == 0 ? 0 : n - k)];
        to[k] = {0.5f * (u.x + v.x), 0.5f * (u.y - v.y)};
        if (b) to[bins + k] = {0.5f * (u.y + v.y), 0.5f * (v.x - u.x)};
    }
}

// Real rows of half spectra, times `scale`; imaginary parts that a real row cannot have are ignored.
WIDE_KERNEL(1024) irfft_rows(const float2* x, float* out, Plan plan, int lines, u32 rows, float scale) {
    SHARED(memory);
    float2* z = reinterpret_cast<float2*>(memory);
    int n = plan.n, bins = n / 2 + 1;
    Place p = place_in_rows(lines, plan.m);
    u32 row = (blockIdx.x * lines + p.line) * 2;
    const float2* a = x + u64(row) * bins;
    bool here = row < rows, next = row + 1 < rows;
    for (int first = p.lane; first < bins; first += AHEAD * p.lanes) {
        float2 us[AHEAD], vs[AHEAD], zero = {0.0f, 0.0f};
#pragma unroll
        for (int e = 0; e < AHEAD; e++) {
            int k = first + e * p.lanes;
            us[e] = here && k < bins ? __ldg(a + k) : zero;
            vs[e] = next && k < bins ? __ldg(a + bins + k) : zero;
        }
#pragma unroll
        for (int e = 0; e < AHEAD; e++) {
            int k = first + e * p.lanes;
            float2 u = us[e], v = vs[e];
            bool real = k == 0 || 2 * k == n;
            if (real) u.y = v.y = 0.0f;
            // u + i v and, for the other half, the conjugates' sum; swapped, since the transform runs forward.
            if (k < bins) z[p.at(k)] = {u.y + v.x, u.x - v.y};
            if (k < bins && !real) z[p.at(n - k)] = {v.x - u.y, u.x + v.y};
        }
    }
    z = transform(plan, z, p);
    if (!here) return;
    float* to = out + u64(row) * n;
#pragma unroll 2
    for (int i = p.lane; 2 * i < n; i += p.lanes) {
        float2 even = z[p.at(2 * i)], odd = {0.0f, 0.0f};
        if (2 * i + 1 < n) odd = z[p.at(2 * i + 1)];
        store_pair(to, i, n, float2{scale * even.y, scale * odd.y});
        if (next) store_pair(to + n, i, n, float2{scale * even.x, scale * odd.x});
    }
}

// Complex rows [rows, n], forward or, with real and imaginary parts swapped, backward; times `scale`.
WIDE_KERNEL(1024) fft_rows(const float2* x, float2* out, Plan plan, int lines, u32 rows, int backward, float scale) {
    SHARED(memory);
    float2* z = reinterpret_cast<float2*>(memory);
    int n = plan.n;
    Place p = place_in_rows(lines, plan.m);
    u32 row = blockIdx.x * lines + p.line;
    bool here = row < rows;
    for (int first = p.lane; first < n; first += EACH * p.lanes) {
        float2 values[EACH], zero = {0.0f, 0.0f};
#pragma unroll
        for (int u = 0; u < EACH; u++) {
            int i = first + u * p.lanes;
            values[u] = here && i < n ? __ldg(x + u64(row) * n + i) : zero;
        }
#pragma unroll
        for (int u = 0; u < EACH; u++) {
            int i = first + u * p.lanes;
            if (i < n) z[p.at(i)] = backward ? swapped(values[u]) : values[u];
        }
    }
    z = transform(plan, z, p);
    if (!here) return;
#pragma unroll 4
    for (int k = p.lane; k < n; k += p.lanes) {
        float2 v = z[p.at(k)];
        if (backward) v = swapped(v);
        out[u64(row) * n + k] = {scale * v.x, scale * v.y};
    }
}

// Complex columns of planes [h, width]; a block takes `lines` columns of one plane. `out` may be `x`.
WIDE_KERNEL(1024) fft_columns(const float2* x, float2* out, Plan plan, int lines, u32 width, u32 tiles, int backward, float scale) {
    SHARED(memory);
    float2* z = reinterpret_cast<float2*>(memory);
    Place p = place_in_columns(lines);
    int n = plan.n;
    u32 column = (blockIdx.x % tiles) * lines + p.line;
    u64 corner = u64(blockIdx.x / tiles) * n * width + column;
    bool here = column < width;
    for (int first = p.lane; first < n; first += EACH * p.lanes) {
        float2 values[EACH];
#pragma unroll
        for (int u = 0; u < EACH; u++) {
            int i = first + u * p.lanes;
            float2 zero = {0.0f, 0.0f};
            values[u] = here && i < n ? x[corner + u64(i) * width] : zero;
        }
#pragma unroll
        for (int u = 0; u < EACH; u++) {
            int i = first + u * p.lanes;
            if (i < n) z[p.at(i)] = backward ? swapped(values[u]) : values[u];
        }
    }
    z = transform(plan, z, p);
    if (!here) return;
#pragma unroll 4
    for (int k = p.lane; k < n; k += p.lanes) {
        float2 v = z[p.at(k)];
        if (backward) v = swapped(v);
        out[corner + u64(k) * width] = {scale * v.x, scale * v.y};
    }
}

// Times a number.
KERNEL scale_f32(float* x, u64 count, float scale) {
    u64 at = global_thread() * 4;
    for (u64 i = at; i < at + 4 && i < count; i++) x[i] *= scale;
}
