// A driver whose card is the processor: as much of CUDA's driver interface as the backend uses, done at once whatever the stream.
#include <dlfcn.h>
#include <sys/mman.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <vector>
#include "emulator.h"

Dimensions threadIdx, blockIdx, blockDim, gridDim;
alignas(256) unsigned char dynamic_shared[227 << 10];

#ifndef __x86_64__
#error "the emulator switches stacks on x86-64 only"
#endif

extern "C" void switch_stack(void** from, void* to);
asm(R"(
.globl switch_stack
switch_stack:
    push %rbp
    push %rbx
    push %r12
    push %r13
    push %r14
    push %r15
    mov %rsp, (%rdi)
    mov %rsi, %rsp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbx
    pop %rbp
    ret
)");

namespace {

constexpr size_t STACK = 128 << 10;
constexpr unsigned MOST_THREADS = 1024;
constexpr size_t PAGE = 4096;

enum Result { OK = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_FOUND = 500 };

std::map<std::string, void (*)(void* const*)>& kernels() {
    static std::map<std::string, void (*)(void* const*)> map;
    return map;
}

struct Thread {
    void* stack;
    bool ended;
};

std::mutex running;
Thread threads[MOST_THREADS];
char* stacks = nullptr;
void* scheduler = nullptr;
unsigned current = 0;
void (*kernel)(void* const*) = nullptr;
void* const* arguments = nullptr;

void start() {
    kernel(arguments);
    threads[current].ended = true;
    switch_stack(&threads[current].stack, scheduler);
    abort();
}

void run_block(unsigned count, bool backwards) {
    for (unsigned i = 0; i < count; i++) {
        void** top = reinterpret_cast<void**>(stacks + (i + 1) * STACK) - 2;
        *top = reinterpret_cast<void*>(start);
        threads[i] = {top - 6, false};
    }
    for (unsigned ended = 0; ended < count;) {
        ended = 0;
        for (unsigned turn = 0; turn < count; turn++) {
            current = backwards ? count - 1 - turn : turn;
            if (!threads[current].ended) {
                threadIdx = {current, 0, 0};
                switch_stack(&scheduler, threads[current].stack);
            }
            ended += threads[current].ended;
        }
    }
}

// Memory ends where a page ends that nobody may touch, and starts as NaN.
struct Allocation {
    char* mapping;
    size_t mapped, bytes;
};
std::map<uint64_t, Allocation> allocations;
std::mutex allocating;
size_t used = 0;

size_t capacity() {
    const char* text = getenv("SYNTRACE_EMULATOR_BYTES");
    return text ? strtoull(text, nullptr, 10) : size_t(1) << 28;
}

Result allocate(uint64_t* at, size_t bytes) {
    std::lock_guard lock(allocating);
    if (bytes == 0) return INVALID_VALUE;
    if (used + bytes > capacity()) return OUT_OF_MEMORY;
    size_t body = (bytes + PAGE - 1) / PAGE * PAGE;
    void* mapping = mmap(nullptr, body + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED) return OUT_OF_MEMORY;
    char* first = static_cast<char*>(mapping);
    mprotect(first + body, PAGE, PROT_NONE);
    char* start = first + body - (bytes + 15) / 16 * 16;
    memset(start, 0xff, bytes);
    *at = reinterpret_cast<uint64_t>(start);
    allocations[*at] = {first, body + PAGE, bytes};
    used += bytes;
    return OK;
}

Result release(uint64_t at) {
    std::lock_guard lock(allocating);
    auto found = allocations.find(at);
    if (found == allocations.end()) return INVALID_VALUE;
    used -= found->second.bytes;
    munmap(found->second.mapping, found->second.mapped);
    allocations.erase(found);
    return OK;
}

void* const HANDLE = reinterpret_cast<void*>(16);

}  // namespace

void add_kernel(const char* name, void (*call)(void* const*)) { kernels()[name] = call; }

void __syncthreads() { switch_stack(&threads[current].stack, scheduler); }

#define API extern "C" __attribute__((visibility("default"))) int
#define NOTHING(name, ...) API name(__VA_ARGS__) { return OK; }

