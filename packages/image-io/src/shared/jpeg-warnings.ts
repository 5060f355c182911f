/** Bytes behind the last scan's data, which some cameras write: the only warning of libjpeg's that costs no sample and that cannot be taken out
 *  beforehand (`withoutQuirks`). libvips never hears of it; nothing comes after it. Every other one means that libjpeg made samples up. */
const HARMLESS = /extraneous bytes before marker 0xd9/i;
const CUT = /premature end/i;

/** What libjpeg's words (a warning a line) mean for the picture. */
export function judgeJpegWarning(words: string): 'harmless' | 'truncated' | 'corrupt' {
  const lines = words.split('\n').filter(line => line.trim());
  if (lines.length > 0 && lines.every(line => HARMLESS.test(line))) return 'harmless';
  return CUT.test(words) ? 'truncated' : 'corrupt';
}
