// What a card can do at most, for the roofline of the benchmark.
#include "common.cuh"

// Fused products and sums in registers: 8 chains a thread, `rounds` x 32 of them each. 64 operations a chain and round.
KERNEL fused_chains(float* out, u32 rounds, float factor, float summand) {
    float v[8];
    for (int i = 0; i < 8; i++) v[i] = float(threadIdx.x + i);
    for (u32 round = 0; round < rounds; round++) {
#pragma unroll
        for (int step = 0; step < 32; step++) {
#pragma unroll
            for (int i = 0; i < 8; i++) v[i] = fmaf(v[i], factor, summand);
        }
    }
    float sum = 0.0f;
    for (int i = 0; i < 8; i++) sum += v[i];
    out[global_thread()] = sum;
}
