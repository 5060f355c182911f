/** libjpeg's warnings that cost no sample: bytes between segments, odd version numbers and scan parameters (some cameras write them).
 *  Every other warning means that libjpeg made samples up. */
const HARMLESS = /extraneous bytes before marker|unknown JFIF revision|Invalid SOS parameters|Unknown Adobe color transform/i;
const CUT = /premature end/i;

/** What libjpeg's words (a warning a line) mean for the picture. */
export function judgeJpegWarning(words: string): 'harmless' | 'truncated' | 'corrupt' {
  const lines = words.split('\n').filter(line => line.trim());
  if (lines.length > 0 && lines.every(line => HARMLESS.test(line))) return 'harmless';
  return CUT.test(words) ? 'truncated' : 'corrupt';
}
