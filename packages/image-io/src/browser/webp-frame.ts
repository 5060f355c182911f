import { Reader } from '../inspect/reader.js';
import type { Picture } from '../shared/picture.js';

export interface WebpFrame {
  /** The frame as a still WebP file of its own. */
  readonly file: Uint8Array;
  readonly left: number;
  readonly top: number;
  readonly canvasWidth: number;
  readonly canvasHeight: number;
}

/** Cuts the first frame out of an animation (libwebp's plain decoder takes stills only); undefined for a still. */
export function firstFrameOf(bytes: Uint8Array): WebpFrame | undefined {
  const r = new Reader(bytes);
  let canvas: [number, number] | undefined;
  for (let at = 12; at + 8 <= r.length; ) {
    const name = r.text(at, 4);
    const length = r.u32(at + 4, true);
    const body = at + 8;
    if (name === 'VP8X') canvas = [r.u24le(body + 4) + 1, r.u24le(body + 7) + 1];
    if (name === 'ANMF' && canvas) {
      const size: [number, number] = [r.u24le(body + 6) + 1, r.u24le(body + 9) + 1];
      const file = asStill(bytes.subarray(body + 16, body + length), ...size);
      return { file, left: 2 * r.u24le(body), top: 2 * r.u24le(body + 3), canvasWidth: canvas[0], canvasHeight: canvas[1] };
    }
    at = body + length + (length & 1);
  }
  return undefined;
}

/** RIFF header, VP8X (alpha when the frame has an ALPH chunk) and the frame's chunks. */
function asStill(chunks: Uint8Array, width: number, height: number): Uint8Array {
  const file = new Uint8Array(30 + chunks.length);
  const view = new DataView(file.buffer);
  const text = (at: number, letters: string) =>
    file.set(
      Array.from(letters, letter => letter.charCodeAt(0)),
      at,
    );
  text(0, 'RIFF');
  view.setUint32(4, file.length - 8, true);
  text(8, 'WEBPVP8X');
  view.setUint32(16, 10, true);
  file[20] = String.fromCharCode(...chunks.subarray(0, 4)) === 'ALPH' ? 0x10 : 0;
  for (const [at, value] of [
    [24, width - 1],
    [27, height - 1],
  ] as const)
    file.set([value & 255, (value >> 8) & 255, value >> 16], at);
  file.set(chunks, 30);
  return file;
}

/** Rows of the frame on a zeroed canvas. */
export function onCanvas(frame: Picture, { left, top, canvasWidth: width, canvasHeight: height }: Omit<WebpFrame, 'file'>): Picture {
  if (frame.width === width && frame.height === height) return frame;
  const data = new Uint8Array(4 * width * height);
  const row = 4 * frame.width;
  for (let y = 0; y < frame.height; y++) data.set(frame.data.subarray(y * row, (y + 1) * row), 4 * ((top + y) * width + left));
  return { width, height, data };
}
