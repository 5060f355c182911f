import { decodeText } from '../file/decode-text.js';

const UNICODE = 'UNICODE\0';

/** EXIF UserComment: eight bytes name the character code (Exif 3.0 §4.6.6). Writers disagree on the byte order of `UNICODE`, so the text decides. */
export function readUserComment(data: Uint8Array, little: boolean): string {
  const code = String.fromCharCode(...data.subarray(0, 8));
  if (code !== UNICODE) return decodeText(/^(ASCII|JIS|\0{8})/.test(code) ? data.subarray(8) : data);
  const text = data.subarray(8);
  let [evenZeros, oddZeros] = [0, 0];
  for (let i = 0; i + 1 < Math.min(text.length, 512); i += 2) {
    if (text[i] === 0) evenZeros++;
    if (text[i + 1] === 0) oddZeros++;
  }
  if (evenZeros === oddZeros) return new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(text);
  return new TextDecoder(oddZeros > evenZeros ? 'utf-16le' : 'utf-16be').decode(text);
}
