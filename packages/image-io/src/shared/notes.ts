import type { Warning } from '@syntrace/core';
import type { FileFacts } from '../inspect/facts.js';

/** One warning for each step between what is stored and what a detector sees. */
export function notesOf(facts: FileFacts): Warning[] {
  const { stored, alpha, orientation, icc } = facts;
  const notes: Warning[] = [];
  const note = (code: string, message: string) => notes.push({ code, message });
  if (stored.frames > 1)
    note(
      'IMAGE_FIRST_FRAME',
      facts.format === 'avif' ? 'an image sequence; its first frame is judged' : `${stored.frames} frames or pages; the first is judged`,
    );
  if (stored.colour === 'palette') note('IMAGE_PALETTE', 'a palette picture (at most 256 colours); traces suffer from that');
  if (stored.colour === 'cmyk') note('IMAGE_CMYK', 'CMYK became RGB as R = (255 − C)·(255 − K)/255');
  if (stored.bitDepth > 8) note('IMAGE_16_BIT', `${stored.bitDepth} bits a sample; the upper 8 are judged`);
  if (alpha) note('IMAGE_ALPHA_DROPPED', 'the alpha channel was dropped, colours were not blended');
  if (orientation !== 1) note('IMAGE_ORIENTATION', `EXIF orientation ${orientation} is applied for display only`);
  if (icc) note('IMAGE_ICC', 'the colour profile was not applied: samples are judged as stored');
  return notes;
}
