import type { Random } from '@syntrace/core';

/** Groups of different reference pictures, at most `groups` of `size`; fewer when there are not enough pictures. Order: a seeded shuffle. */
export function referenceGroups(pictures: number, groups: number, size: number, random: Random): readonly (readonly number[])[] {
  const order = random.shuffle(Array.from({ length: pictures }, (_, i) => i));
  const count = Math.min(groups, Math.floor(pictures / size));
  return Array.from({ length: count }, (_, group) => order.slice(group * size, (group + 1) * size));
}
