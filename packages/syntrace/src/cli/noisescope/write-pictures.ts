import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kernels } from '@syntrace/core';
import { drawFingerprint, drawMembers, drawPublished, type Found, type HeldResiduals, type Thumbnail } from '@syntrace/detector-noisescope';
import { encodePng } from '@syntrace/image-io';

/** Writes each fingerprint as `NAME-n.png` (signed, in colour), `NAME-n.published.png` (clipped to 0…1, grey) and `NAME-n.spectrum.png`. */
export async function writePictures(
  folder: string,
  { height, width, maps }: HeldResiduals,
  kernels: Kernels,
  name = 'fingerprint',
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const [i, map] of maps.entries()) {
    const id = `${name}-${i + 1}`;
    const drawn = await drawFingerprint(map, height, width, id, kernels);
    const pictures = [
      ...drawn.map(({ id: file, picture }) => ({ file, picture })),
      { file: `${id}.published`, picture: await drawPublished(map, height, width, kernels) },
    ];
    for (const { file, picture } of pictures) {
      const path = join(folder, `${file}.png`);
      await writeFile(path, await encodePng(picture));
      written.push(path);
    }
  }
  return written;
}

/** Writes the members of each flagged cluster as `fingerprint-n.members.png`. */
export async function writeSheets(folder: string, found: Found, thumbnails: readonly (Thumbnail | undefined)[]): Promise<void> {
  for (let i = 0; i < (found.decisions?.fingerprints.count ?? 0); i++)
    for (const { id, picture } of drawMembers(found, i, thumbnails)) await writeFile(join(folder, `${id}.png`), await encodePng(picture));
}
