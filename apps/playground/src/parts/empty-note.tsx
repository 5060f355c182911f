import { addPictures } from '../state/queue.js';
import { fetchSamples, SAMPLES } from '../state/samples.js';
import { t } from '../words/translate.js';
import { FileButton } from './file-buttons.js';

/** Said where a view needs pictures and there are none. */
export const EmptyNote = ({ words }: { words: string }) => (
  <div class="empty">
    <p>{words}</p>
    <p class="buttons">
      <FileButton label={t('choose')} onFiles={addPictures} main />
      <button type="button" class="button" onClick={() => void fetchSamples(SAMPLES.slice(1, 3)).then(addPictures)}>
        {t('samples-two')}
      </button>
    </p>
  </div>
);
