import { useSignal } from '@preact/signals';
import { ProblemNote } from '../../parts/problem.js';
import { TextField } from '../../parts/text-field.js';
import { useAttempt } from '../../parts/use-attempt.js';
import { settings } from '../../state/engines.js';
import { judgeOn } from '../../state/queue.js';
import { t } from '../../words/translate.js';

/** Which machine judges: this one, or a Syntrace server that the pictures are sent to. */
export function Server() {
  const { busy, said, problem, attempt } = useAttempt();
  const { server } = settings.value;
  const address = useSignal(server?.address ?? '');
  const key = useSignal(server?.key ?? '');
  const send = () =>
    attempt(async () => {
      const url = URL.parse(address.value.trim(), location.href);
      if (!url || !/^https?:$/.test(url.protocol)) throw new Error(t('server-no-address'));
      await judgeOn({ address: url.href.replace(/\/$/, ''), key: key.value.trim() });
      return '';
    });
  return (
    <section aria-labelledby="server" aria-busy={busy}>
      <h2 id="server">{t('server')}</h2>
      <p role="status">{busy ? t('working') : said || (server ? t('server-in-use', { address: server.address }) : t('server-not'))}</p>
      <p class="quiet">{t('server-about')}</p>
      <form
        class="choices"
        onSubmit={event => {
          event.preventDefault();
          void send();
        }}
      >
        <TextField label={t('server-address')} kind="url" placeholder="https://…" text={address} />
        <TextField label={t('server-key')} kind="password" text={key} />
        <button type="submit" class="button" disabled={busy}>
          {t('server-use')}
        </button>
        {server && (
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() =>
              void attempt(async () => {
                await judgeOn(null);
                return '';
              })
            }
          >
            {t('server-back')}
          </button>
        )}
      </form>
      {problem && <ProblemNote problem={problem} />}
    </section>
  );
}
