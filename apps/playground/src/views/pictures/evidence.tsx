import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { ExplanationFigure } from '../../parts/explanation.js';
import { ZoomButtons } from '../../parts/frame.js';
import { Original } from '../../parts/original.js';
import { setter } from '../../parts/setter.js';
import { Tabs } from '../../parts/tabs.js';
import { newView } from '../../parts/zoom.js';
import { groupTitle } from '../../state/group-title.js';
import type { Picture } from '../../state/pictures.js';
import { t } from '../../words/translate.js';

/** The drawings of each detector beside the picture; all frames show the same part. Which tabs there are is up to what was drawn. */
export function EvidenceTabs({ picture }: { picture: Picture }) {
  const view = useMemo(newView, []);
  const chosen = useSignal<string | null>(null);
  const groups = picture.evidence.value;
  const drawing = picture.evidenceState.value === 'drawing' || picture.stage.value === 'working';
  const current = groups.find(({ id }) => id === chosen.value) ?? groups[0];
  return (
    <section class="evidence" aria-labelledby="evidence-title" aria-busy={drawing}>
      <div class="section-head">
        <h3 id="evidence-title">{t('evidence')}</h3>
        {current && <ZoomButtons view={view} />}
      </div>
      {current ? (
        <Tabs
          label={t('evidence')}
          name="evidence"
          tabs={groups.map(({ id, title }) => ({ id, title: groupTitle(title) }))}
          current={current.id}
          onChoose={setter(chosen)}
        >
          <div class="maps">
            <Original picture={picture} view={view} />
            {current.explanations.map(explanation => (
              <ExplanationFigure key={explanation.id} explanation={explanation} view={view} />
            ))}
          </div>
        </Tabs>
      ) : (
        <div class="maps">
          <Original picture={picture} view={view} />
        </div>
      )}
      {drawing && (
        <p class="quiet" role="status">
          {t('drawing')}
        </p>
      )}
    </section>
  );
}
