import { type FileFacts, HeaderError } from './facts.js';
import { Reader } from './reader.js';
import { orientationOf } from './tiff.js';

const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const MAX_CHUNKS = 10_000;

/** Reads the chunks before the first IDAT. Later ones (`acTL` and `tRNS` must come before) are not looked at. */
export function inspectPng(bytes: Uint8Array): FileFacts {
  const r = new Reader(bytes);
  const bitDepth = r.u8(24);
  if (r.text(12, 4) !== 'IHDR') throw new HeaderError('corrupt', 'the first chunk is not IHDR');
  const type = r.u8(25);
  const channels = CHANNELS[type];
  if (channels === undefined) throw new HeaderError('corrupt', `colour type ${type}`);
  let [orientation, icc, frames, transparent] = [1, false, 1, false];
  let at = 8;
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
    const length = r.u32(at);
    const name = r.text(at + 4, 4);
    if (name === 'IDAT' || name === 'IEND') break;
    if (name === 'iCCP') icc = true;
    else if (name === 'tRNS') transparent = true;
    else if (name === 'acTL') frames = r.u32(at + 8);
    else if (name === 'eXIf') orientation = orientationOf(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return {
    format: 'png',
    width: r.u32(16),
    height: r.u32(20),
    jpeg: null,
    stored: { channels, bitDepth, frames, colour: type === 3 ? 'palette' : channels <= 2 ? 'grey' : 'rgb' },
    alpha: type >= 4 || transparent,
    orientation,
    icc,
  };
}
