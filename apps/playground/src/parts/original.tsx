import type { Signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { Picture } from '../state/pictures.js';
import { t } from '../words/translate.js';
import { Frame } from './frame.js';
import type { View } from './zoom.js';

/** The picture itself as stored, without its EXIF orientation, so that it lies as the drawings do. What the browser cannot show is shown small. */
export function Original({ picture, view }: { picture: Picture; view: Signal<View> }) {
  const [address, setAddress] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(picture.file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  const facts = picture.facts.value;
  const shown = refused ? picture.preview.value : address;
  if (!facts || !shown) return null;
  return (
    <figure class="map">
      <figcaption>{t('original')}</figcaption>
      <Frame label={t('original')} width={facts.width} height={facts.height} view={view}>
        <img class="stored" src={shown} alt={picture.name} decoding="async" onError={() => setRefused(true)} />
      </Frame>
      <p class="about">{t('original-about')}</p>
    </figure>
  );
}
