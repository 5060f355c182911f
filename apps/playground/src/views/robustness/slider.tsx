import { type Kind, SCALES } from '../../state/robustness.js';
import { number, percent, t } from '../../words/translate.js';

interface SliderProps {
  readonly kind: Kind;
  readonly value: number;
  readonly current: boolean;
  readonly onChange: (value: number) => void;
  readonly onFocus: () => void;
}

/** A strength in its own unit. */
export function strengthText(kind: Kind, value: number): string {
  if (value === SCALES[kind].neutral) return t('unchanged');
  if (kind === 'crop') return percent(value);
  return t(`unit-${kind}`, { value: number(value) });
}

export function Slider({ kind, value, current, onChange, onFocus }: SliderProps) {
  const { least, most, step } = SCALES[kind];
  const id = `slider-${kind}`;
  return (
    <div class={`slider${current ? ' current' : ''}`}>
      <label for={id}>{t(`change-${kind}`)}</label>
      <output for={id}>{strengthText(kind, value)}</output>
      <input
        id={id}
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={strengthText(kind, value)}
        onInput={event => onChange(Number(Number(event.currentTarget.value).toFixed(2)))}
        onFocus={onFocus}
      />
    </div>
  );
}
