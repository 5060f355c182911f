import { addPictures } from '../../state/queue.js';
import { fetchSamples, SAMPLES, type Sample } from '../../state/samples.js';
import { t } from '../../words/translate.js';

const take = (samples: readonly Sample[]): void => void fetchSamples(samples).then(addPictures);

/** Pictures of the demo, one by one or all. Which is which is told on the button: the point is to see what the detectors see. */
export const SampleStrip = () => (
  <ul class="samples">
    {SAMPLES.map(sample => (
      <li key={sample.name}>
        <button type="button" onClick={() => take([sample])} title={sample.generator ?? sample.title}>
          <img src={sample.address} alt="" loading="lazy" decoding="async" width="96" height="96" />
          <span>{sample.title}</span>
          <span class="quiet">{t(`truth-${sample.truth}`)}</span>
        </button>
      </li>
    ))}
    <li>
      <button type="button" class="all" onClick={() => take(SAMPLES)}>
        {t('samples-all')}
      </button>
    </li>
  </ul>
);
