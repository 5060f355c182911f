/** libjpeg's warnings that cost no sample: bytes between segments, odd version numbers and scan parameters (some cameras write them).
 *  Every other warning means that libjpeg made samples up. */
const HARMLESS = /extraneous bytes before marker|unknown JFIF revision|Invalid SOS parameters|Unknown Adobe color transform/i;
const CUT = /premature end/i;

/** What libjpeg's first warning means for the picture. */
export function judgeJpegWarning(words: string): 'harmless' | 'truncated' | 'corrupt' {
  if (HARMLESS.test(words)) return 'harmless';
  return CUT.test(words) ? 'truncated' : 'corrupt';
}
