import type { Explanation, Kernels, Tensor } from '@syntrace/core';
import type { Found } from '../find.js';
import type { Residuals } from '../residuals/residuals.js';
import type { Thumbnail } from '../residuals/thumbnails.js';
import { drawMatch } from './draw-match.js';
import { drawMembers } from './draw-members.js';

/** Pictures of what was found in a collection: each flagged fingerprint, signed, its spectrum, and its cluster's pictures where small copies are at hand. */
export async function drawFindings(found: Found, kernels: Kernels, thumbnails: readonly (Thumbnail | undefined)[] = []): Promise<readonly Explanation[]> {
  if (!found.decisions) return [];
  const { height, width, maps } = found.decisions.fingerprints;
  const drawn: Explanation[] = [];
  for (const [i, map] of maps.entries()) {
    const [fingerprint, ...rest] = await drawFingerprint(map, height, width, `fingerprint-${i + 1}`, kernels);
    drawn.push({ ...fingerprint!, title: `Fingerprint ${i + 1}` }, ...rest, ...drawMembers(found, i, thumbnails));
  }
  return drawn;
}

/** Why a picture of a collection was found to be synthetic: its correlation with the fingerprint that it matches best, and that fingerprint. Nothing where
 *  no fingerprint was found. */
export async function drawPicture({ decisions }: Found, residuals: Residuals, picture: number, kernels: Kernels): Promise<readonly Explanation[]> {
  return decisions ? drawMatch(await residuals.stack([picture]), decisions.fingerprints, decisions.nearest[picture]!, kernels) : [];
}

/** A fingerprint and its log spectrum. */
export async function drawFingerprint(map: Float32Array, height: number, width: number, id: string, kernels: Kernels): Promise<readonly Explanation[]> {
  const plane = kernels.tensor('f32', map, [height, width]);
  const power = await kernels.centredLogSpectrum(plane, SPECTRUM_EPS);
  const [signed, spectral] = [
    await pictureOf(plane, 'coolwarm', signedEnds(map), kernels),
    await pictureOf(power, 'inferno', ends(await kernels.read(power)), kernels),
  ];
  kernels.free(plane, power);
  return [
    {
      id,
      title: 'Fingerprint',
      description: 'Mean noise residual of the pictures of one generator: what they have in common at each place, whatever they show.',
      picture: signed,
      enlarge: 2,
      scale: { low: 'darker', high: 'brighter', map: 'coolwarm' },
    },
    {
      id: `${id}.spectrum`,
      title: 'Its spectrum',
      description: 'Log amplitude of the fingerprint, frequency 0 in the middle: bright points are patterns that repeat, as up-sampling leaves them.',
      picture: spectral,
      enlarge: 2,
      scale: { low: 'weak', high: 'strong', map: 'inferno' },
    },
  ];
}

/** The published picture of a fingerprint: clipped to 0…1, black to white (spec section 9). */
export async function drawPublished(map: Float32Array, height: number, width: number, kernels: Kernels): Promise<Explanation['picture']> {
  const plane = kernels.tensor('f32', map, [height, width]);
  const picture = await pictureOf(plane, 'grey', { low: 0, high: 1 }, kernels);
  kernels.free(plane);
  return picture;
}

export async function pictureOf(
  plane: Tensor<'f32'>,
  map: 'coolwarm' | 'inferno' | 'grey',
  { low, high }: { readonly low: number; readonly high: number },
  kernels: Kernels,
): Promise<Explanation['picture']> {
  const [height, width] = plane.shape as readonly [number, number];
  const rgba = await kernels.heatMap(plane, { map, low, high });
  const data = await kernels.read(rgba);
  kernels.free(rgba);
  return { width, height, data };
}

const SPECTRUM_EPS = 1e-3;
const CLIPPED_SHARE = 0.01;

/** From the first to the last percentile. */
function ends(values: Float32Array): { low: number; high: number } {
  const sorted = Float32Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const [low, high] = [at(CLIPPED_SHARE), at(1 - CLIPPED_SHARE)];
  return high > low ? { low, high } : { low: low - 1, high: high + 1 };
}

function signedEnds(values: Float32Array): { low: number; high: number } {
  const { low, high } = ends(values);
  const reach = Math.max(Math.abs(low), Math.abs(high));
  return { low: -reach, high: reach };
}
