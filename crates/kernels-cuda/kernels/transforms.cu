// Two-dimensional transforms: rows, then columns. Two real lines go as the real and imaginary parts of one complex line.
#include "fft.cuh"

// Every launch takes the blocks from `start` on: a batch goes in shares that the second-level cache holds between rows and columns.

// Lines of a block, buffers included, as the launch lays them out.
struct Block {
    int lines;  // a power of two
    int pitch;  // lines, or one more: rows are read across, and must not all meet in one bank
};

template <typename C> struct Buffers {
    C *from, *spare;
};

template <typename C> __device__ inline Buffers<C> buffers_of(unsigned char* memory, const Plan& plan, Block block) {
    C* first = reinterpret_cast<C*>(memory);
    return {first, first + plan.m * block.pitch};
}

// Rows go warp by warp: thread i of a warp reads sample i.
constexpr int WARP = 32;

// DCT-II of rows [rows, n] by Makhoul's reordering; `rotations` are (cosine, sine) of pi k / 2n times the orthonormal scale and a half.
template <typename T> __device__ void dct_rows(const T* x, T* out, const void* table, const Plan& plan, Block block, u32 rows, u32 start) {
    typedef typename Vector2<T>::type C;
    SHARED(memory);
    Buffers<C> b = buffers_of<C>(memory, plan, block);
    const C* rotations = static_cast<const C*>(table);
    int n = plan.n, warp = threadIdx.x / WARP, warps = blockDim.x / WARP, lane = threadIdx.x % WARP;
    u32 first = (start + blockIdx.x) * block.lines * 2;
    for (int line = warp; line < block.lines; line += warps) {
        u32 row = first + 2 * line;
        const T* a = x + u64(row) * n;
        bool here = row < rows, next = row + 1 < rows;
        for (int i = lane; i < n; i += WARP) {
            C z = {here ? a[i] : T(0), next ? a[n + i] : T(0)};
            int to = i % 2 == 0 ? i / 2 : n - 1 - i / 2;
            b.from[to * block.pitch + line] = z;
        }
    }
    const C* z = transform(plan, b.from, b.spare, place_of(block.lines, block.pitch));
    for (int line = warp; line < block.lines; line += warps) {
        u32 row = first + 2 * line;
        if (row >= rows) break;
        T* to = out + u64(row) * n;
        bool next = row + 1 < rows;
        for (int k = lane; k < n; k += WARP) {
            C u = z[k * block.pitch + line], v = z[(k == 0 ? 0 : n - k) * block.pitch + line], r = rotations[k];
            to[k] = (u.x + v.x) * r.x + (u.y - v.y) * r.y;
            if (next) to[n + k] = (u.y + v.y) * r.x + (v.x - u.x) * r.y;
        }
    }
}

// DCT-II of the columns of planes [h, width], in place; a block takes 2 * lines columns of one plane.
template <typename T> __device__ void dct_columns(T* x, const void* table, const Plan& plan, Block block, u32 width, u32 tiles, u32 start) {
    typedef typename Vector2<T>::type C;
    SHARED(memory);
    Buffers<C> b = buffers_of<C>(memory, plan, block);
    const C* rotations = static_cast<const C*>(table);
    Place p = place_of(block.lines, block.pitch);
    int n = plan.n;
    u32 column = ((start + blockIdx.x) % tiles) * block.lines * 2 + 2 * p.line;
    T* plane = x + u64((start + blockIdx.x) / tiles) * n * width + column;
    bool here = column < width, next = column + 1 < width, paired = width % 2 == 0;
    for (int i = p.lane; i < n; i += p.lanes) {
        const T* from = plane + u64(i) * width;
        C z = {T(0), T(0)};
        if (paired && here) z = *reinterpret_cast<const C*>(from);
        else if (here) z = {from[0], next ? from[1] : T(0)};
        b.from[p.at(i % 2 == 0 ? i / 2 : n - 1 - i / 2)] = z;
    }
    const C* z = transform(plan, b.from, b.spare, p);
    if (!here) return;
    for (int k = p.lane; k < n; k += p.lanes) {
        C u = z[p.at(k)], v = z[p.at(k == 0 ? 0 : n - k)], r = rotations[k];
        C pair = {(u.x + v.x) * r.x + (u.y - v.y) * r.y, (u.y + v.y) * r.x + (v.x - u.x) * r.y};
        T* to = plane + u64(k) * width;
        if (paired) *reinterpret_cast<C*>(to) = pair;
        else {
            to[0] = pair.x;
            if (next) to[1] = pair.y;
        }
    }
}

