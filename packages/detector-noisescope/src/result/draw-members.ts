import type { Explanation } from '@syntrace/core';
import type { Found } from '../find.js';
import { THUMBNAIL_SIDE, type Thumbnail } from '../residuals/thumbnails.js';

const ACROSS = 8;
const DOWN = 4;
const GAP = 2;
const CELL = THUMBNAIL_SIDE + GAP;

/** Small copies of the members of a flagged cluster (number from 0) on one sheet, the best matches first: what they show in common is for eyes to say. Members
 *  without a small copy are left out; a sheet shows at most 32. */
export function drawMembers({ decisions, classified }: Found, fingerprint: number, thumbnails: readonly (Thumbnail | undefined)[]): readonly Explanation[] {
  const cluster = classified.filter(({ synthetic }) => synthetic)[fingerprint]?.cluster ?? [];
  const pceOf = (member: number) => decisions!.pce[member * decisions!.fingerprints.count + fingerprint]!;
  const shown = cluster.toSorted((a, b) => pceOf(b) - pceOf(a)).flatMap(member => thumbnails[member] ?? []);
  if (shown.length === 0) return [];
  const sheet = shown.slice(0, ACROSS * DOWN);
  return [
    {
      id: `fingerprint-${fingerprint + 1}.members`,
      title: 'Members of its cluster',
      description: `${sheet.length} of the ${cluster.length} pictures whose residuals were merged, those nearest to the fingerprint first.`,
      picture: sheetOf(sheet),
    },
  ];
}

function sheetOf(thumbnails: readonly Thumbnail[]): Explanation['picture'] {
  const across = Math.min(ACROSS, thumbnails.length);
  const [width, height] = [across * CELL - GAP, Math.ceil(thumbnails.length / across) * CELL - GAP];
  const data = new Uint8Array(4 * width * height);
  for (const [i, thumbnail] of thumbnails.entries()) {
    const left = (i % across) * CELL + ((THUMBNAIL_SIDE - thumbnail.width) >> 1);
    const top = Math.floor(i / across) * CELL + ((THUMBNAIL_SIDE - thumbnail.height) >> 1);
    place(thumbnail, data, width, left, top);
  }
  return { width, height, data };
}

/** Copies samples into a sheet of RGBA. */
function place({ width, height, channels, data }: Thumbnail, sheet: Uint8Array, sheetWidth: number, left: number, top: number): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = channels * (y * width + x);
      const to = 4 * ((top + y) * sheetWidth + left + x);
      for (let c = 0; c < 3; c++) sheet[to + c] = data[from + (channels === 1 ? 0 : c)]!;
      sheet[to + 3] = 255;
    }
}
