import { additions } from '../state/engines.js';
import { t } from '../words/translate.js';
import { AdditionsList } from './settings/additions-list.js';
import { Backends } from './settings/backends.js';
import { DetectorList } from './settings/detector-list.js';
import { OfflineSection } from './settings/offline-section.js';
import { Plugins } from './settings/plugins.js';
import { Server } from './settings/server.js';
import { Weights } from './settings/weights.js';

export const SettingsView = () => (
  <div class="page">
    <h1>{t('nav-settings')}</h1>
    <Server />
    <Backends />
    <DetectorList />
    <Weights />
    <Plugins />
    <section aria-labelledby="added">
      <h2 id="added">{t('added')}</h2>
      {additions.value.length === 0 ? <p class="quiet">{t('added-nothing')}</p> : <AdditionsList />}
    </section>
    <OfflineSection />
  </div>
);
