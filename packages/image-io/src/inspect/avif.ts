import { avifLayout, type Box } from './avif-boxes.js';
import { type FileFacts, HeaderError } from './facts.js';
import { Reader } from './reader.js';

/** Size, depth and rotation from the item properties. */
export function inspectAvif(bytes: Uint8Array): FileFacts {
  const r = new Reader(bytes);
  const { primary, all } = avifLayout(bytes);
  const size = primary.find(({ name }) => name === 'ispe');
  if (!size) throw new HeaderError('corrupt', 'no picture size');
  // The picture of a grid has no coding of its own: then that of its tiles.
  const coding = [...primary, ...all].find(({ name }) => name === 'av1C');
  const flags = coding ? r.u8(coding.body + 2) : 0;
  const alpha = all.some(({ name }) => name === 'auxC');
  return {
    format: 'avif',
    width: r.u32(size.body + 4),
    height: r.u32(size.body + 8),
    jpeg: null,
    stored: { channels: alpha ? 4 : 3, bitDepth: flags & 0x40 ? (flags & 0x20 ? 12 : 10) : 8, frames: r.text(8, 4) === 'avis' ? 2 : 1, colour: 'rgb' },
    alpha,
    orientation: orientationOf(r, primary),
    icc: primary.some(({ name, body }) => name === 'colr' && ['prof', 'rICC'].includes(r.text(body, 4))),
  };
}

/** EXIF's number for a turn (`irot`: quarters against the clock) and, after it, a mirror (`imir`: 0 top and bottom, 1 left and right). */
const ORIENTATIONS = [
  [1, 4, 2],
  [8, 5, 7],
  [3, 2, 4],
  [6, 7, 5],
] as const;

function orientationOf(r: Reader, properties: readonly Box[]): number {
  const value = (name: string) => {
    const box = properties.find(each => each.name === name);
    return box && r.u8(box.body);
  };
  const mirror = value('imir');
  return ORIENTATIONS[(value('irot') ?? 0) & 3]![mirror === undefined ? 0 : 1 + (mirror & 1)]!;
}
