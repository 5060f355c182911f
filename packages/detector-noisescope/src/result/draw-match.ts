import type { Explanation, Kernels } from '@syntrace/core';
import type { HeldResiduals } from '../residuals/residuals.js';
import { drawFingerprint, pictureOf } from './draw.js';

const SIDE = 65;

/** The correlation of a residual with a fingerprint around zero shift, where a match makes a peak, and the fingerprint (number from 0) that was matched. */
export async function drawMatch(residual: Float32Array, fingerprints: HeldResiduals, fingerprint: number, kernels: Kernels): Promise<readonly Explanation[]> {
  const { height, width, maps } = fingerprints;
  const map = maps[fingerprint]!;
  const planes = [map, toMiddle(residual, height, width)].map(values => kernels.tensor('f32', values, [1, 1, height, width]));
  const surface = await kernels.crossCorrelation(planes[0]!, planes[1]!);
  const side = Math.min(SIDE, height, width);
  const reach = Math.floor(side / 2);
  const middle = { x: (width >> 1) - reach, y: (height >> 1) - reach, width: side, height: side };
  const around = await kernels.crop(surface, [middle]);
  const values = await kernels.read(around);
  const high = values.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-12);
  const flat = kernels.tensor('f32', values, [side, side]);
  const peak = await pictureOf(flat, 'coolwarm', { low: -high, high }, kernels);
  kernels.free(...planes, surface, around, flat);
  return [
    {
      id: 'noisescope.peak',
      title: 'Correlation with the fingerprint',
      description: 'Correlation of noise residual and fingerprint for small shifts, no shift in the middle: a match is a single bright point there.',
      picture: peak,
      enlarge: 4,
      scale: { low: 'opposite', high: 'alike', map: 'coolwarm' },
    },
    ...(await drawFingerprint(map, height, width, `noisescope.fingerprint-${fingerprint + 1}`, kernels)),
  ];
}

/** The residual moved cyclically by half its size, so that no shift comes to stand in the middle of the correlation. */
function toMiddle(residual: Float32Array, height: number, width: number): Float32Array {
  const moved = new Float32Array(residual.length);
  const [down, right] = [height >> 1, width >> 1];
  for (let row = 0; row < height; row++) {
    const line = residual.subarray(row * width, (row + 1) * width);
    const to = ((row + down) % height) * width;
    moved.set(line.subarray(0, width - right), to + right);
    moved.set(line.subarray(width - right), to);
  }
  return moved;
}
