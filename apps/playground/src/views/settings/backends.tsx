import { useSignal } from '@preact/signals';
import type { BackendReport, ProviderReport } from '@syntrace/core';
import { useEffect } from 'preact/hooks';
import type { BackendsReport, EngineSettings, Problem } from '../../engine/protocol.js';
import { problemOf } from '../../engine/rpc.js';
import { ProblemNote } from '../../parts/problem.js';
import { Scroll } from '../../parts/scroll.js';
import { TableHead } from '../../parts/table-head.js';
import { additions, ask, configure, settings } from '../../state/engines.js';
import { t } from '../../words/translate.js';

/** Which backend computes, which runs models, and why each of the others is not taken. */
export function Backends() {
  const report = useSignal<BackendsReport | null>(null);
  const problem = useSignal<Problem | null>(null);
  const busy = useSignal(false);
  useEffect(() => {
    ask(engine => engine.backends()).then(
      found => {
        report.value = found;
      },
      (error: unknown) => {
        problem.value = problemOf(error);
      },
    );
  }, [settings.value, additions.value]);
  const choose = async (change: Partial<EngineSettings>) => {
    problem.value = null;
    busy.value = true;
    await configure(change).catch((error: unknown) => {
      problem.value = problemOf(error);
    });
    busy.value = false;
  };
  const found = report.value;
  return (
    <section aria-labelledby="backends">
      <h2 id="backends">{t('backends')}</h2>
      {!found ? (
        <p class="quiet">{t('asking')}</p>
      ) : (
        <>
          <p role="status">
            {t('backend-in-use', { id: found.inUse, cores: found.cores })} {t(found.isolated ? 'isolated' : 'not-isolated')}
          </p>
          <div class="choices">
            <Choice
              label={t('backend')}
              value={settings.value.backend}
              ids={found.backends.map(({ id }) => id)}
              busy={busy.value}
              onChoose={backend => void choose({ backend })}
            />
            <Choice
              label={t('provider')}
              value={settings.value.provider}
              ids={found.providers.map(({ id }) => id)}
              busy={busy.value}
              onChoose={provider => void choose({ provider })}
            />
          </div>
          <Reasons found={found} />
        </>
      )}
      {problem.value && <ProblemNote problem={problem.value} />}
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly ids: readonly string[];
  readonly busy: boolean;
  readonly onChoose: (id: string) => void;
}

const Choice = ({ label, value, ids, busy, onChoose }: ChoiceProps) => (
  <label class="field">
    <span>{label}</span>
    <select value={value} disabled={busy} onChange={event => onChoose(event.currentTarget.value)}>
      {['auto', ...ids].map(id => (
        <option key={id} value={id}>
          {id === 'auto' ? t('automatic') : id}
        </option>
      ))}
    </select>
  </label>
);

const Reasons = ({ found }: { found: BackendsReport }) => (
  <Scroll label={t('why')}>
    <table>
      <TableHead columns={[t('kind'), t('state'), t('why')]} />
      <tbody>
        {found.backends.map(each => (
          <Reason key={each.id} what={t('backend')} report={each} inUse={each.id === found.inUse} />
        ))}
        {found.providers.map(each => (
          <Reason key={each.id} what={t('provider')} report={each} inUse={each.chosen} />
        ))}
      </tbody>
    </table>
  </Scroll>
);

const Reason = ({ what, report: { id, availability }, inUse }: { what: string; report: BackendReport | ProviderReport; inUse: boolean }) => (
  <tr>
    <th scope="row">
      {what} {id}
    </th>
    <td>{t(inUse ? 'in-use' : availability.ok ? 'available' : 'unavailable')}</td>
    <td>{availability.ok ? availability.detail : `${availability.message}. ${availability.hint}`}</td>
  </tr>
);
