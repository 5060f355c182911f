import type { Signal } from '@preact/signals';
import type { ColourMap, Explanation } from '@syntrace/core';
import { useEffect, useState } from 'preact/hooks';
import type { Drawing } from '../engine/protocol.js';
import { ramp } from '../state/ramps.js';
import { t } from '../words/translate.js';
import { Canvas } from './canvas.js';
import { Frame } from './frame.js';
import type { View } from './zoom.js';

/** A drawing with its title, its sentence and the meaning of its colours. */
export function ExplanationFigure({ explanation, view }: { explanation: Explanation; view: Signal<View> }) {
  const { title, description, picture, scale } = explanation;
  return (
    <figure class="map">
      <figcaption>{title}</figcaption>
      <Frame label={title} width={picture.width} height={picture.height} view={view}>
        <Canvas drawing={picture} label={title} />
      </Frame>
      {scale && <Scale {...scale} />}
      <p class="about">{description}</p>
    </figure>
  );
}

function Scale({ low, high, map }: NonNullable<Explanation['scale']>) {
  return (
    <p class="scale">
      <span>
        <span class="unseen">{t('scale-low')} </span>
        {low}
      </span>
      {map && <Ramp map={map} />}
      <span>
        <span class="unseen">{t('scale-high')} </span>
        {high}
      </span>
    </p>
  );
}

function Ramp({ map }: { map: ColourMap }) {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  useEffect(() => {
    let wanted = true;
    void ramp(map).then(made => wanted && setDrawing(made));
    return () => {
      wanted = false;
    };
  }, [map]);
  return <span class="ramp">{drawing && <Canvas drawing={drawing} />}</span>;
}
