import { VerdictIcon } from '../../parts/verdict.js';
import { forget, type Picture, pictures, selectedId } from '../../state/pictures.js';
import { stopJudging } from '../../state/queue.js';
import { t } from '../../words/translate.js';

/** All pictures, each with its verdict or how far it is. */
export const PictureList = () => (
  <ul class="pictures" aria-label={t('pictures')}>
    {pictures.value.map(picture => (
      <PictureItem key={picture.id} picture={picture} />
    ))}
  </ul>
);

function PictureItem({ picture }: { picture: Picture }) {
  const current = selectedId.value === picture.id;
  const remove = () => {
    stopJudging(picture);
    forget(picture);
  };
  return (
    <li class={current ? 'current' : ''}>
      <button
        type="button"
        class="pick"
        aria-current={current ? 'true' : undefined}
        onClick={() => {
          selectedId.value = picture.id;
        }}
      >
        {picture.preview.value ? <img src={picture.preview.value} alt="" width="56" height="56" /> : <span class="blank" />}
        <span class="name">{picture.name}</span>
        <StateLine picture={picture} />
      </button>
      <button type="button" class="remove" aria-label={t('remove', { name: picture.name })} title={t('remove', { name: picture.name })} onClick={remove}>
        ×
      </button>
    </li>
  );
}

function StateLine({ picture }: { picture: Picture }) {
  const stage = picture.stage.value;
  const answer = picture.answer.value;
  if (stage === 'failed') return <Line verdict="failed" words={t('verdict-failed')} />;
  if (answer && stage !== 'waiting')
    return <Line verdict={answer.verdict} words={answer.open ? t('so-far', { verdict: t(`verdict-${answer.verdict}`) }) : t(`verdict-${answer.verdict}`)} />;
  return <span class="state quiet">{t(stage === 'waiting' ? 'stage-waiting' : picture.facts.value ? 'stage-judging' : 'stage-decoding')}</span>;
}

const Line = ({ verdict, words }: { verdict: Parameters<typeof VerdictIcon>[0]['verdict']; words: string }) => (
  <span class={`state ${verdict}`}>
    <VerdictIcon verdict={verdict} />
    {words}
  </span>
);
