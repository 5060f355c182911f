import { ProblemNote } from '../parts/problem.js';
import * as pile from '../state/pile.js';
import { t } from '../words/translate.js';
import { PileFindings } from './pile/findings.js';
import { PileForm } from './pile/form.js';

/** NoiseScope on a pile of pictures: which share a fingerprint. */
export function PileView() {
  const { progress, problem, result } = pile;
  const now = progress.value;
  return (
    <div class="page wide">
      <h1>{t('nav-pile')}</h1>
      <p class="lead">{t('pile-lead')}</p>
      <PileForm />
      {now && (
        <div class="working" role="status">
          <progress max={Math.max(1, now.total)} value={now.done} aria-label={now.phase} />
          <p>{t('pile-phase', { phase: now.phase, done: now.done, total: now.total })}</p>
          <button type="button" class="button" onClick={pile.stop}>
            {t('stop')}
          </button>
        </div>
      )}
      {problem.value && <ProblemNote problem={problem.value} />}
      {result.value && <PileFindings result={result.value} />}
    </div>
  );
}
