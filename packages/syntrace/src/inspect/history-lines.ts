import type { Inspection } from './inspection.js';

/** How the picture was stored, last and before, as far as that shows. */
export function historyLines({ jpeg, pixels }: Inspection): string[] {
  const lines: string[] = [];
  if (jpeg) {
    const quality = jpeg.standardTables ? `quality ${jpeg.quality}` : `about quality ${jpeg.quality}, with tables of its own`;
    lines.push(`last: JPEG of ${quality}, chroma ${jpeg.subsampling}, ${jpeg.progressive ? 'progressive' : 'baseline'}`);
  }
  if (pixels) lines.push(earlierLine(pixels.earlierEncode, jpeg !== null));
  return lines;
}

function earlierLine(earlier: NonNullable<Inspection['pixels']>['earlierEncode'], isJpeg: boolean): string {
  if (!earlier) return isJpeg ? 'earlier: none shows; one that was finer than the last would be hidden by it' : 'earlier: no JPEG encode shows';
  const { quality, x, y } = earlier;
  const moved = x === 0 && y === 0 ? 'on the same grid' : `on a grid that starts ${x} columns and ${y} rows in, so the picture was cropped since`;
  return `earlier: JPEG of about quality ${quality}, ${moved}; most honest pictures were saved more than once`;
}
