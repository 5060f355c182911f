import { basename } from 'node:path';
import type { Shortcut } from '@syntrace/evaluation';
import type { Audit } from './audit.js';

const SHOWN = 5;

/** What the set gives away, for people: on standard error, before any figure. */
export function sayAudit({ shortcuts, nearDuplicates, compared }: Audit): void {
  for (const [condition, found] of Object.entries(shortcuts)) console.error(`${condition}: ${sayShortcuts(found)}`);
  if (compared.length > 0 && nearDuplicates.length === 0) console.error(`no near-duplicates in ${compared.join(', ')}`);
  if (nearDuplicates.length === 0) return;
  const listed = nearDuplicates.slice(0, SHOWN).map(({ paths, splits }) => `${basename(paths[0])} (${splits[0]}) and ${basename(paths[1])} (${splits[1]})`);
  const more = nearDuplicates.length > SHOWN ? ` and ${nearDuplicates.length - SHOWN} more` : '';
  console.error(`warning: pairs of pictures that look the same in different splits: ${nearDuplicates.length}: ${listed.join('; ')}${more}`);
}

export function sayShortcuts(shortcuts: readonly Shortcut[]): string {
  const words = shortcuts.map(({ label, auc }) => {
    if (!auc) return `${label}: too few pictures`;
    const interval = auc.low === null || auc.high === null ? '' : ` (${auc.low.toFixed(2)}–${auc.high.toFixed(2)})`;
    return `${label}: AUC ${auc.value.toFixed(2)}${interval}`;
  });
  return `what the set gives away: ${words.join('; ')}`;
}
