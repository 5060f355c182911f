import { additions } from '../../state/engines.js';
import { removeDetectors } from '../../state/queue.js';
import { t } from '../../words/translate.js';

/** What the user added, each with a button that takes it back. */
export function AdditionsList() {
  return (
    <ul class="detector-list">
      {additions.value.map((addition, i) => (
        <li key={`${addition.name} ${i}`}>
          <strong>{addition.name}</strong> <span class="quiet">{t(`added-${addition.kind}`)}</span>{' '}
          <button type="button" class="small" aria-label={t('remove', { name: addition.name })} onClick={() => removeDetectors(addition)}>
            {t('take-back')}
          </button>
        </li>
      ))}
    </ul>
  );
}
