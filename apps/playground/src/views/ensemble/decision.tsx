import type { Combine, EnsembleSpec } from '@syntrace/core';
import { NumberField } from '../../parts/number-field.js';
import { t } from '../../words/translate.js';

interface Editing {
  readonly spec: EnsembleSpec;
  readonly change: (next: Partial<EnsembleSpec>) => void;
}

/** Ways that can be chosen here; a cascade has bands, which are fitted. */
const METHODS = ['mean', 'stacker', 'max', 'vote'] as const;

const combineBy = (method: (typeof METHODS)[number]): Combine => (method === 'stacker' ? { method, bias: 0 } : { method });

/** How the members' answers become one: mean, stacker, highest or votes, calibration, threshold, and where no verdict is given. */
export function Decision({ spec, change }: Editing) {
  const { combine, calibration, threshold, abstention } = spec;
  return (
    <fieldset class="decision">
      <legend>{t('decision')}</legend>
      <label class="field">
        <span>{t('combine')}</span>
        <select value={combine.method} onChange={event => change({ combine: combineBy(event.currentTarget.value as (typeof METHODS)[number]) })}>
          {METHODS.map(method => (
            <option key={method} value={method}>
              {t(`combine-${method}`)}
            </option>
          ))}
          {combine.method === 'cascade' && <option value="cascade">{t('combine-cascade')}</option>}
        </select>
      </label>
      {combine.method === 'cascade' && <p class="quiet">{t('cascade-about')}</p>}
      {combine.method === 'stacker' && (
        <NumberField label={t('bias')} value={combine.bias} step={0.1} onChange={bias => change({ combine: { method: 'stacker', bias } })} />
      )}
      <NumberField label={t('threshold')} value={threshold} step={0.1} onChange={value => change({ threshold: value })} />
      <Optional label={t('band')} given={abstention !== null} onToggle={given => change({ abstention: given ? [threshold - 0.5, threshold + 0.5] : null })}>
        {abstention && (
          <>
            <NumberField
              label={t('band-low')}
              value={abstention[0]}
              step={0.1}
              most={abstention[1]}
              onChange={low => change({ abstention: [low, abstention[1]] })}
            />
            <NumberField
              label={t('band-high')}
              value={abstention[1]}
              step={0.1}
              least={abstention[0]}
              onChange={high => change({ abstention: [abstention[0], high] })}
            />
          </>
        )}
      </Optional>
      <Optional
        label={t('calibration')}
        given={calibration !== null}
        onToggle={given => change({ calibration: given ? { method: 'platt', slope: 1, intercept: 0 } : null })}
      >
        {calibration?.method === 'isotonic' && <p class="quiet">{t('calibration-isotonic', { points: calibration.scores.length })}</p>}
        {calibration?.method === 'platt' && (
          <>
            <NumberField label={t('slope')} value={calibration.slope} step={0.1} onChange={slope => change({ calibration: { ...calibration, slope } })} />
            <NumberField
              label={t('intercept')}
              value={calibration.intercept}
              step={0.1}
              onChange={intercept => change({ calibration: { ...calibration, intercept } })}
            />
          </>
        )}
      </Optional>
    </fieldset>
  );
}

interface OptionalProps {
  readonly label: string;
  readonly given: boolean;
  readonly onToggle: (given: boolean) => void;
  readonly children: preact.ComponentChildren;
}

const Optional = ({ label, given, onToggle, children }: OptionalProps) => (
  <div class="optional">
    <label class="check">
      <input type="checkbox" checked={given} onChange={event => onToggle(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
    {children}
  </div>
);
