import { useSignal } from '@preact/signals';
import { type EnsembleSpec, parseEnsemble } from '@syntrace/core';
import type { Problem } from '../../engine/protocol.js';
import { problemOf } from '../../engine/rpc.js';
import { FileButton } from '../../parts/file-buttons.js';
import { ProblemNote } from '../../parts/problem.js';
import { download } from '../../state/download.js';
import { composed } from '../../state/ensemble.js';
import { t } from '../../words/translate.js';

/** The JSON that the SDK and the command read. */
export const jsonOf = (spec: EnsembleSpec): string => `${JSON.stringify(spec, null, 2)}\n`;

export function Exchange({ spec }: { spec: EnsembleSpec }) {
  const problem = useSignal<Problem | null>(null);
  const said = useSignal('');
  const text = jsonOf(spec);
  const importText = (json: string) => {
    try {
      composed.value = parseEnsemble(json);
      problem.value = null;
      said.value = t('imported', { id: composed.value.id });
    } catch (error) {
      problem.value = problemOf(error);
      said.value = '';
    }
  };
  return (
    <section aria-labelledby="exchange">
      <h2 id="exchange">{t('json')}</h2>
      <p class="quiet">{t('json-about')}</p>
      <p class="buttons">
        <button type="button" class="button" onClick={() => download(`${spec.id}.json`, new TextEncoder().encode(text), 'application/json')}>
          {t('export')}
        </button>
        <FileButton label={t('import')} multiple={false} accept="application/json,.json" onFiles={([file]) => void file?.file.text().then(importText)} />
      </p>
      {problem.value && <ProblemNote problem={problem.value} />}
      <p role="status">{said.value}</p>
      <details>
        <summary>{t('json-show')}</summary>
        <pre class="json">{text}</pre>
      </details>
    </section>
  );
}
