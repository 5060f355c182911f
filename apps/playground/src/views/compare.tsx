import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { EmptyNote } from '../parts/empty-note.js';
import { ExplanationFigure } from '../parts/explanation.js';
import { ZoomButtons } from '../parts/frame.js';
import { Original } from '../parts/original.js';
import { PicturePicker } from '../parts/picture-picker.js';
import { setter } from '../parts/setter.js';
import { Tabs } from '../parts/tabs.js';
import { newView } from '../parts/zoom.js';
import { groupTitle } from '../state/group-title.js';
import { drawEvidence } from '../state/looking.js';
import { type Picture, pictures } from '../state/pictures.js';
import { t } from '../words/translate.js';
import { AnswerCard } from './pictures/answer.js';
import { DetectorTable } from './pictures/detector-table.js';

/** Two pictures side by side, their drawings showing the same part. */
export function CompareView() {
  const list = pictures.value;
  const left = useSignal(list[0]?.id ?? null);
  const right = useSignal(list[1]?.id ?? null);
  const find = (id: string | null, other: number) => list.find(each => each.id === id) ?? list[other];
  const [a, b] = [find(left.value, 0), find(right.value, 1)];
  return (
    <div class="compare">
      <h1>{t('nav-compare')}</h1>
      {!a || !b ? (
        <EmptyNote words={t('compare-empty')} />
      ) : (
        <>
          <div class="pair">
            <Side picture={a} label={t('compare-left')} onChoose={setter(left)} />
            <Side picture={b} label={t('compare-right')} onChoose={setter(right)} />
          </div>
          <Evidence a={a} b={b} />
        </>
      )}
    </div>
  );
}

const Side = ({ picture, label, onChoose }: { picture: Picture; label: string; onChoose: (id: string) => void }) => (
  <section aria-label={label}>
    <PicturePicker label={label} value={picture.id} onChoose={onChoose} />
    <AnswerCard picture={picture} />
    <DetectorTable picture={picture} />
  </section>
);

function Evidence({ a, b }: { a: Picture; b: Picture }) {
  const view = useMemo(newView, []);
  const chosen = useSignal('picture');
  useEffect(() => {
    // One after the other: they share a worker.
    void drawEvidence(a, false).then(() => drawEvidence(b, false));
  }, [a, b, a.stage.value, b.stage.value, a.evidenceState.value, b.evidenceState.value]);
  const ids = [...new Set([...a.evidence.value, ...b.evidence.value].map(({ id }) => id))];
  const current = ids.includes(chosen.value) ? chosen.value : 'picture';
  const titleOf = (id: string) => groupTitle([...a.evidence.value, ...b.evidence.value].find(each => each.id === id)?.title ?? id);
  return (
    <section class="evidence" aria-labelledby="compare-evidence">
      <div class="section-head">
        <h2 id="compare-evidence">{t('evidence')}</h2>
        <ZoomButtons view={view} />
      </div>
      <Tabs
        label={t('evidence')}
        name="compare"
        tabs={[{ id: 'picture', title: t('original') }, ...ids.map(id => ({ id, title: titleOf(id) }))]}
        current={current}
        onChoose={setter(chosen)}
      >
        <div class="pair">
          {[a, b].map(picture => (
            <div key={picture.id} class="column">
              <p class="whose">
                <bdi>{picture.name}</bdi>
              </p>
              {current === 'picture' ? (
                <Original picture={picture} view={view} />
              ) : (
                picture.evidence.value
                  .find(({ id }) => id === current)
                  ?.explanations.map(explanation => <ExplanationFigure key={explanation.id} explanation={explanation} view={view} />)
              )}
            </div>
          ))}
        </div>
      </Tabs>
    </section>
  );
}
