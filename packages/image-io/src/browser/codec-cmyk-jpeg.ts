import { cmykToRgb } from '../shared/cmyk.js';
import type { Picture } from '../shared/picture.js';
import { divisionOf } from './cmyk-jpeg/layout.js';
import { selectComponents } from './cmyk-jpeg/select-components.js';

/** CMYK and YCCK, with libjpeg-turbo's samples: the file is divided into two of three components, which the browser build reads.
 *  @returns RGB, by the formula of `cmykToRgb`  @throws Error with libjpeg's words, HeaderError */
export async function decodeCmykJpeg(bytes: Uint8Array): Promise<Picture> {
  const { decodeJpeg } = await import('./codec-jpeg.js');
  const { colours, key, ycck } = divisionOf(bytes);
  const { width, height, data } = await decodeJpeg(selectComponents(bytes, colours, ycck ? 1 : 0));
  const { data: withKey } = await decodeJpeg(selectComponents(bytes, key, 0));
  // Stored are Adobe's inverted values, 255 − ink; of YCCK, libjpeg's C is 255 − R.
  const flip = ycck ? 0 : 255;
  const ink = new Uint8Array(data.length);
  for (let i = 0; i < ink.length; i += 4) {
    for (let c = 0; c < 3; c++) ink[i + c] = flip ^ data[i + c]!;
    ink[i + 3] = 255 ^ withKey[i + 2]!;
  }
  return { width, height, data: cmykToRgb(ink) };
}
