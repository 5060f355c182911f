import { nearestName, SyntraceError } from '@syntrace/core';
import type { Layout } from './layout.js';
import { NAMED_LAYOUTS } from './named.js';
import { placeOf } from './place.js';

const TWO_CLASS: Layout = { id: 'two-class', title: 'two folders, real and fake', place: placeOf, share: () => 0 };
const GROUPS: Layout = { id: 'groups', title: 'a folder for each generator or subject, with 0_real and 1_fake inside', place: placeOf, share: () => 0 };

/** Every layout of folders by id. A manifest (`manifest`) is a file, not a layout of folders. */
export const LAYOUTS: readonly Layout[] = [TWO_CLASS, GROUPS, ...NAMED_LAYOUTS];

/** The layout of that name. @throws USAGE, with the nearest name */
export function layoutNamed(id: string): Layout {
  const known = LAYOUTS.map(layout => layout.id);
  const layout = LAYOUTS.find(each => each.id === id);
  if (layout) return layout;
  throw new SyntraceError('USAGE', { detail: `there is no layout "${id}"${nearestName(id, known)}; known: ${known.join(', ')}` });
}

/** The layout that explains most of a tree by names, else one of the two general ones. `tree`: the folders of each picture. */
export function detectLayout(tree: readonly (readonly string[])[], rootName: string): Layout {
  const shares = NAMED_LAYOUTS.map(layout => ({ layout, share: layout.share(tree) }));
  const best = shares.reduce((a, b) => (b.share > a.share ? b : a));
  if (best.share >= 0.5) return best.layout;
  const groups = new Set(tree.flatMap(folders => placeOf(folders, rootName)?.group ?? []));
  return groups.size > 1 ? GROUPS : TWO_CLASS;
}
