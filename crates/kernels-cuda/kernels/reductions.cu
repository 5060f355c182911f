// Sums, in float64 and in an order that depends on the sizes alone: two runs give the same bits.
#include "common.cuh"

// Sum and sum of squares of the Laplacian over a share of the rows of a plane: partial [planes][parts][2]. Block x is the part, y the plane.
KERNEL laplacian_sums(const float* x, double* partial, u32 height, u32 width) {
    const float* plane = x + u64(blockIdx.y) * height * width;
    double sum = 0.0, squares = 0.0;
    for (u32 y = 1 + blockIdx.x; y + 1 < height; y += gridDim.x) {
        const float* row = plane + u64(y) * width;
#pragma unroll 4
        for (u32 i = 1 + threadIdx.x; i + 1 < width; i += blockDim.x) {
            float v = row[i - 1] + row[i + 1] + (row - width)[i] + (row + width)[i] - 4.0f * row[i];
            sum += double(v);
            squares += double(v) * double(v);
        }
    }
    sum = block_sum(sum);
    squares = block_sum(squares);
    if (threadIdx.x == 0) {
        double* to = partial + (u64(blockIdx.y) * gridDim.x + blockIdx.x) * 2;
        to[0] = sum;
        to[1] = squares;
    }
}

// Variance of each plane from its parts; one thread a plane.
KERNEL laplacian_variance(const double* partial, float* out, u32 planes, u32 parts, double count) {
    u64 plane = global_thread();
    if (plane >= planes) return;
    double sum = 0.0, squares = 0.0;
    for (u32 i = 0; i < parts; i++) {
        sum += partial[(plane * parts + i) * 2];
        squares += partial[(plane * parts + i) * 2 + 1];
    }
    double variance = (squares - sum * sum / count) / count;
    out[plane] = float(variance > 0.0 ? variance : 0.0);
}

// Welford's statistics of a share of the samples, per feature: partial [2][parts][features]. Block y is the part.
template <typename T>
__device__ inline void sample_moments(const T* samples, double* partial, u32 rows, u32 features) {
    u32 f = blockIdx.x * blockDim.x + threadIdx.x;
    if (f >= features) return;
    u32 parts = gridDim.y, part = blockIdx.y;
    u32 from = u32(u64(rows) * part / parts), to = u32(u64(rows) * (part + 1) / parts);
    double mean = 0.0, m2 = 0.0;
    for (u32 row = from; row < to; row++) {
        double x = double(samples[u64(row) * features + f]);
        double delta = x - mean;
        mean += delta / double(row - from + 1);
        m2 += delta * (x - mean);
    }
    partial[u64(part) * features + f] = mean;
    partial[u64(parts + part) * features + f] = m2;
}

KERNEL moments_f32(const float* samples, double* partial, u32 rows, u32 features) {
    sample_moments(samples, partial, rows, features);
}

KERNEL moments_f64(const double* samples, double* partial, u32 rows, u32 features) {
    sample_moments(samples, partial, rows, features);
}

// The state with all parts merged in their order (Chan, Golub, LeVeque 1979). The state's count may be 0: then it is not read.
KERNEL moments_merge(const double* partial, const double* mean, const double* m2, double* next_mean, double* next_m2, u32 rows, u32 features, u32 parts, double count) {
    u64 f = global_thread();
    if (f >= features) return;
    double n = count, average = count > 0.0 ? mean[f] : 0.0, squares = count > 0.0 ? m2[f] : 0.0;
    for (u32 part = 0; part < parts; part++) {
        u32 from = u32(u64(rows) * part / parts), to = u32(u64(rows) * (part + 1) / parts);
        double more = double(to - from);
        if (more == 0.0) continue;
        double delta = partial[u64(part) * features + f] - average;
        double total = n + more;
        average += delta * more / total;
        squares += partial[u64(parts + part) * features + f] + delta * delta * n * more / total;
        n = total;
    }
    next_mean[f] = average;
    next_m2[f] = squares;
}

constexpr u32 TOGETHER = 4;  // outputs of a block, so that rows are read once for all of them

// Products and sums of a share of the features in float64: partial [rows][outputs][parts]. Block x is the part, y the outputs, z the row.
KERNEL linear_sums(const float* x, const float* weights, double* partial, u32 features, u32 outputs) {
    const float* row = x + u64(blockIdx.z) * features;
    u32 first = blockIdx.y * TOGETHER;
    double sums[TOGETHER] = {0.0, 0.0, 0.0, 0.0};
    u32 start = blockIdx.x * blockDim.x + threadIdx.x, step = gridDim.x * blockDim.x;
    if (features % 4 == 0) {
        for (u32 i = start; i < features / 4; i += step) {
            float4 v = __ldg(reinterpret_cast<const float4*>(row) + i);
#pragma unroll
            for (u32 k = 0; k < TOGETHER; k++) {
                if (first + k >= outputs) break;
                float4 w = __ldg(reinterpret_cast<const float4*>(weights + u64(first + k) * features) + i);
                sums[k] += double(v.x) * double(w.x) + double(v.y) * double(w.y) + double(v.z) * double(w.z) + double(v.w) * double(w.w);
            }
        }
    } else {
        for (u32 i = start; i < features; i += step) {
            double value = double(__ldg(row + i));
#pragma unroll
            for (u32 k = 0; k < TOGETHER; k++)
                if (first + k < outputs) sums[k] += value * double(__ldg(weights + u64(first + k) * features + i));
        }
    }
#pragma unroll
    for (u32 k = 0; k < TOGETHER; k++) {
        if (first + k >= outputs) break;
        double sum = block_sum(sums[k]);
        if (threadIdx.x == 0) partial[(u64(blockIdx.z) * outputs + first + k) * gridDim.x + blockIdx.x] = sum;
    }
}

// The parts in their order, and the bias.
KERNEL linear_close(const double* partial, const float* bias, float* out, u64 count, u32 outputs, u32 parts) {
    u64 i = global_thread();
    if (i >= count) return;
    double sum = 0.0;
    for (u32 part = 0; part < parts; part++) sum += partial[i * parts + part];
    out[i] = float(sum + double(bias[i % outputs]));
}

// Mean of each ring: the samples of ring r of a plane stand at order[starts[r]] ... order[starts[r + 1] - 1]. Block x is the ring, y the plane.
KERNEL radial_mean(const float* x, float* out, const u32* starts, const u32* order, u32 size, u32 bins) {
    const float* plane = x + u64(blockIdx.y) * size;
    u32 from = starts[blockIdx.x], to = starts[blockIdx.x + 1];
    double sum = 0.0;
#pragma unroll 4
    for (u32 i = from + threadIdx.x; i < to; i += blockDim.x) sum += double(__ldg(plane + __ldg(order + i)));
    sum = block_sum(sum);
    if (threadIdx.x == 0) out[u64(blockIdx.y) * bins + blockIdx.x] = to > from ? float(sum / double(to - from)) : 0.0f;
}
