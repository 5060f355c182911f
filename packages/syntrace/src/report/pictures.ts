import { colourScale } from './colour-scale.js';
import type { ReportPicture } from './entry.js';
import { type Html, html } from './html.js';

/** The page opens offline and fetches nothing, so a picture that isn't inside it is left out. */
const isInside = ({ url }: ReportPicture): boolean => /^data:image\/(png|jpeg|webp|gif);/i.test(url);

/** The small copy of what was judged at `path`. */
export function thumbnail(picture: ReportPicture | null, path: string): Html {
  if (!picture || !isInside(picture)) return html`<div class="thumbnail none">no preview</div>`;
  const { url, width, height } = picture;
  return html`<div class="thumbnail"><img src="${url}" width="${width}" height="${height}" alt="Preview of ${path}" loading="lazy" decoding="async"></div>`;
}

/** A heat map at a fixed size, its samples as blocks, with its words. */
export function explanation(picture: ReportPicture): Html | null {
  if (!isInside(picture)) return null;
  const { title, description, url, width, height, scale } = picture;
  return html`<figure class="map"><figcaption>${title}</figcaption><img src="${url}" width="${width}" height="${height}" alt="${title}" loading="lazy" decoding="async">${scale && colourScale(scale)}<p class="about">${description}</p></figure>`;
}
