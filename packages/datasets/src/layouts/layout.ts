import type { Place } from './place.js';

/** A published way to lay out folders. */
export interface Layout {
  readonly id: string;
  readonly title: string;
  /** Label, group and split from the folders between root and picture; `null` when they name no class. */
  place(folders: readonly string[], rootName: string): Place | null;
  /** 0…1: the share of the tree's groups that this layout knows by name; 0 when too few are known to tell. */
  share(tree: readonly (readonly string[])[]): number;
}
