import { settings } from '../state/engines.js';
import { offline } from '../state/offline.js';
import { LICENCES, SAMPLES } from '../state/samples.js';
import { t } from '../words/translate.js';

export function Footer() {
  const { server } = settings.value;
  return (
    <footer class="bottom">
      <p>{server ? t('sent-to', { address: server.address }) : t('private')}</p>
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
