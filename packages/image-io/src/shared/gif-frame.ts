import { walkGif } from '../inspect/gif.js';

/** A GIF of the first frame alone: whatever else the file holds cannot disturb the decoder, and is not read. */
export function firstGifFrame(bytes: Uint8Array): Uint8Array {
  const { headerEnd, control, first } = walkGif(bytes);
  const extension = control ? [0x21, 0xf9, 4, control.packed, 0, 0, control.transparent, 0] : [];
  const frame = bytes.subarray(first.start, first.end);
  const file = new Uint8Array(headerEnd + extension.length + frame.length + 1);
  file.set(bytes.subarray(0, headerEnd));
  file.set(extension, headerEnd);
  file.set(frame, headerEnd + extension.length);
  file[file.length - 1] = 0x3b;
  return file;
}
