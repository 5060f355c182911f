import { FileButton } from '../../parts/file-buttons.js';
import { addPictures } from '../../state/queue.js';
import { t } from '../../words/translate.js';
import { SampleStrip } from './samples.js';

/** What is seen first: where to drop, and pictures to try at once. */
export const Welcome = () => (
  <div class="welcome">
    <h1>{t('welcome')}</h1>
    <p class="lead">{t('welcome-lead')}</p>
    <div class="dropzone">
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <path d="M24 31V9M15 18l9-9 9 9M7 30v7a3 3 0 0 0 3 3h28a3 3 0 0 0 3-3v-7" />
      </svg>
      <p>{t('drop-here')}</p>
      <p class="buttons">
        <FileButton label={t('choose')} onFiles={addPictures} main />
        <FileButton label={t('choose-folder')} onFiles={addPictures} folder />
      </p>
      <p class="quiet">{t('drop-paste')}</p>
    </div>
    <section aria-labelledby="try">
      <h2 id="try">{t('samples')}</h2>
      <SampleStrip />
    </section>
    <p class="quiet">{t('evidence-not-proof')}</p>
  </div>
);
