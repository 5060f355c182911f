import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import known from './digests.json' with { type: 'json' };

/** Digits kept of each digest: 32 bits. */
const LENGTH = 8;
/** The first tables of a file are what the list was made of. */
const MOST_SEGMENTS = 4;

/** Cameras and programs known to write these table segments, in the order of their numbers; empty when none is. The list is ExifTool's (see `digests.json`). */
export function writersByDigest(segments: ReadonlyMap<number, Uint8Array>): readonly string[] {
  const present = [...segments].filter(([number]) => number < MOST_SEGMENTS).sort(([a], [b]) => a - b);
  // ExifTool puts a zero between segments.
  const bytes = present.flatMap(([, segment], i) => [...(i > 0 ? [0] : []), ...segment]);
  const digest = bytesToHex(md5(Uint8Array.from(bytes))).slice(0, LENGTH);
  return Object.entries(known.digests).flatMap(([names, digests]) => (holds(digests, digest) ? names.split('; ') : []));
}

function holds(digests: string, wanted: string): boolean {
  for (let at = digests.indexOf(wanted); at >= 0; at = digests.indexOf(wanted, at + 1)) if (at % LENGTH === 0) return true;
  return false;
}
