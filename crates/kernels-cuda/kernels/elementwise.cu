// Operations that treat every element alone: one pass over the memory, 16 bytes a load.
#include "common.cuh"

// ln(|x| + eps) of float32.
KERNEL log_abs_f32(const float* x, float* out, u64 count, float eps) {
    u64 at = global_thread() * 4;
    if (at + 4 <= count) {
        float4 v = *reinterpret_cast<const float4*>(x + at);
        v.x = natural_log(__fadd_rn(fabsf(v.x), eps));
        v.y = natural_log(__fadd_rn(fabsf(v.y), eps));
        v.z = natural_log(__fadd_rn(fabsf(v.z), eps));
        v.w = natural_log(__fadd_rn(fabsf(v.w), eps));
        *reinterpret_cast<float4*>(out + at) = v;
    } else {
        for (; at < count; at++) out[at] = natural_log(__fadd_rn(fabsf(x[at]), eps));
    }
}

// ln(|x| + eps) of float64.
KERNEL log_abs_f64(const double* x, double* out, u64 count, double eps) {
    u64 at = global_thread() * 2;
    for (u64 i = at; i < at + 2 && i < count; i++) out[i] = log(fabs(x[i]) + eps);
}

__device__ inline float log_magnitude(float re, float im, float eps) {
    float square = __fadd_rn(__fmul_rn(re, re), __fmul_rn(im, im));
    return natural_log(__fadd_rn(__fsqrt_rn(square), eps));
}

// ln(|F| + eps) of (re, im) pairs; `count` magnitudes.
KERNEL log_spectrum_f32(const float2* x, float* out, u64 count, float eps) {
    u64 at = global_thread() * 4;
    if (at + 4 <= count) {
        float4 a = *reinterpret_cast<const float4*>(x + at);
        float4 b = *reinterpret_cast<const float4*>(x + at + 2);
        float4 v;
        v.x = log_magnitude(a.x, a.y, eps);
        v.y = log_magnitude(a.z, a.w, eps);
        v.z = log_magnitude(b.x, b.y, eps);
        v.w = log_magnitude(b.z, b.w, eps);
        *reinterpret_cast<float4*>(out + at) = v;
    } else {
        for (; at < count; at++) out[at] = log_magnitude(x[at].x, x[at].y, eps);
    }
}

// 1 where a deviation is no finite number above 0. `flag` starts as 0.
KERNEL find_bad_deviation(const float* deviation, u32 features, int* flag) {
    u64 i = global_thread();
    // Every writer writes the same.
    if (i < features && !(deviation[i] > 0.0f && deviation[i] < __int_as_float(0x7f800000))) *flag = 1;
}

// (x - mean) / deviation of rows; block x takes features, block y rows.
KERNEL standardize_f32(const float* x, const float* mean, const float* deviation, float* out, u32 rows, u32 features) {
    u32 f = (blockIdx.x * blockDim.x + threadIdx.x) * 4;
    if (f >= features) return;
    bool whole = features % 4 == 0;
    float m[4], d[4];
    for (int i = 0; i < 4; i++) {
        bool inside = f + i < features;
        m[i] = inside ? mean[f + i] : 0.0f;
        d[i] = inside ? deviation[f + i] : 1.0f;
    }
    for (u32 row = blockIdx.y; row < rows; row += gridDim.y) {
        u64 at = u64(row) * features + f;
        if (whole) {
            float4 v = *reinterpret_cast<const float4*>(x + at);
            v.x = __fdiv_rn(__fsub_rn(v.x, m[0]), d[0]);
            v.y = __fdiv_rn(__fsub_rn(v.y, m[1]), d[1]);
            v.z = __fdiv_rn(__fsub_rn(v.z, m[2]), d[2]);
            v.w = __fdiv_rn(__fsub_rn(v.w, m[3]), d[3]);
            *reinterpret_cast<float4*>(out + at) = v;
        } else {
            for (int i = 0; i < 4 && f + i < features; i++) out[at + i] = __fdiv_rn(__fsub_rn(x[at + i], m[i]), d[i]);
        }
    }
}

// Rows of `features` values to columns `offset` ... of rows of `total`.
KERNEL concat_f32(const float* part, float* out, u32 rows, u32 features, u32 total, u32 offset) {
    u32 f = (blockIdx.x * blockDim.x + threadIdx.x) * 4;
    if (f >= features) return;
    bool whole = features % 4 == 0 && total % 4 == 0 && offset % 4 == 0;
    for (u32 row = blockIdx.y; row < rows; row += gridDim.y) {
        const float* from = part + u64(row) * features + f;
        float* to = out + u64(row) * total + offset + f;
        if (whole) {
            *reinterpret_cast<float4*>(to) = *reinterpret_cast<const float4*>(from);
        } else {
            for (int i = 0; i < 4 && f + i < features; i++) to[i] = from[i];
        }
    }
}
