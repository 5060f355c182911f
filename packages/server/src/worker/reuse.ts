import type { Row } from 'syntrace/session';
import type { Queries } from '../database/database.js';
import type { Answer } from '../judge/messages.js';

interface Known {
  readonly sha: string;
  readonly verdict: 'real' | 'synthetic' | 'inconclusive';
  readonly probability: number | null;
  readonly score: number | null;
  readonly threshold: number | null;
  readonly real_share: number | null;
  readonly width: number;
  readonly height: number;
  readonly camera: string | null;
  readonly detectors: Extract<Row, { verdict: unknown }>['detectors'];
  readonly warnings: Extract<Row, { verdict: unknown }>['warnings'] | null;
}

/** Answers that the same detectors gave for the same bytes before, by the hash of the bytes. */
export async function knownAnswers(hashes: readonly string[], answerId: string, queries: Queries): Promise<ReadonlyMap<string, (uri: string) => Answer>> {
  if (hashes.length === 0) return new Map();
  const rows = await queries.query<Known>(
    `SELECT DISTINCT ON (sha256) encode(sha256, 'hex') AS sha, verdict, probability, score, threshold, real_share, width, height, camera, detectors, warnings
     FROM syntrace.result WHERE answer = $1 AND error_code IS NULL AND NOT reused AND sha256 IN (SELECT decode(value, 'hex') FROM json_array_elements_text($2::json))`,
    [answerId, JSON.stringify(hashes)],
  );
  return new Map(
    rows.map(({ sha, real_share, camera, warnings, ...row }) => [
      sha,
      (path: string) => ({ row: { path, realShare: real_share, warnings: warnings ?? [], ...row }, camera }),
    ]),
  );
}
