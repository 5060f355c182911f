import { COPIES, type Copy, centred } from '../copies.js';

/** How training pictures are seen: as the frequency detector sees them, with fewer qualities, a lower one and WebP. */
export const RESIDUAL_COPIES: readonly Copy[] = [
  ...COPIES.filter(({ name }) => ['stored', 'jpeg90', 'resized-jpeg', 'blurred-jpeg'].includes(name)).map(copy => ({ ...copy, weight: 1 })),
  { name: 'jpeg-low', weight: 1, changes: (_, random) => [{ kind: 'jpeg', quality: 50 + random.below(31), subsampling: '4:2:0' }], place: centred },
  { name: 'webp', weight: 1, changes: (_, random) => [{ kind: 'webp', quality: 60 + random.below(36) }], place: centred },
];
