import { type FileFacts, HeaderError } from './facts.js';
import { Reader } from './reader.js';

const MAX_BOXES = 10_000;

/** Size, depth and rotation from the item properties (ISO/IEC 23008-12, 14496-12). The largest `ispe` is the whole picture. */
export function inspectAvif(bytes: Uint8Array): FileFacts {
  const r = new Reader(bytes);
  let [width, height, bitDepth, alpha, icc, boxes] = [0, 0, 8, false, false, 0];
  const walk = (start: number, end: number): void => {
    for (let at = start; at + 8 <= end; ) {
      if (++boxes > MAX_BOXES) throw new HeaderError('corrupt', 'too many boxes');
      const length = r.u32(at) || end - at;
      const name = r.text(at + 4, 4);
      if (length < 8 || at + length > end) throw new HeaderError('truncated', `box ${name} goes on after the end`);
      if (name === 'meta') walk(at + 12, at + length);
      else if (name === 'iprp' || name === 'ipco') walk(at + 8, at + length);
      else if (name === 'ispe' && r.u32(at + 12) * r.u32(at + 16) > width * height) [width, height] = [r.u32(at + 12), r.u32(at + 16)];
      else if (name === 'av1C') bitDepth = r.u8(at + 10) & 0x40 ? (r.u8(at + 10) & 0x20 ? 12 : 10) : 8;
      else if (name === 'auxC') alpha = true;
      else if (name === 'colr') icc ||= ['prof', 'rICC'].includes(r.text(at + 8, 4));
      if (name === 'mdat') break;
      at += length;
    }
  };
  walk(0, r.length);
  if (width * height === 0) throw new HeaderError('truncated', 'no picture size');
  const frames = r.text(8, 4) === 'avis' ? 2 : 1;
  return { format: 'avif', width, height, jpeg: null, stored: { channels: alpha ? 4 : 3, bitDepth, frames, colour: 'rgb' }, alpha, orientation: 1, icc };
}
