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

template <int SPACE> __device__ inline Planes converted(u32 r, u32 g, u32 b) {
    float x = float(r), y = float(g), z = float(b);
    int i = int(r), j = int(g), k = int(b);
    switch (SPACE) {
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

template <int SPACE> __device__ inline void to_planes(const u8* images, float* out, u32 pixels, int channels) {
    constexpr int PLANES = SPACE < PILLOW_L ? 3 : 1;
    u32 at = (blockIdx.x * blockDim.x + threadIdx.x) * 4;
    if (at >= pixels) return;
    const u8* image = images + u64(blockIdx.y) * pixels * channels;
    float* to = out + u64(blockIdx.y) * pixels * PLANES + at;
    if (pixels % 4 == 0 && channels == 3) {
        const u32* words = reinterpret_cast<const u32*>(image + u64(at) * 3);
        u32 a = __ldg(words), b = __ldg(words + 1), c = __ldg(words + 2);
        Planes p = converted<SPACE>(byte_of(a, 0), byte_of(a, 1), byte_of(a, 2));
        Planes q = converted<SPACE>(byte_of(a, 3), byte_of(b, 0), byte_of(b, 1));
        Planes r = converted<SPACE>(byte_of(b, 2), byte_of(b, 3), byte_of(c, 0));
        Planes s = converted<SPACE>(byte_of(c, 1), byte_of(c, 2), byte_of(c, 3));
#pragma unroll
        for (int plane = 0; plane < PLANES; plane++) {
            float4 v = {p.value[plane], q.value[plane], r.value[plane], s.value[plane]};
            *reinterpret_cast<float4*>(to + u64(plane) * pixels) = v;
        }
        return;
    }
    for (u32 i = 0; i < 4 && at + i < pixels; i++) {
        const u8* from = image + u64(at + i) * channels;
        Planes q = channels == 3 ? converted<SPACE>(from[0], from[1], from[2]) : converted<SPACE>(from[0], from[0], from[0]);
        for (int plane = 0; plane < PLANES; plane++) to[u64(plane) * pixels + i] = q.value[plane];
    }
}

// Interleaved pixels of 1 or 3 channels to float planes; four pixels a thread, block y is the image.
KERNEL colour(const u8* images, float* out, u32 pixels, int channels, int space) {
    switch (space) {
        case RGB: return to_planes<RGB>(images, out, pixels, channels);
        case RGB_UNIT: return to_planes<RGB_UNIT>(images, out, pixels, channels);
        case YCBCR: return to_planes<YCBCR>(images, out, pixels, channels);
        case YCBCR_STUDIO: return to_planes<YCBCR_STUDIO>(images, out, pixels, channels);
        case PILLOW_L: return to_planes<PILLOW_L>(images, out, pixels, channels);
        case BT601: return to_planes<BT601>(images, out, pixels, channels);
        case TENSORFLOW: return to_planes<TENSORFLOW>(images, out, pixels, channels);
        default: return to_planes<NTSC_INVERSE>(images, out, pixels, channels);
    }
}

// Four bytes from any address, from aligned words; a word that holds one byte of the four may be read whole.
__device__ inline u32 word_at(const u8* from) {
    u64 address = reinterpret_cast<u64>(from);
    const u32* words = reinterpret_cast<const u32*>(address & ~u64(3));
    u32 shift = u32(address & 3) * 8;
    u32 low = __ldg(words);
    return shift == 0 ? low : __funnelshift_r(low, __ldg(words + 1), shift);
}

constexpr u32 SHARE = 16;  // bytes of a row that a thread copies

// Copies `length` bytes of a row that starts anywhere to `to`, of which this thread does those from `first` to `last`.
__device__ inline void copy_share(const u8* from, u8* to, u32 first, u32 last, u32 length) {
    bool whole = last == first + SHARE;
    if (whole && length % 16 == 0) {
        uint4 v;
        if (reinterpret_cast<u64>(from + first) % 16 == 0) v = __ldg(reinterpret_cast<const uint4*>(from + first));
        else v = {word_at(from + first), word_at(from + first + 4), word_at(from + first + 8), word_at(from + first + 12)};
        *reinterpret_cast<uint4*>(to + first) = v;
    } else if (length % 4 == 0 && (last - first) % 4 == 0) {
#pragma unroll 4
        for (u32 i = first; i < last; i += 4) *reinterpret_cast<u32*>(to + i) = word_at(from + i);
    } else {
        for (u32 i = first; i < last; i++) to[i] = from[i];
    }
}

// The same windows out of each plane of each image, as bytes: a plane is `height` rows of `row` bytes, a window `h` rows of `length`.
// Corners are [count][2]: first byte in the row, row. Results: [image][window][plane]. Block x is the place in a window, y the result.
KERNEL crop(const u8* x, u8* out, const u32* corners, u32 count, u32 planes, u32 height, u32 row, u32 h, u32 length, u32 results) {
    u32 shares = (length + SHARE - 1) / SHARE;
    u32 thread = blockIdx.x * blockDim.x + threadIdx.x;
    u32 y = thread / shares;
    if (y >= h) return;
    u32 first = (thread - y * shares) * SHARE, last = first + SHARE < length ? first + SHARE : length;
    for (u32 result = blockIdx.y; result < results; result += gridDim.y) {
        u32 plane = result % planes, window = result / planes % count, image = result / planes / count;
        u64 line = (u64(image) * planes + plane) * height + __ldg(corners + 2 * window + 1) + y;
        copy_share(x + line * row + __ldg(corners + 2 * window), out + (u64(result) * h + y) * length, first, last, length);
    }
}

__device__ inline u32 mirrored(u32 i, u32 length) {
    if (length == 1) return 0;
    u32 period = 2 * (length - 1);
    i %= period;
    return i < period - i ? i : period - i;
}

// Mirrored borders: the picture is copied, and what is beyond it is looked up byte by byte. Block x is the place in a result, y the image.
KERNEL pad_reflect(const u8* x, u8* out, u32 height, u32 width, u32 channels, u32 h, u32 w, u32 images) {
    u32 inner = width * channels, length = w * channels;
    u32 shares = (length + SHARE - 1) / SHARE;
    u32 thread = blockIdx.x * blockDim.x + threadIdx.x;
    u32 y = thread / shares;
    if (y >= h) return;
    u32 first = (thread - y * shares) * SHARE, last = first + SHARE < length ? first + SHARE : length;
    for (u32 image = blockIdx.y; image < images; image += gridDim.y) {
        const u8* from = x + (u64(image) * height + mirrored(y, height)) * inner;
        u8* to = out + (u64(image) * h + y) * length;
        if (last <= inner) {
            copy_share(from, to, first, last, length);
        } else {
            for (u32 i = first; i < last; i++) to[i] = from[mirrored(i / channels, width) * channels + i % channels];
        }
    }
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

// Whatever is no number is transparent and counts as the first step.
__device__ inline u32 colour_of(float value, const u32* colours, double low, double scale, double last) {
    double step = __dadd_rn(__dmul_rn(__dadd_rn(double(value), -low), scale), 0.5);
    bool number = value == value;
    u32 index = number ? u32(step < 0.0 ? 0.0 : step > last ? last : step) : 0;
    u32 colour = __ldg(colours + index);
    return number ? colour : colour & 0x00ffffffu;
}

// A plane through a table of RGBA colours, four values a thread.
KERNEL heat_map(const float* plane, u32* out, const u32* colours, u64 count, double low, double scale, double last) {
    u64 at = global_thread() * 4;
    if (at + 4 <= count) {
        float4 v = *reinterpret_cast<const float4*>(plane + at);
        uint4 c = {colour_of(v.x, colours, low, scale, last), colour_of(v.y, colours, low, scale, last),
                   colour_of(v.z, colours, low, scale, last), colour_of(v.w, colours, low, scale, last)};
        *reinterpret_cast<uint4*>(out + at) = c;
    } else {
        for (; at < count; at++) out[at] = colour_of(plane[at], colours, low, scale, last);
    }
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
