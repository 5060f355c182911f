// The built-ins of CUDA for a processor: kernels are compiled as C++ and run thread by thread, so that their mathematics and their bounds
// can be tested without a card. Speed, races between warps and the driver's own behaviour cannot.
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>

#define __device__
#define __shared__ static
#define KERNEL extern "C" void
#define WIDE_KERNEL(most) extern "C" void
#define SHARED(name) unsigned char* name = dynamic_shared

struct Dimensions {
    unsigned x, y, z;
};
extern Dimensions threadIdx, blockIdx, blockDim, gridDim;
extern unsigned char dynamic_shared[];

// Ends this thread's turn until all threads of the block are here.
void __syncthreads();

struct alignas(8) float2 { float x, y; };
struct alignas(16) float4 { float x, y, z, w; };
struct alignas(16) uint4 { unsigned x, y, z, w; };
struct alignas(16) double2 { double x, y; };

template <typename T> T __ldg(const T* at) { return *at; }
inline unsigned __funnelshift_r(unsigned low, unsigned high, unsigned shift) { return unsigned((uint64_t(high) << 32 | low) >> (shift & 31)); }
inline int __clz(int value) { return std::countl_zero(unsigned(value)); }
inline int __float_as_int(float value) { return std::bit_cast<int>(value); }
inline float __int_as_float(int value) { return std::bit_cast<float>(value); }
inline float __fadd_rn(float a, float b) { return a + b; }
inline float __fsub_rn(float a, float b) { return a - b; }
inline float __fmul_rn(float a, float b) { return a * b; }
inline float __fdiv_rn(float a, float b) { return a / b; }
inline float __fsqrt_rn(float a) { return std::sqrt(a); }
inline double __dadd_rn(double a, double b) { return a + b; }
inline double __dmul_rn(double a, double b) { return a * b; }
using std::ceil;
using std::fabs;
using std::fma;
using std::log;
using std::sqrt;

// Kernels by name, each with a way to call it with the pointers to its arguments that a launch gives.
void add_kernel(const char* name, void (*call)(void* const*));

template <auto Function> struct Caller;
template <typename... A, void (*Function)(A...)> struct Caller<Function> {
    static void call(void* const* arguments) {
        int i = 0;
        // A list is evaluated in order, other than a call's arguments.
        struct Ordered {
            void (*go)(A...);
            Ordered(A... a) { Function(a...); }
        } done{*static_cast<std::remove_const_t<A>*>(arguments[i++])...};
    }
};
#define REGISTER(name) \
    static const bool registered_##name = (add_kernel(#name, Caller<name>::call), true)
