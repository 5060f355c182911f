import { parseEnsemble } from '@syntrace/core';
import { afterAll, expect, it } from 'vitest';
import { DEFAULT_ENSEMBLE } from '../src/default-ensemble.js';
import { createSyntrace } from '../src/node.js';
import { photoPng } from './command/files.js';

const syntrace = createSyntrace();
afterAll(() => syntrace.close());

it('is an ensemble as files hold them, names what it was fitted on, and never a test split', () => {
  expect(parseEnsemble(JSON.stringify(DEFAULT_ENSEMBLE))).toEqual(DEFAULT_ENSEMBLE);
  const { data } = DEFAULT_ENSEMBLE.fitted as { data: { split: string; sha256: string }[] };
  expect(data.length).toBeGreaterThan(0);
  for (const { split, sha256 } of data) expect([split, sha256]).toEqual(['val', expect.stringMatching(/^[0-9a-f]{64}$/)]);
});

it('judges when nothing is named: its members are there, and all that judge by default are among them', async () => {
  expect(syntrace.defaultEnsemble()).toBe(DEFAULT_ENSEMBLE);
  const { detectors, score, threshold } = await syntrace.detect(await photoPng(3, 256));
  expect(detectors.map(({ id }) => id).sort()).toEqual(DEFAULT_ENSEMBLE.members.map(({ id }) => id).sort());
  expect([score, threshold]).toEqual([expect.any(Number), DEFAULT_ENSEMBLE.threshold]);
});

it('steps aside for other weights and for detectors that come later', () => {
  const own = createSyntrace({ ensemble: null });
  expect(own.defaultEnsemble()?.id).not.toBe(DEFAULT_ENSEMBLE.id);
});