KERNEL dct_rows_f32(const float* x, float* out, const void* rotations, Plan plan, Block block, u32 rows, u32 start) {
    dct_rows<float>(x, out, rotations, plan, block, rows, start);
}
KERNEL dct_rows_f64(const double* x, double* out, const void* rotations, Plan plan, Block block, u32 rows, u32 start) {
    dct_rows<double>(x, out, rotations, plan, block, rows, start);
}
KERNEL dct_columns_f32(float* x, const void* rotations, Plan plan, Block block, u32 width, u32 tiles, u32 start) {
    dct_columns<float>(x, rotations, plan, block, width, tiles, start);
}
KERNEL dct_columns_f64(double* x, const void* rotations, Plan plan, Block block, u32 width, u32 tiles, u32 start) {
    dct_columns<double>(x, rotations, plan, block, width, tiles, start);
}

// Half spectra of real rows: [rows, n] -> [rows, n / 2 + 1] complex.
KERNEL rfft_rows(const float* x, float2* out, Plan plan, Block block, u32 rows, u32 start) {
    SHARED(memory);
    Buffers<float2> b = buffers_of<float2>(memory, plan, block);
    int n = plan.n, bins = n / 2 + 1, warp = threadIdx.x / WARP, warps = blockDim.x / WARP, lane = threadIdx.x % WARP;
    u32 first = (start + blockIdx.x) * block.lines * 2;
    for (int line = warp; line < block.lines; line += warps) {
        u32 row = first + 2 * line;
        const float* a = x + u64(row) * n;
        bool here = row < rows, next = row + 1 < rows;
        for (int i = lane; i < n; i += WARP) {
            float2 z = {here ? a[i] : 0.0f, next ? a[n + i] : 0.0f};
            b.from[i * block.pitch + line] = z;
        }
    }
    const float2* z = transform(plan, b.from, b.spare, place_of(block.lines, block.pitch));
    for (int line = warp; line < block.lines; line += warps) {
        u32 row = first + 2 * line;
        if (row >= rows) break;
        float2* to = out + u64(row) * bins;
        bool next = row + 1 < rows;
        for (int k = lane; k < bins; k += WARP) {
            float2 u = z[k * block.pitch + line], v = z[(k == 0 ? 0 : n - k) * block.pitch + line];
            to[k] = {0.5f * (u.x + v.x), 0.5f * (u.y - v.y)};
            if (next) to[bins + k] = {0.5f * (u.y + v.y), 0.5f * (v.x - u.x)};
        }
    }
}

// Real rows of half spectra, times `scale`; imaginary parts that a real row cannot have are ignored.
KERNEL irfft_rows(const float2* x, float* out, Plan plan, Block block, u32 rows, u32 start, float scale) {
    SHARED(memory);
    Buffers<float2> b = buffers_of<float2>(memory, plan, block);
    int n = plan.n, bins = n / 2 + 1, warp = threadIdx.x / WARP, warps = blockDim.x / WARP, lane = threadIdx.x % WARP;
    u32 first = (start + blockIdx.x) * block.lines * 2;
    for (int line = warp; line < block.lines; line += warps) {
        u32 row = first + 2 * line;
        const float2* a = x + u64(row) * bins;
        bool here = row < rows, next = row + 1 < rows;
        for (int k = lane; k < bins; k += WARP) {
            float2 zero = {0.0f, 0.0f}, u = here ? a[k] : zero, v = next ? a[bins + k] : zero;
            bool real = k == 0 || 2 * k == n;
            if (real) u.y = v.y = 0.0f;
            // u + i v and, for the other half, the conjugates' sum; swapped, since the transform runs forward.
            b.from[k * block.pitch + line] = {u.y + v.x, u.x - v.y};
            if (!real) b.from[(n - k) * block.pitch + line] = {v.x - u.y, u.x + v.y};
        }
    }
    const float2* z = transform(plan, b.from, b.spare, place_of(block.lines, block.pitch));
    for (int line = warp; line < block.lines; line += warps) {
        u32 row = first + 2 * line;
        if (row >= rows) break;
        float* to = out + u64(row) * n;
        bool next = row + 1 < rows;
        for (int i = lane; i < n; i += WARP) {
            float2 v = z[i * block.pitch + line];
            to[i] = scale * v.y;
            if (next) to[n + i] = scale * v.x;
        }
    }
}

