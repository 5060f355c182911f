import { pictures, selected } from '../state/pictures.js';
import { t } from '../words/translate.js';
import { DetailPane } from './pictures/detail.js';
import { PictureList } from './pictures/list.js';
import { Toolbar } from './pictures/toolbar.js';
import { Welcome } from './pictures/welcome.js';

/** Pictures and what the detectors see in the one that is chosen. */
export function PicturesView() {
  if (pictures.value.length === 0) return <Welcome />;
  return (
    <div class="workbench">
      <h1 class="unseen">{t('pictures')}</h1>
      <Toolbar />
      <PictureList />
      {selected.value && <DetailPane key={selected.value.id} picture={selected.value} />}
    </div>
  );
}
