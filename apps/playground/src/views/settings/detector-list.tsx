import { detectors } from '../../state/engines.js';
import { memberIds } from '../../state/ensemble.js';
import { t } from '../../words/translate.js';

/** Everything that is registered, and whether it judges. */
export const DetectorList = () => (
  <section aria-labelledby="detector-list">
    <h2 id="detector-list">{t('detectors')}</h2>
    <ul class="detector-list">
      {detectors.value.map(({ id, version, plugin, description, unit, byDefault, importable }) => (
        <li key={id}>
          <strong>{id}</strong>{' '}
          <span class="quiet">
            {plugin} {version}
          </span>
          <span class="tag">
            {unit === 'collection'
              ? t('judges-piles')
              : memberIds.value.includes(id)
                ? t('judges')
                : !byDefault && importable
                  ? t('member-when-chosen')
                  : t('judges-not')}
          </span>
          <p>{description}</p>
        </li>
      ))}
    </ul>
  </section>
);
