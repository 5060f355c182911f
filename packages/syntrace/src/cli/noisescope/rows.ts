import type { Score } from '@syntrace/core';
import noisescope from '@syntrace/detector-noisescope';
import type { DetectRow } from '../../rows.js';
import type { Gathered } from './gather.js';

/** A picture of a collection as a line of results. */
export function collectionRow({ path, width, height }: Gathered, { verdict, probability, score, threshold, realShare, warnings }: Score): DetectRow {
  const reason = score === null && warnings[0] ? { reason: warnings[0].message } : {};
  const detector = { id: 'noisescope', version: noisescope.version, score, probability, ms: 0, ...reason };
  return { path, width, height, verdict, probability, score, threshold, realShare, detectors: [detector], warnings };
}
