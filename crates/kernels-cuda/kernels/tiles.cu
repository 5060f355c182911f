// Statistics of log-DCT coefficients over the tiles of a plane, without storing a tile: two products with the DCT's matrix in shared memory.
#include "common.cuh"

// What a thread keeps of its coefficients: tiles seen are counted by the caller.
template <int EACH> struct Sums {
    float shift[EACH], sum[EACH], squares[EACH];
};

// A block takes the tiles [from, to) of a plane; a thread owns the coefficients threadIdx.x + i * blockDim.x, i < EACH.
// `basis` is the orthonormal DCT matrix [frequency][sample]. partial: [planes][parts][3][t * t] of shift, sum, squares.
template <int EACH>
__device__ void tile_sums(const float* x, const float* basis, float* partial, u32 height, u32 width, u32 t, u32 stride, u32 across, u32 tiles, float eps) {
    SHARED(memory);
    float* shared = reinterpret_cast<float*>(memory);
    u32 size = t * t;
    float *turned = shared, *straight = turned + size, *tile = straight + size, *half = tile + size;
    for (u32 i = threadIdx.x; i < size; i += blockDim.x) {
        straight[i] = basis[i];
        turned[i % t * t + i / t] = basis[i];
    }
    const float* plane = x + u64(blockIdx.y) * height * width;
    u32 parts = gridDim.x, from = u32(u64(tiles) * blockIdx.x / parts), to = u32(u64(tiles) * (blockIdx.x + 1) / parts);
    Sums<EACH> sums;
    for (u32 number = from; number < to; number++) {
        const float* corner = plane + u64(number / across * stride) * width + number % across * stride;
        __syncthreads();
        for (u32 i = threadIdx.x; i < size; i += blockDim.x) tile[i] = corner[u64(i / t) * width + i % t];
        __syncthreads();
#pragma unroll
        for (int e = 0; e < EACH; e++) {
            u32 i = threadIdx.x + e * blockDim.x;
            if (i < size) {
                u32 r = i / t, k = i % t;
                float value = 0.0f;
                for (u32 s = 0; s < t; s++) value += tile[r * t + s] * turned[s * t + k];
                half[i] = value;
            }
        }
        __syncthreads();
#pragma unroll
        for (int e = 0; e < EACH; e++) {
            u32 i = threadIdx.x + e * blockDim.x;
            if (i < size) {
                u32 r = i / t, k = i % t;
                float value = 0.0f;
                for (u32 s = 0; s < t; s++) value += straight[r * t + s] * half[s * t + k];
                float log = natural_log(fabsf(value) + eps);
                if (number == from) {
                    sums.shift[e] = log;
                    sums.sum[e] = sums.squares[e] = 0.0f;
                } else {
                    float d = log - sums.shift[e];
                    sums.sum[e] += d;
                    sums.squares[e] += d * d;
                }
            }
        }
    }
    float* out = partial + (u64(blockIdx.y) * parts + blockIdx.x) * 3 * size;
#pragma unroll
    for (int e = 0; e < EACH; e++) {
        u32 i = threadIdx.x + e * blockDim.x;
        if (i < size && from < to) {
            out[i] = sums.shift[e];
            out[size + i] = sums.sum[e];
            out[2 * size + i] = sums.squares[e];
        }
    }
}

KERNEL tile_sums_1(const float* x, const float* basis, float* partial, u32 height, u32 width, u32 t, u32 stride, u32 across, u32 tiles, float eps) {
    tile_sums<1>(x, basis, partial, height, width, t, stride, across, tiles, eps);
}
KERNEL tile_sums_4(const float* x, const float* basis, float* partial, u32 height, u32 width, u32 t, u32 stride, u32 across, u32 tiles, float eps) {
    tile_sums<4>(x, basis, partial, height, width, t, stride, across, tiles, eps);
}
KERNEL tile_sums_16(const float* x, const float* basis, float* partial, u32 height, u32 width, u32 t, u32 stride, u32 across, u32 tiles, float eps) {
    tile_sums<16>(x, basis, partial, height, width, t, stride, across, tiles, eps);
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
