import { isFailedRow } from 'syntrace/session';
import { cleanJson, type Item } from '../batch/chunk.js';
import type { Queries } from '../database/database.js';
import type { Answer } from '../judge/messages.js';

/** A picture's result on its way to the table. */
export interface Result {
  readonly item: Item;
  readonly answer: Answer;
  /** Of the encoded bytes, in hexadecimal; `null` where they could not be read. */
  readonly sha256: string | null;
  readonly reused: boolean;
}

/** Writes a chunk's results and counts them, as a part of the transaction that completes its job. The batch's row is locked first, so that `seq` has no gaps and
 *  follows the order of the commits: whoever reads from a `seq` on misses nothing. A result that is there already stays. */
export async function writeResults(batch: string, answerId: string, worker: string, results: readonly Result[], queries: Queries): Promise<void> {
  const failed = results.filter(({ answer }) => isFailedRow(answer.row)).length;
  const [counters] = await queries.query<{ written: string | number }>('SELECT written FROM syntrace.batch WHERE id = $1 FOR UPDATE', [batch]);
  // The batch was deleted meanwhile: nobody asks for the results any more.
  if (!counters) return;
  const inserted = await queries.query<{ failed: boolean; reused: boolean }>(INSERT, [
    batch,
    Number(counters.written),
    answerId,
    worker,
    cleanJson(results.map(rowFor)),
  ]);
  const count = inserted.length;
  const failures = count === results.length ? failed : inserted.filter(row => row.failed).length;
  await queries.query(
    `UPDATE syntrace.batch SET written = written + $2, done = done + $3, failed = failed + $4, reused = reused + $5,
       state = CASE WHEN state = 'running' AND done + $3 >= total THEN 'done' ELSE state END,
       finished = CASE WHEN state = 'running' AND done + $3 >= total THEN now() ELSE finished END
     WHERE id = $1`,
    [batch, results.length, count, failures, inserted.filter(row => row.reused).length],
  );
}

const INSERT = `
INSERT INTO syntrace.result (batch, item, seq, uri, at, label, sha256, answer, verdict, probability, score, threshold, real_share, width, height, camera,
  detectors, warnings, error_code, error_message, error_hint, reused, worker)
SELECT $1, r.item, $2::bigint + r.place, r.uri, r.at, r.label, decode(r.sha256, 'hex'), $3, r.verdict, r.probability, r.score, r.threshold, r.real_share, r.width, r.height,
  r.camera, r.detectors, r.warnings, r.error_code, r.error_message, r.error_hint, r.reused, $4
FROM json_to_recordset($5::json) AS r(item bigint, place bigint, uri text, at text, label text, sha256 text, verdict text, probability float8, score float8,
  threshold float8, real_share float8, width int, height int, camera text, detectors jsonb, warnings jsonb, error_code text, error_message text, error_hint text,
  reused boolean)
ON CONFLICT (batch, item) DO NOTHING
RETURNING error_code IS NOT NULL AS failed, reused`;

function rowFor({ item: { n, uri, at, label }, answer: { row, camera }, sha256, reused }: Result, place: number) {
  const common = { item: n, place: place + 1, uri, at, label, sha256, reused };
  if (isFailedRow(row)) return { ...common, error_code: row.error.code, error_message: row.error.message, error_hint: row.error.hint };
  const { verdict, probability, score, threshold, realShare, width, height, detectors, warnings } = row;
  return {
    ...common,
    verdict,
    probability,
    score,
    threshold,
    real_share: realShare,
    width,
    height,
    camera,
    detectors,
    ...(warnings.length > 0 && { warnings }),
  };
}
