/** Each runs once, in order, in a transaction of its own; a published one is never changed. docs/server.md describes the tables. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE syntrace.api_key (
    id text PRIMARY KEY,
    name text NOT NULL,
    hash bytea NOT NULL,
    scopes text[] NOT NULL,
    per_minute int NOT NULL,
    created timestamptz NOT NULL DEFAULT now(),
    revoked timestamptz
  );

  CREATE TABLE syntrace.batch (
    id uuid PRIMARY KEY,
    name text NOT NULL DEFAULT '',
    owner text,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'listing', 'running', 'done', 'cancelled', 'failed')),
    engine text NOT NULL,
    answer text NOT NULL,
    ask jsonb NOT NULL,
    source jsonb NOT NULL,
    cursor jsonb,
    reuse boolean NOT NULL DEFAULT true,
    error jsonb,
    total bigint NOT NULL DEFAULT 0,
    done bigint NOT NULL DEFAULT 0,
    failed bigint NOT NULL DEFAULT 0,
    reused bigint NOT NULL DEFAULT 0,
    written bigint NOT NULL DEFAULT 0,
    chunk int NOT NULL,
    created timestamptz NOT NULL DEFAULT now(),
    finished timestamptz,
    keep_days int NOT NULL DEFAULT 30
  );
  CREATE INDEX batch_created ON syntrace.batch (created);

  CREATE TABLE syntrace.result (
    batch uuid NOT NULL REFERENCES syntrace.batch ON DELETE CASCADE,
    item bigint NOT NULL,
    seq bigint NOT NULL,
    uri text NOT NULL,
    at text,
    label text,
    sha256 bytea,
    answer text NOT NULL,
    verdict text,
    probability double precision,
    score double precision,
    threshold double precision,
    real_share double precision,
    width int,
    height int,
    camera text,
    detectors jsonb,
    warnings jsonb,
    error_code text,
    error_message text,
    error_hint text,
    reused boolean NOT NULL DEFAULT false,
    worker text NOT NULL,
    judged timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (batch, item)
  );
  CREATE UNIQUE INDEX result_seq ON syntrace.result (batch, seq);
  CREATE INDEX result_content ON syntrace.result (sha256, answer) WHERE error_code IS NULL AND NOT reused;

  CREATE TABLE syntrace.pending (
    batch uuid NOT NULL REFERENCES syntrace.batch ON DELETE CASCADE,
    item bigint NOT NULL,
    uri text NOT NULL,
    at text NOT NULL,
    label text,
    PRIMARY KEY (batch, item)
  );

  CREATE TABLE syntrace.worker (
    id text PRIMARY KEY,
    host text NOT NULL,
    engine text NOT NULL,
    version text NOT NULL,
    backend text NOT NULL,
    concurrency int NOT NULL,
    state text NOT NULL,
    started timestamptz NOT NULL DEFAULT now(),
    seen timestamptz NOT NULL DEFAULT now()
  );
  `,
  `
  CREATE TABLE syntrace.pair_block (
    block text PRIMARY KEY,
    pairs json,
    error json,
    made timestamptz NOT NULL DEFAULT now()
  );
  `,
];
