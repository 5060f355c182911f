import { offline } from '../state/offline.js';
import { LICENCES, SAMPLES } from '../state/samples.js';
import { t } from '../words/translate.js';

export function Footer() {
  return (
    <footer class="bottom">
      <p>{t('private')}</p>
      <p role="status">{t(`offline-${offline.value}`)}</p>
      <details>
        <summary>{t('credits')}</summary>
        <ul class="credits">
          {SAMPLES.map(({ name, title, author, licence, generator }) => (
            <li key={name}>
              {name}: {title}, {author}, {licence}
              {generator && ` (${t('credits-through', { generator })})`}
            </li>
          ))}
        </ul>
        <p>
          <a href={LICENCES} target="_blank" rel="noreferrer">
            {t('credits-licences')}
          </a>
        </p>
      </details>
    </footer>
  );
}
