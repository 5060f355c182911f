// Statistics of log-DCT coefficients over the tiles of a plane, without storing a tile: two products with the DCT's matrix in shared memory.
#include "common.cuh"

// Elements first + e * 256 of the product of two t x t matrices, t a divisor of 256 and a multiple of 4: all of a thread's stand in one
// column, so that four samples of that serve four products of each.
template <int EACH> __device__ inline void quad_product(const float* left, const float* right, float* value, u32 t, u32 first) {
    u32 size = t * t;
    const float* row = left + first / t * t;
    const float* column = right + first % t;
#pragma unroll
    for (int e = 0; e < EACH; e++) value[e] = 0.0f;
    for (u32 s = 0; s < t; s += 4) {
        float a = column[s * t], b = column[(s + 1) * t], c = column[(s + 2) * t], d = column[(s + 3) * t];
#pragma unroll
        for (int e = 0; e < EACH; e++) {
            if (first + e * THREADS < size) {
                float4 v = *reinterpret_cast<const float4*>(row + e * THREADS + s);
                value[e] += v.x * a + v.y * b + v.z * c + v.w * d;
            }
        }
    }
}

// The same for any t.
template <int EACH> __device__ inline void product(const float* left, const float* right, float* value, u32 t, u32 first, bool quads) {
    if (quads) return quad_product<EACH>(left, right, value, t, first);
#pragma unroll
    for (int e = 0; e < EACH; e++) {
        u32 i = first + e * THREADS;
        value[e] = 0.0f;
        if (i >= t * t) continue;
        const float* row = left + i / t * t;
        const float* column = right + i % t;
        for (u32 s = 0; s < t; s++) value[e] += row[s] * column[s * t];
    }
}

// A block takes the tiles of one part of a plane; for small tiles it has several parts, which go side by side. A thread owns the
// coefficients thread + i * 256, i < EACH, of its part's tiles. `basis` is the orthonormal DCT matrix [frequency][sample].
// partial: [planes][parts][3][t * t] of shift, sum, squares.
template <int EACH>
__device__ void tile_sums(const float* x, const float* basis, float* partial, u32 height, u32 width, u32 t, u32 stride, u32 across, u32 tiles, u32 parts, float eps) {
    SHARED(memory);
    u32 size = t * t, side_by_side = EACH == 1 ? THREADS / size : 1, own = EACH == 1 ? threadIdx.x / size : 0;
    float* turned = reinterpret_cast<float*>(memory);
    float *straight = turned + size, *tile = straight + size + 2 * size * own, *half = tile + size;
    for (u32 i = threadIdx.x; i < size; i += blockDim.x) {
        straight[i] = basis[i];
        turned[i % t * t + i / t] = basis[i];
    }
    const float* plane = x + u64(blockIdx.y) * height * width;
    u32 part = blockIdx.x * side_by_side + own, first = threadIdx.x - own * size;
    bool here = own < side_by_side && part < parts;
    u32 from = here ? u32(u64(tiles) * part / parts) : 0, to = here ? u32(u64(tiles) * (part + 1) / parts) : 0;
    // Parts differ by one tile at most: all threads of a block go as many rounds.
    u32 rounds = (tiles + parts - 1) / parts;
    bool quads = t % 4 == 0 && THREADS % t == 0;
    u32 down = THREADS / t;
    float shift[EACH], sum[EACH], squares[EACH];
    for (u32 round = 0; round < rounds; round++) {
        u32 number = from + round;
        bool busy = number < to;
        const float* corner = plane + u64(number / across * stride) * width + number % across * stride;
        __syncthreads();
#pragma unroll
        for (int e = 0; e < EACH; e++) {
            u32 i = first + e * THREADS;
            if (busy && i < size) tile[i] = __ldg(corner + (quads ? u64(first / t + e * down) * width + first % t : u64(i / t) * width + i % t));
        }
        __syncthreads();
        float value[EACH];
        // Rows of the tile with the basis: neighbours share the tile's samples and differ in the frequency.
        if (busy) product<EACH>(tile, turned, value, t, first, quads);
#pragma unroll
        for (int e = 0; e < EACH; e++)
            if (busy && first + e * THREADS < size) half[first + e * THREADS] = value[e];
        __syncthreads();
        if (busy) product<EACH>(straight, half, value, t, first, quads);
#pragma unroll
        for (int e = 0; e < EACH; e++) {
            if (!busy || first + e * THREADS >= size) continue;
            float log = natural_log(fabsf(value[e]) + eps);
            if (round == 0) {
                shift[e] = log;
                sum[e] = squares[e] = 0.0f;
            } else {
                float d = log - shift[e];
                sum[e] += d;
                squares[e] += d * d;
            }
        }
    }
    if (from == to) return;
    float* out = partial + (u64(blockIdx.y) * parts + part) * 3 * size;
#pragma unroll
    for (int e = 0; e < EACH; e++) {
        u32 i = first + e * THREADS;
        if (i < size) {
            out[i] = shift[e];
            out[size + i] = sum[e];
            out[2 * size + i] = squares[e];
        }
    }
}

KERNEL tile_sums_1(const float* x, const float* basis, float* partial, u32 height, u32 width, u32 t, u32 stride, u32 across, u32 tiles, u32 parts, float eps) {
    tile_sums<1>(x, basis, partial, height, width, t, stride, across, tiles, parts, eps);
}
KERNEL tile_sums_4(const float* x, const float* basis, float* partial, u32 height, u32 width, u32 t, u32 stride, u32 across, u32 tiles, u32 parts, float eps) {
    tile_sums<4>(x, basis, partial, height, width, t, stride, across, tiles, parts, eps);
}
KERNEL tile_sums_16(const float* x, const float* basis, float* partial, u32 height, u32 width, u32 t, u32 stride, u32 across, u32 tiles, u32 parts, float eps) {
    tile_sums<16>(x, basis, partial, height, width, t, stride, across, tiles, parts, eps);
}

// Mean and population deviation of each coefficient from the parts, in their order (Chan's merge), in float64. Block y is the plane.
KERNEL tile_close(const float* partial, float* mean, float* deviation, u32 size, u32 parts, u32 tiles) {
    u64 i = global_thread();
    if (i >= size) return;
    const float* from = partial + u64(blockIdx.y) * parts * 3 * size;
    double n = 0.0, average = 0.0, squares = 0.0;
    for (u32 part = 0; part < parts; part++) {
        const float* p = from + u64(part) * 3 * size + i;
        double more = double(u32(u64(tiles) * (part + 1) / parts) - u32(u64(tiles) * part / parts));
        if (more == 0.0) continue;
        double shifted = double(p[size]) / more, total = n + more;
        double delta = double(p[0]) + shifted - average;
        squares += double(p[2 * size]) - more * shifted * shifted + delta * delta * n * more / total;
        average += delta * more / total;
        n = total;
    }
    mean[u64(blockIdx.y) * size + i] = float(average);
    deviation[u64(blockIdx.y) * size + i] = float(sqrt(squares > 0.0 ? squares / n : 0.0));
}
