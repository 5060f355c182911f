import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Drawing } from '../../engine/protocol.js';
import { Canvas } from '../../parts/canvas.js';
import { Frame, ZoomButtons } from '../../parts/frame.js';
import { newView } from '../../parts/zoom.js';
import type { Picture } from '../../state/pictures.js';
import { lookOf, type Strengths } from '../../state/robustness.js';
import { t } from '../../words/translate.js';

/** Sliders move faster than pictures can be made. */
const REST_MS = 120;

/** How the changed picture looks. */
export function ChangedLook({ picture, strengths }: { picture: Picture; strengths: Strengths }) {
  const drawing = useSignal<Drawing | null>(null);
  const view = useMemo(newView, []);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(async () => {
      const made = await lookOf(picture, strengths).catch(() => null);
      if (wanted) drawing.value = made;
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [picture, JSON.stringify(strengths)]);
  const shown = drawing.value;
  if (!shown) return null;
  return (
    <figure class="map changed">
      <figcaption>
        {t('changed-picture')} <ZoomButtons view={view} />
      </figcaption>
      <Frame label={t('changed-picture')} width={shown.width} height={shown.height} view={view}>
        <Canvas drawing={shown} label={t('changed-picture')} />
      </Frame>
    </figure>
  );
}