// Complex rows [rows, n], forward or, with real and imaginary parts swapped, backward; times `scale`.
KERNEL fft_rows(const float2* x, float2* out, Plan plan, Block block, u32 rows, u32 start, int backward, float scale) {
    SHARED(memory);
    Buffers<float2> b = buffers_of<float2>(memory, plan, block);
    int n = plan.n, warp = threadIdx.x / WARP, warps = blockDim.x / WARP, lane = threadIdx.x % WARP;
    u32 first = (start + blockIdx.x) * block.lines;
    for (int line = warp; line < block.lines; line += warps) {
        u32 row = first + line;
        float2 zero = {0.0f, 0.0f};
        for (int i = lane; i < n; i += WARP) {
            float2 v = row < rows ? x[u64(row) * n + i] : zero;
            b.from[i * block.pitch + line] = backward ? swapped(v) : v;
        }
    }
    const float2* z = transform(plan, b.from, b.spare, place_of(block.lines, block.pitch));
    for (int line = warp; line < block.lines; line += warps) {
        u32 row = first + line;
        if (row >= rows) break;
        for (int k = lane; k < n; k += WARP) {
            float2 v = z[k * block.pitch + line];
            if (backward) v = swapped(v);
            out[u64(row) * n + k] = {scale * v.x, scale * v.y};
        }
    }
}

// Complex columns of planes [h, width]; a block takes `lines` columns of one plane. `out` may be `x`.
__device__ inline void columns(const float2* x, float2* out, const Plan& plan, Block block, u32 width, u32 tiles, u32 start, int backward, float scale) {
    SHARED(memory);
    Buffers<float2> b = buffers_of<float2>(memory, plan, block);
    Place p = place_of(block.lines, block.pitch);
    int n = plan.n;
    u32 column = ((start + blockIdx.x) % tiles) * block.lines + p.line;
    u64 corner = u64((start + blockIdx.x) / tiles) * n * width + column;
    bool here = column < width;
    for (int i = p.lane; i < n; i += p.lanes) {
        float2 zero = {0.0f, 0.0f}, v = here ? x[corner + u64(i) * width] : zero;
        b.from[p.at(i)] = backward ? swapped(v) : v;
    }
    const float2* z = transform(plan, b.from, b.spare, p);
    if (!here) return;
    for (int k = p.lane; k < n; k += p.lanes) {
        float2 v = z[p.at(k)];
        if (backward) v = swapped(v);
        out[corner + u64(k) * width] = {scale * v.x, scale * v.y};
    }
}

KERNEL fft_columns(const float2* x, float2* out, Plan plan, Block block, u32 width, u32 tiles, u32 start, int backward, float scale) {
    columns(x, out, plan, block, width, tiles, start, backward, scale);
}
KERNEL fft_columns_in_place(float2* x, Plan plan, Block block, u32 width, u32 tiles, u32 start, int backward, float scale) {
    columns(x, x, plan, block, width, tiles, start, backward, scale);
}

// Times a number.
KERNEL scale_f32(float* x, u64 count, float scale) {
    u64 at = global_thread() * 4;
    for (u64 i = at; i < at + 4 && i < count; i++) x[i] *= scale;
}
