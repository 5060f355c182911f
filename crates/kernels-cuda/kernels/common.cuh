// What all kernels share. NVRTC compiles it for the device; the emulator of the tests brings the built-ins of CUDA itself.
#pragma once

#ifdef SYNTRACE_EMULATOR
#include "emulator.h"
#else
#define KERNEL extern "C" __global__ void
// A kernel whose blocks may have other numbers of threads, up to `most`.
#define WIDE_KERNEL(most) extern "C" __global__ void __launch_bounds__(most)
// Shared memory whose size the launch gives.
extern __shared__ __align__(16) unsigned char dynamic_shared[];
#define SHARED(name) unsigned char* name = dynamic_shared
#endif

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

// Threads of a block, but for wide kernels; the launches in src/launch.rs say the same.
constexpr u32 THREADS = 256;

// Number of this thread in a one-dimensional grid.
__device__ inline u64 global_thread() {
    return u64(blockIdx.x) * blockDim.x + threadIdx.x;
}

// Sum of one value a thread, in an order that never changes; every thread gets it.
__device__ inline double block_sum(double value) {
    __shared__ double sums[THREADS];
    __syncthreads();
    sums[threadIdx.x] = value;
    __syncthreads();
    for (u32 half = THREADS / 2; half > 0; half /= 2) {
        if (threadIdx.x < half) sums[threadIdx.x] += sums[threadIdx.x + half];
        __syncthreads();
    }
    return sums[0];
}

// Natural logarithm of x >= 0: the formula of `crates/kernels/src/log.rs`, operation by operation, so that the bits are the same.
__device__ inline float natural_log(float x) {
    bool tiny = x < 1.17549435e-38f;
    float y = tiny ? __fmul_rn(x, 8388608.0f) : x;
    int bits = __float_as_int(y);
    int exponent = (bits - 0x3f3504f3) >> 23;
    float m = __int_as_float(bits - exponent * 8388608);
    float s = __fdiv_rn(__fadd_rn(m, -1.0f), __fadd_rn(m, 1.0f));
    float z = __fmul_rn(s, s);
    float polynomial = __fadd_rn(2.0000003f, __fmul_rn(z, __fadd_rn(0.6665051f, __fmul_rn(z, 0.41359322f))));
    float value = __fadd_rn(__fmul_rn(s, polynomial), __fmul_rn(float(exponent), 0.693147180559945309f));
    // Infinity and NaN are their own logarithms.
    if (!(y < __int_as_float(0x7f800000))) value = y;
    if (tiny) value = __fadd_rn(value, -15.942385f);
    return x == 0.0f ? __int_as_float(0xff800000) : value;
}
