import type { Kernels } from '@syntrace/core';
import { type Case, caseOf, image, type Keep, plane, row } from './case.js';
import { vectors } from './forensics-vectors.js';

const of = caseOf(vectors);
/** Steps of the lowest ten frequencies. */
const steps = Float32Array.from({ length: 64 }, (_, i) => (Math.floor(i / 8) + (i % 8) < 4 ? 7.3 + i / 5 : 0));
const tables = (kernels: Kernels, keep: Keep) => keep(kernels.tensor('f32', steps, [1, 64]));

export const forensicCases: readonly Case[] = [
  of('watermarkVotes', 1e-6, 1, (k, keep) => k.watermarkVotes(image(k, keep), [4])),
  of('gridFit', 1e-3, 7, (k, keep) => k.gridFit(plane(k, keep), tables(k, keep))),
  of('gridFitMap', 1e-3, 1, (k, keep) => k.gridFitMap(plane(k, keep), row(k, keep, steps), { y: 1, x: 2 })),
];
