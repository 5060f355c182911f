import { type Image, seededRandom } from '@syntrace/core';

/** A PNG of one sample: bytes for detectors that read the file, not the picture. */
const PNG = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='), character =>
  character.charCodeAt(0),
);

type Content = 'photograph' | 'enlarged' | 'flat' | 'noise' | 'grey';

/** A made-up picture, the same for the same arguments. */
export function picture(content: Content, width: number, height: number, seed = 1): Image {
  const channels = content === 'grey' ? 1 : 3;
  const data = new Uint8Array(width * height * channels);
  const random = seededRandom(seed, content);
  const coarse = content === 'enlarged' ? 2 : 1;
  const across = Math.ceil(width / coarse);
  const noise = Float64Array.from({ length: across * Math.ceil(height / coarse) }, () => random.next());
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) {
        const grain = noise[Math.floor(y / coarse) * across + Math.floor(x / coarse)]!;
        const shade = 110 + 60 * Math.sin((x + 7 * seed) / 17 + c) + 50 * Math.cos(y / 23 - c);
        data[(y * width + x) * channels + c] = content === 'flat' ? 128 : content === 'noise' ? 255 * grain : shade + 30 * (grain - 0.5);
      }
  return imageOf(data, width, height, channels, `${content}-${width}x${height}-${seed}`);
}

/** Samples as an image, as a decoder would hand them over. */
export function imageOf(data: Uint8Array, width: number, height: number, channels: 1 | 3, uri: string, encoded: Uint8Array = PNG): Image {
  return {
    width,
    height,
    channels,
    data,
    source: {
      uri,
      format: 'png',
      bytes: encoded.length,
      decoder: 'testkit',
      jpeg: null,
      stored: { channels, bitDepth: 8, frames: 1, colour: channels === 1 ? 'grey' : 'rgb' },
      orientation: 1,
      icc: false,
      encoded,
    },
    warnings: [],
  };
}

/** Pictures of every kind that a detector meets, none smaller than it takes. */
export function oddPictures({ width, height }: { readonly width: number; readonly height: number }): readonly Image[] {
  const [w, h] = [Math.max(1, width), Math.max(1, height)];
  return [
    picture('photograph', w, h),
    picture('photograph', w + 1, h + 3),
    picture('photograph', w + 37, h),
    picture('noise', w, h + 61),
    picture('flat', w + 8, h + 8),
    picture('grey', w + 16, h + 5),
    imageOf(new Uint8Array((w + 2) * (h + 2) * 3), w + 2, h + 2, 3, 'black'),
    imageOf(new Uint8Array((w + 2) * (h + 2) * 3).fill(255), w + 2, h + 2, 3, 'white'),
    picture('photograph', 4 * w + 11, h),
  ];
}

/** Pictures that lie: fewer or more samples than they say, and bytes that are no picture. */
export function hostilePictures({ width, height }: { readonly width: number; readonly height: number }): readonly Image[] {
  const [w, h] = [Math.max(1, width), Math.max(1, height)];
  const honest = picture('photograph', w, h);
  const bytes = (...values: number[]) => ({ ...honest, source: { ...honest.source, bytes: values.length, encoded: Uint8Array.from(values) } });
  return [
    { ...honest, data: honest.data.subarray(0, honest.data.length >> 1) },
    { ...honest, data: new Uint8Array(0) },
    { ...honest, width: 2 * w + 100_000, height: h },
    { ...honest, width: 0, height: 0, data: new Uint8Array(0) },
    bytes(),
    bytes(0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 0x45, 0x78),
    bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x7f, 0xff, 0xff, 0xff, 0x49, 0x48),
    bytes(...Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)),
  ];
}
