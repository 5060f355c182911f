import { colourScale } from './colour-scale.js';
import type { ReportPicture } from './entry.js';
import { type Html, html } from './html.js';

/** The page opens offline and fetches nothing, so a picture that isn't inside it is left out. */
const isInside = ({ url }: ReportPicture): boolean => /^data:image\/(png|jpeg|webp|gif);/i.test(url);

export function thumbnail(picture: ReportPicture | null): Html {
  if (!picture || !isInside(picture)) return html`<div class="thumbnail none">no preview</div>`;
  const { title, url, width, height } = picture;
  return html`<div class="thumbnail"><img src="${url}" width="${width}" height="${height}" alt="Preview of ${title}" loading="lazy" decoding="async"></div>`;
}

export function explanation(picture: ReportPicture): Html | null {
  if (!isInside(picture)) return null;
  const { title, description, url, width, height, scale } = picture;
  return html`<figure class="map"><figcaption>${title}</figcaption><img src="${url}" width="${width}" height="${height}" alt="${title}" loading="lazy" decoding="async">${scale && colourScale(scale)}<p class="about">${description}</p></figure>`;
}
