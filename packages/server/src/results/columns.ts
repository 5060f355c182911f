/** A row of `syntrace.result` as it leaves: flat, so that tables take it as it is. */
export interface ResultRow {
  readonly batch: string;
  readonly item: number;
  readonly seq: number;
  readonly path: string;
  readonly label: string | null;
  readonly sha256: string | null;
  readonly answer: string;
  readonly verdict: string | null;
  readonly probability: number | null;
  readonly score: number | null;
  readonly threshold: number | null;
  readonly realShare: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly camera: string | null;
  readonly detectors: readonly unknown[] | null;
  readonly warnings: readonly unknown[] | null;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
  readonly reused: boolean;
  readonly worker: string;
  readonly judged: string;
}

export const SELECT = `SELECT batch, item::float8 AS item, seq::float8 AS seq, uri AS path, label, encode(sha256, 'hex') AS sha256, answer, verdict, probability, score, threshold,
  real_share AS "realShare", width, height, camera, detectors, warnings,
  CASE WHEN error_code IS NULL THEN NULL ELSE json_build_object('code', error_code, 'message', error_message, 'hint', error_hint) END AS error, reused, worker,
  to_char(judged AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS judged FROM syntrace.result`;

type Kind = 'text' | 'number' | 'integer' | 'boolean' | 'json' | 'time';

interface Column {
  readonly name: string;
  readonly kind: Kind;
  readonly of: (row: ResultRow) => unknown;
}

const column = (name: string, kind: Kind, of: (row: ResultRow) => unknown): Column => ({ name, kind, of });

/** The columns of CSV and Parquet, in order; docs/server.md describes them. */
export const COLUMNS: readonly Column[] = [
  column('batch', 'text', row => row.batch),
  column('item', 'integer', row => row.item),
  column('path', 'text', row => row.path),
  column('label', 'text', row => row.label),
  column('sha256', 'text', row => row.sha256),
  column('answer', 'text', row => row.answer),
  column('verdict', 'text', row => row.verdict),
  column('probability', 'number', row => row.probability),
  column('score', 'number', row => row.score),
  column('threshold', 'number', row => row.threshold),
  column('real_share', 'number', row => row.realShare),
  column('width', 'integer', row => row.width),
  column('height', 'integer', row => row.height),
  column('camera', 'text', row => row.camera),
  column('detectors', 'json', row => row.detectors),
  column('warnings', 'json', row => row.warnings),
  column('error_code', 'text', row => row.error?.code ?? null),
  column('error_message', 'text', row => row.error?.message ?? null),
  column('reused', 'boolean', row => row.reused),
  column('worker', 'text', row => row.worker),
  column('judged', 'time', row => row.judged),
];
