import type { Score } from '@syntrace/core';
import { VerdictIcon } from '../../parts/verdict.js';
import { missingMembers } from '../../state/ensemble.js';
import type { Picture } from '../../state/pictures.js';
import { milliseconds, percent, t } from '../../words/translate.js';

/** The verdict in words, its probability, and how often real photographs score so high. */
export function AnswerCard({ picture }: { picture: Picture }) {
  const answer = picture.answer.value;
  const facts = picture.facts.value;
  if (!answer)
    return (
      <div class="answer pending" aria-busy="true">
        <p role="status">{t(picture.stage.value === 'waiting' ? 'stage-waiting' : facts ? 'stage-judging' : 'stage-decoding')}</p>
      </div>
    );
  const { verdict, probability, open } = answer;
  return (
    <div class={`answer ${verdict}`} aria-busy={open}>
      <div class="headline" role="status">
        <VerdictIcon verdict={verdict} />
        <div>
          <p class="says">{t(`says-${verdict}`)}</p>
          <p class="share">{shareSentence(answer)}</p>
        </div>
      </div>
      {probability !== null && (
        <div class="probability">
          <div class="track" aria-hidden="true">
            <span class="fill" style={{ width: `${100 * probability}%` }} />
          </div>
          <p>
            {t('probability')} <data value={probability}>{percent(probability)}</data>
          </p>
        </div>
      )}
      <p class="quiet">
        {facts &&
          `${facts.width} × ${facts.height}, ${facts.format.toUpperCase()}${facts.jpeg ? `, ${t('jpeg-quality', { quality: facts.jpeg.quality })}` : ''}. `}
        {picture.firstVerdict.value !== null && (
          <span data-first-verdict={picture.firstVerdict.value}>{t('first-verdict', { time: milliseconds(picture.firstVerdict.value) })}</span>
        )}
        {open && ` ${t('still-judging')}`}
      </p>
      <Notes picture={picture} />
    </div>
  );
}

/** How often a real photograph gets such a score: the answer's own error rate. */
function shareSentence({ score, realShare }: Score): string {
  if (score === null) return t('share-abstained');
  if (realShare === null) return t('share-unknown');
  return realShare === 0 ? t('share-none') : t('share', { share: percent(realShare) });
}

function Notes({ picture }: { picture: Picture }) {
  const warnings = [...(picture.facts.value?.warnings ?? []), ...(picture.answer.value?.warnings ?? [])];
  const notes = new Map(warnings.map(({ code, message }) => [`${code} ${message}`, { code, message }]));
  const missing = missingMembers.value;
  if (notes.size === 0 && missing.length === 0) return null;
  return (
    <ul class="notes" aria-label={t('notes')}>
      {[...notes].map(([key, { code, message }]) => (
        <li key={key}>
          {message} <code>{code}</code>
        </li>
      ))}
      {missing.length > 0 && <li>{t('members-missing', { ids: missing.join(', ') })}</li>}
    </ul>
  );
}
