import { FileButton } from '../../parts/file-buttons.js';
import { NumberField } from '../../parts/number-field.js';
import { setter } from '../../parts/setter.js';
import { pictures } from '../../state/pictures.js';
import { MOST, options, pile, progress, reference, run } from '../../state/pile.js';
import { t, tn } from '../../words/translate.js';

const WINDOWS = [128, 256, 512] as const;

/** What is compared, and how. */
export function PileForm() {
  const { window, minimumCluster, mergeThreshold } = options.value;
  const set = (next: Partial<typeof options.value>) => {
    options.value = { ...options.value, ...next };
  };
  const tooMany = pile.value.length > MOST;
  return (
    <div class="pile-form">
      <fieldset>
        <legend>{t('pile-pictures')}</legend>
        <p role="status">{tn('pictures-chosen', pile.value.length)}</p>
        <p class="buttons">
          <FileButton label={t('pile-choose')} onFiles={setter(pile)} main />
          <FileButton label={t('pile-folder')} onFiles={setter(pile)} folder />
          {pictures.value.length > 1 && (
            <button
              type="button"
              class="button"
              onClick={() => {
                pile.value = pictures.value.map(({ name, file }) => ({ name, file }));
              }}
            >
              {tn('pile-take', pictures.value.length)}
            </button>
          )}
        </p>
      </fieldset>
      <fieldset>
        <legend>{t('pile-reference')}</legend>
        <p class="quiet">{t('pile-reference-about')}</p>
        <p role="status">{tn('pictures-chosen', reference.value.length)}</p>
        <p class="buttons">
          <FileButton label={t('pile-reference-choose')} onFiles={setter(reference)} />
          <FileButton label={t('pile-reference-folder')} onFiles={setter(reference)} folder />
        </p>
      </fieldset>
      <fieldset>
        <legend>{t('pile-settings')}</legend>
        <label class="field">
          <span>{t('pile-window')}</span>
          <select
            value={window ?? 'whole'}
            onChange={event => set({ window: event.currentTarget.value === 'whole' ? null : Number(event.currentTarget.value) })}
          >
            {WINDOWS.map(side => (
              <option key={side} value={side}>
                {t('pile-middle', { side })}
              </option>
            ))}
            <option value="whole">{t('pile-whole')}</option>
          </select>
        </label>
        <NumberField label={t('pile-minimum')} value={minimumCluster} least={2} onChange={value => set({ minimumCluster: Math.round(value) })} />
        <label class="field number">
          <span>{t('pile-threshold')}</span>
          <input
            type="number"
            min={0}
            step={0.5}
            placeholder={t('automatic')}
            value={mergeThreshold ?? ''}
            onChange={event => {
              const { valueAsNumber } = event.currentTarget;
              set({ mergeThreshold: Number.isFinite(valueAsNumber) && valueAsNumber >= 0 ? valueAsNumber : null });
            }}
          />
        </label>
      </fieldset>
      {tooMany && <p class="problem">{t('pile-too-many', { most: MOST })}</p>}
      <p>
        <button type="button" class="button main" disabled={pile.value.length < 2 || tooMany || progress.value !== null} onClick={() => void run()}>
          {t('pile-run')}
        </button>
      </p>
    </div>
  );
}
