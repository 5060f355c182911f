// nvrtc: --fmad=false
// Pictures: colour planes, windows, borders, residuals and displays. Without fused operations the bits are those of the CPU kernels.
#include "common.cuh"

// Numbers of `ColourSpace::ALL`.
enum Space { RGB, RGB_UNIT, YCBCR, YCBCR_STUDIO, PILLOW_L, BT601, TENSORFLOW, NTSC_INVERSE };

// floor of a level in 1/255000, exact.
__device__ inline float studio(int offset, int sum) {
    return float((offset * 255000 + sum) / 255000);
}

struct Planes {
    float value[3];
};

__device__ inline Planes converted(int space, u32 r, u32 g, u32 b) {
    float x = float(r), y = float(g), z = float(b);
    int i = int(r), j = int(g), k = int(b);
    switch (space) {
        case RGB: return {{x, y, z}};
        case RGB_UNIT: return {{x / 127.5f - 1.0f, y / 127.5f - 1.0f, z / 127.5f - 1.0f}};
        case YCBCR:
            return {{0.299f * x + 0.587f * y + 0.114f * z,
                     128.0f - 0.16873589f * x - 0.3312641f * y + 0.5f * z,
                     128.0f + 0.5f * x - 0.4186876f * y - 0.08131241f * z}};
        case YCBCR_STUDIO:
            return {{studio(16, 65481 * i + 128553 * j + 24966 * k),
                     studio(128, -37797 * i - 74203 * j + 112000 * k),
                     studio(128, 112000 * i - 93786 * j - 18214 * k)}};
        case PILLOW_L: return {{float((19595 * r + 38470 * g + 7471 * b + 32768) >> 16), 0.0f, 0.0f}};
        case BT601: return {{x * 0.299f + y * 0.587f + z * 0.114f, 0.0f, 0.0f}};
        case TENSORFLOW: return {{x * 0.2989f + y * 0.587f + z * 0.114f, 0.0f, 0.0f}};
        default: return {{x * 0.2989360212937754f + y * 0.5870430744511214f + z * 0.11402090425510325f, 0.0f, 0.0f}};
    }
}

__device__ inline u32 byte_of(u32 word, int i) {
    return (word >> (8 * i)) & 0xff;
}

// Interleaved pixels of 1 or 3 channels to float planes; four pixels a thread, block y is the image.
KERNEL colour(const u8* images, float* out, u32 pixels, int channels, int space, int planes) {
    u32 at = (blockIdx.x * blockDim.x + threadIdx.x) * 4;
    if (at >= pixels) return;
    const u8* image = images + u64(blockIdx.y) * pixels * channels;
    float* to = out + u64(blockIdx.y) * pixels * planes;
    Planes p[4];
    if (pixels % 4 == 0 && channels == 3) {
        const u32* words = reinterpret_cast<const u32*>(image + u64(at) * 3);
        u32 a = words[0], b = words[1], c = words[2];
        p[0] = converted(space, byte_of(a, 0), byte_of(a, 1), byte_of(a, 2));
        p[1] = converted(space, byte_of(a, 3), byte_of(b, 0), byte_of(b, 1));
        p[2] = converted(space, byte_of(b, 2), byte_of(b, 3), byte_of(c, 0));
        p[3] = converted(space, byte_of(c, 1), byte_of(c, 2), byte_of(c, 3));
        for (int plane = 0; plane < planes; plane++) {
            float4 v = {p[0].value[plane], p[1].value[plane], p[2].value[plane], p[3].value[plane]};
            *reinterpret_cast<float4*>(to + u64(plane) * pixels + at) = v;
        }
        return;
    }
    for (u32 i = at; i < at + 4 && i < pixels; i++) {
        const u8* from = image + u64(i) * channels;
        Planes q = channels == 3 ? converted(space, from[0], from[1], from[2]) : converted(space, from[0], from[0], from[0]);
        for (int plane = 0; plane < planes; plane++) to[u64(plane) * pixels + i] = q.value[plane];
    }
}

// The same windows out of each of `images` x `planes` planes of `height` rows of `row` elements; a window is `h` rows of `length`.
// Corners are [count][2]: first element in the row, row. Four elements a thread.
template <typename T>
__device__ inline void cut(const T* x, T* out, const u32* corners, u32 count, u32 planes, u32 height, u32 row, u32 h, u32 length) {
    u32 quads = (length + 3) / 4;
    u64 thread = global_thread();
    u32 first = u32(thread % quads) * 4;
    u64 line = thread / quads;
    u32 y = u32(line % h);
    u64 rest = line / h;
    u32 plane = u32(rest % planes);
    u64 cell = rest / planes;
    u32 window = u32(cell % count);
    u64 image = cell / count;
    const T* from = x + ((image * planes + plane) * height + corners[2 * window + 1] + y) * row + corners[2 * window] + first;
    T* to = out + line * length + first;
    for (u32 i = 0; i < 4 && first + i < length; i++) to[i] = from[i];
}

KERNEL crop_u8(const u8* x, u8* out, const u32* corners, u32 count, u32 planes, u32 height, u32 row, u32 h, u32 length, u64 threads) {
    if (global_thread() < threads) cut(x, out, corners, count, planes, height, row, h, length);
}

