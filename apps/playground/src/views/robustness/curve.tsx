import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ChangedScore } from '../../engine/protocol.js';
import { Chart } from '../../parts/chart.js';
import { VerdictBadge } from '../../parts/verdict.js';
import type { Picture } from '../../state/pictures.js';
import { type Kind, knownScore, SCALES, type Strengths, scoreOf } from '../../state/robustness.js';
import { number, percent, t } from '../../words/translate.js';
import { strengthText } from './slider.js';

interface CurveProps {
  readonly picture: Picture;
  readonly detector: string;
  readonly kind: Kind;
  readonly strengths: Strengths;
}

/** The score at the sliders' strengths, and along the slider that was moved last while the others stay. The present point is measured first. */
export function Curve({ picture, detector, kind, strengths }: CurveProps) {
  const measured = useSignal(0);
  useEffect(() => {
    let wanted = true;
    const measure = async () => {
      const { curve } = SCALES[kind];
      for (const strength of [strengths[kind], ...curve]) {
        if (!wanted) return;
        await scoreOf(picture, detector, { ...strengths, [kind]: strength });
        if (wanted) measured.value++;
      }
    };
    void measure();
    return () => {
      wanted = false;
    };
  }, [picture, detector, kind, JSON.stringify(strengths)]);
  // Read, so that a new point draws anew.
  void measured.value;
  const at = (strength: number) => knownScore(picture, detector, { ...strengths, [kind]: strength });
  const now = at(strengths[kind]);
  const points = [...new Set([...SCALES[kind].curve, strengths[kind]])].toSorted((a, b) => a - b).flatMap(x => point(x, at(x)));
  const threshold = points.find(each => each.threshold !== null)?.threshold ?? null;
  return (
    <section class="curve" aria-label={t('curve')}>
      <Present score={now} />
      <Chart
        label={t('curve-of', { detector, change: t(`change-${kind}`) })}
        points={points.map(({ x, y }) => ({ x, y }))}
        marked={now?.score == null ? null : { x: strengths[kind], y: now.score }}
        line={threshold}
        least={SCALES[kind].least}
        most={SCALES[kind].most}
        xLabel={t(`change-${kind}`)}
        yLabel={t('score')}
        lineLabel={t('threshold')}
        xText={x => strengthText(kind, x)}
      />
    </section>
  );
}

const point = (x: number, score: ChangedScore | undefined): { x: number; y: number; threshold: number | null }[] =>
  score?.score == null ? [] : [{ x, y: score.score, threshold: score.threshold }];

function Present({ score }: { score: ChangedScore | undefined }) {
  if (!score) return <p role="status">{t('measuring')}</p>;
  if (score.score === null) return <p role="status">{score.problem ?? t('abstained')}</p>;
  return (
    <p class="present" role="status">
      <VerdictBadge verdict={score.verdict} /> {t('score')} <data value={score.score}>{number(score.score)}</data>
      {score.probability !== null && `, ${t('probability-of', { value: percent(score.probability) })}`}
      <span class="quiet"> {`${score.width} × ${score.height}`}</span>
    </p>
  );
}
