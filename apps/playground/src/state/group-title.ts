import { t } from '../words/translate.js';

/** Words for the groups that are known; others are called by their detector's id. */
const KNOWN: Readonly<Record<string, () => string>> = {
  frequency: () => t('group-frequency'),
  residuals: () => t('group-residuals'),
  npr: () => t('group-npr'),
  noise: () => t('group-noise'),
  provenance: () => t('group-provenance'),
  masksim: () => t('group-masksim'),
  'noisescope-match': () => t('group-match'),
};

export const groupTitle = (title: string): string => (Object.hasOwn(KNOWN, title) ? KNOWN[title]!() : title);
