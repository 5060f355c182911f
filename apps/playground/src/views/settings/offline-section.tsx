import { useAttempt } from '../../parts/use-attempt.js';
import { keepEverything, offline } from '../../state/offline.js';
import { t } from '../../words/translate.js';

/** What is kept on this device, and the large parts that are kept only on request. */
export function OfflineSection() {
  const { busy, said, attempt } = useAttempt();
  const able = offline.value === 'ready' || offline.value === 'everything';
  return (
    <section aria-labelledby="offline">
      <h2 id="offline">{t('offline')}</h2>
      <p>{t(`offline-${offline.value}`)}</p>
      {able && offline.value !== 'everything' && (
        <p>
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() => void attempt(async () => t((await keepEverything()) ? 'offline-everything' : 'offline-failed'))}
          >
            {t('offline-keep')}
          </button>
        </p>
      )}
      <p role="status">{busy ? t('working') : said}</p>
    </section>
  );
}