KERNEL crop_f32(const float* x, float* out, const u32* corners, u32 count, u32 planes, u32 height, u32 row, u32 h, u32 length, u64 threads) {
    if (global_thread() < threads) cut(x, out, corners, count, planes, height, row, h, length);
}

__device__ inline u32 mirrored(u32 i, u32 length) {
    if (length == 1) return 0;
    u32 period = 2 * (length - 1);
    i %= period;
    return i < period - i ? i : period - i;
}

// Mirrored borders; one output pixel a thread.
KERNEL pad_reflect(const u8* x, u8* out, u32 height, u32 width, u32 channels, u32 h, u32 w, u64 pixels) {
    u64 thread = global_thread();
    if (thread >= pixels) return;
    u32 column = u32(thread % w);
    u64 line = thread / w;
    u32 row = u32(line % h);
    const u8* from = x + (((line / h) * height + mirrored(row, height)) * width + mirrored(column, width)) * channels;
    for (u32 c = 0; c < channels; c++) out[thread * channels + c] = from[c];
}

// Neighbouring pixel relationships: four pixels of a row a thread, block y is the row, block z the image.
KERNEL npr_residual(const u8* images, float* out, u32 height, u32 width, u32 h, u32 w, float fr, float fg, float fb) {
    u32 x = (blockIdx.x * blockDim.x + threadIdx.x) * 4;
    if (x >= w) return;
    const float factors[3] = {fr, fg, fb};
    const u8* image = images + u64(blockIdx.z) * height * width * 3;
    for (u32 y = blockIdx.y; y < h; y += gridDim.y) {
        const u8* pixel = image + (u64(y) * width + x) * 3;
        const u8* anchor = image + (u64(y & ~1u) * width + x) * 3;
        float* to = out + (u64(blockIdx.z) * 3 * h + y) * w + x;
        if (width % 4 == 0 && w % 4 == 0) {
            const u32* words = reinterpret_cast<const u32*>(pixel);
            const u32* anchors = reinterpret_cast<const u32*>(anchor);
            u32 p[3] = {words[0], words[1], words[2]};
            u32 a[3] = {anchors[0], anchors[1], anchors[2]};
            for (int c = 0; c < 3; c++) {
                int even = int(byte_of(a[0], c));
                int odd = int(byte_of(a[(6 + c) / 4], (6 + c) % 4));
                float4 v;
                v.x = float(int(byte_of(p[0], c)) - even) * factors[c];
                v.y = float(int(byte_of(p[(3 + c) / 4], (3 + c) % 4)) - even) * factors[c];
                v.z = float(int(byte_of(p[(6 + c) / 4], (6 + c) % 4)) - odd) * factors[c];
                v.w = float(int(byte_of(p[(9 + c) / 4], (9 + c) % 4)) - odd) * factors[c];
                *reinterpret_cast<float4*>(to + u64(c) * h * w) = v;
            }
        } else {
            for (u32 i = 0; i < 4 && x + i < w; i++)
                for (u32 c = 0; c < 3; c++) to[u64(c) * h * w + i] = float(int(pixel[3 * i + c]) - int(anchor[3 * (i & ~1u) + c])) * factors[c];
        }
    }
}

// A plane through a table of `steps` RGBA colours.
KERNEL heat_map(const float* plane, u32* out, const u32* colours, u64 count, double low, double scale, double last) {
    u64 i = global_thread();
    if (i >= count) return;
    double step = __dadd_rn(__dmul_rn(__dadd_rn(double(plane[i]), -low), scale), 0.5);
    // Whatever is no number is transparent and counts as the first step.
    bool number = plane[i] == plane[i];
    u32 index = number ? u32(step < 0.0 ? 0.0 : step > last ? last : step) : 0;
    out[i] = number ? colours[index] : colours[index] & 0x00ffffffu;
}

struct Span {
    u32 first, last;
    double start, end;
};

__device__ inline Span span_of(u32 i, double step, u32 length) {
    Span s;
    s.start = __dmul_rn(double(i), step);
    s.end = __dmul_rn(double(i + 1), step);
    if (s.end > double(length)) s.end = double(length);
    s.first = u32(s.start);
    s.last = u32(ceil(s.end));
    if (s.last > length) s.last = length;
    return s;
}

__device__ inline float cover(const Span& s, u32 i) {
    double end = double(i + 1) < s.end ? double(i + 1) : s.end;
    double start = double(i) > s.start ? double(i) : s.start;
    return float((end - start) / (s.end - s.start));
}

// Area average, one output sample a thread; sums in the order of the CPU kernel.
KERNEL thumbnail(const u8* image, u8* out, u32 height, u32 width, u32 channels, u32 h, u32 w) {
    u64 thread = global_thread();
    if (thread >= u64(h) * w * channels) return;
    u32 channel = u32(thread % channels), x = u32(thread / channels % w), y = u32(thread / channels / w);
    Span rows = span_of(y, double(height) / double(h), height);
    Span columns = span_of(x, double(width) / double(w), width);
    float mean = 0.0f;
    for (u32 i = columns.first; i < columns.last; i++) {
        float sum = 0.0f;
        for (u32 j = rows.first; j < rows.last; j++) sum += float(image[(u64(j) * width + i) * channels + channel]) * cover(rows, j);
        mean += sum * cover(columns, i);
    }
    float level = mean + 0.5f;
    out[thread] = level >= 255.0f ? 255 : u8(u32(level));
}
