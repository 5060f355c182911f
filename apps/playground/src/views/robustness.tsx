import { useSignal } from '@preact/signals';
import { EmptyNote } from '../parts/empty-note.js';
import { PicturePicker } from '../parts/picture-picker.js';
import { setter } from '../parts/setter.js';
import { detectors } from '../state/engines.js';
import { memberIds } from '../state/ensemble.js';
import { pictures, selectedId } from '../state/pictures.js';
import { KINDS, type Kind, NEUTRAL, SCALES, type Strengths } from '../state/robustness.js';
import { t } from '../words/translate.js';
import { ChangedLook } from './robustness/changed-look.js';
import { Curve } from './robustness/curve.js';
import { Slider } from './robustness/slider.js';

/** Changes a picture as the world does, and shows what becomes of the score. */
export function RobustnessView() {
  const list = pictures.value;
  const strengths = useSignal<Strengths>(NEUTRAL);
  const kind = useSignal<Kind>('jpeg');
  const able = detectors.value.filter(({ id, unit, restsOn }) => unit === 'image' && restsOn === 'pixels' && memberIds.value.includes(id));
  const detector = useSignal<string | null>(null);
  const picture = list.find(({ id }) => id === selectedId.value) ?? list[0];
  const current = able.find(({ id }) => id === detector.value)?.id ?? able[0]?.id;
  if (!picture || !current) return <Page>{<EmptyNote words={t('robustness-empty')} />}</Page>;
  return (
    <Page>
      <div class="choices">
        <PicturePicker label={t('picture')} value={picture.id} onChoose={setter(selectedId)} />
        <label class="field">
          <span>{t('detector')}</span>
          <select
            value={current}
            onChange={event => {
              detector.value = event.currentTarget.value;
            }}
          >
            {able.map(({ id }) => (
              <option key={id} value={id}>
                {id}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="button"
          onClick={() => {
            strengths.value = NEUTRAL;
          }}
        >
          {t('robustness-reset')}
        </button>
      </div>
      <div class="robustness">
        <fieldset class="sliders">
          <legend>{t('changes')}</legend>
          {KINDS.map(each => (
            <Slider
              key={each}
              kind={each}
              value={strengths.value[each]}
              current={kind.value === each}
              onChange={value => {
                kind.value = each;
                strengths.value = { ...strengths.value, [each]: value };
              }}
              onFocus={() => {
                kind.value = each;
              }}
            />
          ))}
        </fieldset>
        <Curve picture={picture} detector={current} kind={kind.value} strengths={strengths.value} />
        <ChangedLook picture={picture} strengths={strengths.value} />
      </div>
      <p class="quiet">{t('robustness-about', { range: `${SCALES.jpeg.least}–${SCALES.jpeg.most - 1}` })}</p>
    </Page>
  );
}

const Page = ({ children }: { children: preact.ComponentChildren }) => (
  <div class="page">
    <h1>{t('nav-robustness')}</h1>
    <p class="lead">{t('robustness-lead')}</p>
    {children}
  </div>
);