NOTHING(cuInit, unsigned)
API cuDriverGetVersion(int* version) {
    const char* text = getenv("SYNTRACE_EMULATOR_DRIVER");
    *version = text ? atoi(text) : 12040;
    return OK;
}
API cuDeviceGetCount(int* count) {
    const char* text = getenv("SYNTRACE_EMULATOR_CARDS");
    *count = text ? atoi(text) : 1;
    return OK;
}
API cuDeviceGet(int* device, int ordinal) {
    *device = ordinal;
    return OK;
}
API cuDeviceGetName(char* name, int length, int) {
    strncpy(name, "emulated card", length);
    return OK;
}
API cuDeviceTotalMem_v2(size_t* bytes, int) {
    *bytes = capacity();
    return OK;
}
API cuDeviceGetAttribute(int* value, int attribute, int) {
    const char* major = getenv("SYNTRACE_EMULATOR_CAPABILITY");
    static const std::map<int, int> known = {{16, 132}, {38, 50 << 20}, {76, 0}, {97, 227 << 10}, {115, 1}};
    auto found = known.find(attribute);
    *value = attribute == 75 ? (major ? atoi(major) : 9) : found == known.end() ? 0 : found->second;
    return OK;
}
API cuCtxCreate_v3(void** context, void*, int, unsigned, int) {
    *context = HANDLE;
    return OK;
}
API cuCtxGetCurrent(void** context) {
    *context = HANDLE;
    return OK;
}
NOTHING(cuCtxSetCurrent, void*)
NOTHING(cuCtxDestroy_v2, void*)
NOTHING(cuCtxSynchronize)
API cuMemGetInfo_v2(size_t* free, size_t* total) {
    *total = capacity();
    *free = *total - used;
    return OK;
}
API cuDeviceGetDefaultMemPool(void** pool, int) {
    *pool = HANDLE;
    return OK;
}
NOTHING(cuMemPoolSetAttribute, void*, int, void*)
NOTHING(cuMemPoolTrimTo, void*, size_t)

API cuStreamCreate(void** stream, unsigned) {
    *stream = HANDLE;
    return OK;
}
NOTHING(cuStreamDestroy_v2, void*)
NOTHING(cuStreamSynchronize, void*)
NOTHING(cuStreamWaitEvent, void*, void*, unsigned)
API cuEventCreate(void** event, unsigned) {
    *event = HANDLE;
    return OK;
}
NOTHING(cuEventDestroy_v2, void*)
NOTHING(cuEventRecord, void*, void*)
NOTHING(cuEventSynchronize, void*)
API cuEventElapsedTime(float* milliseconds, void*, void*) {
    *milliseconds = 1.0f;
    return OK;
}

API cuMemAlloc_v2(uint64_t* at, size_t bytes) { return allocate(at, bytes); }
API cuMemAllocAsync(uint64_t* at, size_t bytes, void*) { return allocate(at, bytes); }
API cuMemFree_v2(uint64_t at) { return release(at); }
API cuMemFreeAsync(uint64_t at, void*) { return release(at); }
API cuMemHostAlloc(void** at, size_t bytes, unsigned) {
    *at = aligned_alloc(PAGE, (bytes + PAGE - 1) / PAGE * PAGE);
    return *at ? OK : OUT_OF_MEMORY;
}
API cuMemFreeHost(void* at) {
    free(at);
    return OK;
}
API cuMemcpyHtoDAsync_v2(uint64_t to, const void* from, size_t bytes, void*) {
    memcpy(reinterpret_cast<void*>(to), from, bytes);
    return OK;
}
API cuMemcpyDtoHAsync_v2(void* to, uint64_t from, size_t bytes, void*) {
    memcpy(to, reinterpret_cast<void*>(from), bytes);
    return OK;
}
API cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes, void*) {
    memcpy(reinterpret_cast<void*>(to), reinterpret_cast<void*>(from), bytes);
    return OK;
}

API cuModuleLoadData(void** module, const void*) {
    *module = HANDLE;
    return OK;
}
NOTHING(cuModuleUnload, void*)
API cuModuleGetFunction(void** function, void*, const char* name) {
    auto found = kernels().find(name);
    if (found == kernels().end()) return NOT_FOUND;
    *function = reinterpret_cast<void*>(found->second);
    return OK;
}
NOTHING(cuFuncSetAttribute, void*, int, int)
API cuLaunchKernel(void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, void*, void** values, void**) {
    std::lock_guard lock(running);
    if (gx == 0 || gy == 0 || gz == 0 || gy > 65535 || gz > 65535 || bx == 0 || bx > MOST_THREADS || by != 1 || bz != 1) return INVALID_VALUE;
    if (shared > sizeof dynamic_shared) return INVALID_VALUE;
    if (!stacks) stacks = static_cast<char*>(mmap(nullptr, MOST_THREADS * STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
    kernel = reinterpret_cast<void (*)(void* const*)>(function);
    if (getenv("SYNTRACE_EMULATOR_TRACE"))
        for (const auto& [name, call] : kernels())
            if (call == kernel) fprintf(stderr, "%s<<<(%u, %u, %u), %u>>>\n", name.c_str(), gx, gy, gz, shared);
    arguments = values;
    gridDim = {gx, gy, gz};
    blockDim = {bx, by, bz};
    const char* order = getenv("SYNTRACE_EMULATOR_ORDER");
    bool backwards = order && !strcmp(order, "backwards");
    for (unsigned z = 0; z < gz; z++)
        for (unsigned y = 0; y < gy; y++)
            for (unsigned x = 0; x < gx; x++) {
                blockIdx = {x, y, z};
                // What a block did not write itself is NaN.
                memset(dynamic_shared, 0xff, shared);
                run_block(bx, backwards);
            }
    return OK;
}
API cuGetErrorName(int error, const char** name) {
    *name = error == OUT_OF_MEMORY ? "CUDA_ERROR_OUT_OF_MEMORY" : "an error of the emulator";
    return OK;
}
API cuGetErrorString(int error, const char** text) { return cuGetErrorName(error, text); }
