import type { EnsembleSpec } from '@syntrace/core';
import { composed, ensemble } from '../state/ensemble.js';
import { t } from '../words/translate.js';
import { Decision } from './ensemble/decision.js';
import { Effect } from './ensemble/effect.js';
import { Exchange } from './ensemble/exchange.js';
import { Members } from './ensemble/members.js';

/** Which detectors judge, with which weights and thresholds. Every change shows at once on the pictures that are there. */
export function EnsembleView() {
  const spec = ensemble.value;
  const change = (next: Partial<EnsembleSpec>) => {
    composed.value = { ...spec, ...next };
  };
  return (
    <div class="page">
      <h1>{t('nav-ensemble')}</h1>
      <p class="lead">{t('ensemble-lead')}</p>
      <p role="status">
        {composed.value ? t('ensemble-own', { id: spec.id }) : t('ensemble-default')}{' '}
        {composed.value && (
          <button
            type="button"
            class="button"
            onClick={() => {
              composed.value = null;
            }}
          >
            {t('ensemble-reset')}
          </button>
        )}
      </p>
      <Members spec={spec} change={change} />
      <Decision spec={spec} change={change} />
      <Exchange spec={spec} />
      <Effect />
    </div>
  );
}
