import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../words/translate.js';
import { attachZoom, keyMoves, type View, WHOLE, zoomBy } from './zoom.js';

interface FrameProps {
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly view: Signal<View>;
  readonly children: ComponentChildren;
}

/** A picture that can be enlarged and moved, together with all frames of the same view. */
export function Frame({ label, width, height, view, children }: FrameProps) {
  const frame = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => attachZoom(frame.current!, content.current!, view), [view]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.ctrlKey && !event.metaKey && keyMoves(view, event.key)) event.preventDefault();
  };
  return (
    <div
      ref={frame}
      role="application"
      class="frame"
      style={{ aspectRatio: `${width} / ${height}` }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys that enlarge and move
      tabIndex={0}
      aria-label={`${label}. ${t('frame-keys')}`}
      onKeyDown={onKeyDown}
    >
      <div ref={content} class="content">
        {children}
      </div>
    </div>
  );
}

export function ZoomButtons({ view }: { view: Signal<View> }) {
  return (
    <fieldset class="zoom">
      <legend class="unseen">{t('zoom')}</legend>
      <button type="button" class="small" aria-label={t('zoom-in')} title={t('zoom-in')} onClick={() => zoomBy(view, 1.5)}>
        +
      </button>
      <button type="button" class="small" aria-label={t('zoom-out')} title={t('zoom-out')} onClick={() => zoomBy(view, 1 / 1.5)}>
        −
      </button>
      <button
        type="button"
        class="small"
        onClick={() => {
          view.value = WHOLE;
        }}
      >
        {t('zoom-whole')}
      </button>
      <span class="quiet" aria-live="polite">
        {view.value.k > 1 ? `${view.value.k.toFixed(1)}×` : ''}
      </span>
    </fieldset>
  );
}
