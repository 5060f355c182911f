import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { FileButton } from '../../parts/file-buttons.js';
import { ProblemNote } from '../../parts/problem.js';
import { TextField } from '../../parts/text-field.js';
import { useAttempt } from '../../parts/use-attempt.js';
import { addDetectors } from '../../state/queue.js';
import { t } from '../../words/translate.js';

interface Wanted {
  readonly name: string;
  readonly address: string;
}

/** A detector that somebody else wrote. It is loaded only after a warning, as it can do whatever this page can. */
export function Plugins() {
  const { busy, said, problem, attempt } = useAttempt();
  const wanted = useSignal<Wanted | null>(null);
  const address = useSignal('');
  const dialog = useRef<HTMLDialogElement>(null);
  const warn = (next: Wanted) => {
    wanted.value = next;
    dialog.current?.showModal();
  };
  const load = ({ name, address: at }: Wanted) =>
    attempt(async () => {
      const added = await addDetectors({ kind: 'plugin', name, address: at });
      return t('plugin-loaded', { name, ids: added.map(({ id }) => id).join(', ') || t('plugin-no-detector') });
    });
  const ask = () => {
    const url = URL.parse(address.value.trim(), location.href);
    if (url && /^https?:$/.test(url.protocol)) warn({ name: url.href, address: url.href });
    else void attempt(() => Promise.reject(new Error(t('plugin-no-address'))));
  };
  return (
    <section aria-labelledby="plugins" aria-busy={busy}>
      <h2 id="plugins">{t('plugins')}</h2>
      <p class="quiet">{t('plugins-about')}</p>
      <form
        class="choices"
        onSubmit={event => {
          event.preventDefault();
          ask();
        }}
      >
        <TextField label={t('plugin-address')} kind="url" placeholder="https://…/plugin.js" text={address} />
        <button type="submit" class="button">
          {t('plugin-load')}
        </button>
        <FileButton
          label={t('plugin-file')}
          multiple={false}
          accept=".js,.mjs"
          onFiles={([file]) => file && warn({ name: file.name, address: URL.createObjectURL(new Blob([file.file], { type: 'text/javascript' })) })}
        />
      </form>
      <p role="status">{busy ? t('working') : said}</p>
      {problem && <ProblemNote problem={problem} />}
      <Warning
        dialog={dialog}
        name={wanted.value?.name ?? ''}
        onLoad={() => {
          if (wanted.value) void load(wanted.value);
        }}
      />
    </section>
  );
}

function Warning({ dialog, name, onLoad }: { dialog: preact.RefObject<HTMLDialogElement | null>; name: string; onLoad: () => void }) {
  const understood = useSignal(false);
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      aria-labelledby="plugin-warning"
      onClose={() => {
        understood.value = false;
      }}
    >
      <h2 id="plugin-warning">{t('plugin-warning')}</h2>
      <p class="address">{name}</p>
      <p>{t('plugin-warning-about')}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={understood.value}
          onChange={event => {
            understood.value = event.currentTarget.checked;
          }}
        />
        <span>{t('plugin-understood')}</span>
      </label>
      <p class="buttons">
        <button
          type="button"
          class="button danger"
          disabled={!understood.value}
          onClick={() => {
            close();
            onLoad();
          }}
        >
          {t('plugin-load')}
        </button>
        <button type="button" class="button" onClick={close}>
          {t('cancel')}
        </button>
      </p>
    </dialog>
  );
}
