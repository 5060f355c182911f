import { FileButton } from '../../parts/file-buttons.js';
import { stopAll } from '../../state/engines.js';
import { forget, pictures, tally } from '../../state/pictures.js';
import { addPictures, stopJudging } from '../../state/queue.js';
import { t, tn } from '../../words/translate.js';

/** Ends all work and gives the memory back. */
function clear(): void {
  for (const picture of [...pictures.value].reverse()) {
    stopJudging(picture);
    forget(picture);
  }
  stopAll();
}

export function Toolbar() {
  const { waiting, working, done, failed } = tally.value;
  const total = waiting + working + done + failed;
  const open = waiting + working;
  return (
    <div class="toolbar">
      <FileButton label={t('add')} onFiles={addPictures} main />
      <FileButton label={t('add-folder')} onFiles={addPictures} folder />
      <button type="button" class="button" onClick={clear}>
        {t('clear')}
      </button>
      <p class="tally" role="status">
        {open > 0 ? t('judged-of', { done: done + failed, total }) : tn('judged', done)}
        {failed > 0 && `, ${tn('failed', failed)}`}
      </p>
      {open > 0 && total > 1 && <progress max={total} value={done + failed} aria-label={t('progress')} />}
    </div>
  );
}
