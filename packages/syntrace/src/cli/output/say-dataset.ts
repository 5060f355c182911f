import type { Dataset } from '@syntrace/datasets';

/** One line on what was found, and one for each folder that was not. */
export function sayDataset({ root, layout, items, groups, unlabelled, unreadable }: Dataset): void {
  const left = unlabelled ? `, ${unlabelled} in no class folder left out` : '';
  console.error(
    `${root}: ${items.length} pictures in ${groups.length} ${groups.length === 1 ? 'group' : 'groups'}${left}; layout ${layout.id} (${layout.title})`,
  );
  for (const folder of unreadable) console.error(`${folder}: the folder cannot be listed`);
}
