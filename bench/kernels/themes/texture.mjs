import { texture as sizes } from '../sizes.mjs';
import { plane, scattered } from '../timing.mjs';

/** Texture and colour statistics; texture_peer.py times the same under the same names. */
export async function texture({ k, time }) {
  const { grey, picture } = sizes;
  const bytes = count => Uint8Array.from({ length: count }, (_, i) => (i * 7919) % 256);
  const levels = k.tensor('u8', bytes(grey * grey), [1, grey, grey]);
  const fingerprint = k.tensor(
    'u8',
    bytes(grey * grey).map(value => (value < 128 ? 0 : value >> 3)),
    [1, grey, grey],
  );
  const image = k.tensor('u8', bytes(picture * picture * 3), [1, picture, picture, 3]);
  const reals = k.tensor(
    'f64',
    scattered(picture * picture).map(value => value / 300),
    [picture, picture],
  );
  await time(`haralick ${grey}`, () => k.haralick(levels, 'mean'));
  await time(`haralick of a fingerprint ${grey}`, () => k.haralick(fingerprint, 'mean'));
  await time(`quantise ${picture}`, () => k.quantise(reals, 'round'), { bytes: picture * picture * 9 });
  await time(`colourPlanes ${picture}`, () => k.colourPlanes(image, 'three-digit'), { bytes: picture * picture * 7 });
  await time(`csd ${picture}`, () => k.csd(image, 'three-digit'));
  await time(`richModel ${picture}`, () => k.richModel(image, 'full'));
  await time(`richModel half ${picture}`, () => k.richModel(image, 'half'));
  const grid = k.tensor('f32', plane(picture), [picture, picture]);
  const steps = k.tensor('f32', new Float32Array(64).fill(7.3), [1, 64]);
  const table = k.tensor('f32', new Float32Array(64).fill(7.3), [64]);
  await time(`watermarkVotes ${picture}`, () => k.watermarkVotes(image, [48, 32]));
  await time(`gridFit ${picture}`, () => k.gridFit(grid, steps));
  await time(`gridFitMap ${picture}`, () => k.gridFitMap(grid, table, { x: 0, y: 0 }));
  k.free(levels, fingerprint, image, reals, grid, steps, table);
}
