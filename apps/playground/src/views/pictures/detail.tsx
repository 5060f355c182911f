import { ProblemNote } from '../../parts/problem.js';
import type { Picture } from '../../state/pictures.js';
import { retry } from '../../state/queue.js';
import { t } from '../../words/translate.js';
import { AnswerCard } from './answer.js';
import { DetectorTable } from './detector-table.js';
import { EvidenceTabs } from './evidence.js';
import { Metadata } from './metadata.js';

/** Everything about one picture. */
export function DetailPane({ picture }: { picture: Picture }) {
  const problem = picture.problem.value;
  return (
    <article class="detail" aria-labelledby="detail-name">
      <h2 id="detail-name">
        <bdi>{picture.name}</bdi>
      </h2>
      {problem ? (
        <>
          <ProblemNote problem={problem} />
          <p>
            <button type="button" class="button" onClick={() => retry(picture)}>
              {t('retry')}
            </button>
          </p>
        </>
      ) : (
        <>
          <AnswerCard picture={picture} />
          <DetectorTable picture={picture} />
          <EvidenceTabs picture={picture} />
        </>
      )}
      <Metadata picture={picture} />
    </article>
  );
}
